/* special: distributions from GSL, guarded.
 *
 * GSL's inverse distribution functions hang, abort or return nonsense for some arguments (beta with
 * a zero parameter, F with huge degrees of freedom, chi-square of NaN). Every call goes through
 * here: arguments are checked, results verified, and what is undefined is NaN. */
#ifndef ACC_SPECIAL_H
#define ACC_SPECIAL_H

/* Call once at start: GSL's own error handler aborts the program; what its functions return is
 * checked instead. */
void acc_special_begin(void);

/* The version of GSL that the program runs with. */
const char *acc_special_version(void);

/* Quantiles: NaN unless 0 < p < 1 and the parameters are positive and finite. Degrees of freedom
 * above 1e6 are taken as infinite (Student's t becomes normal). */
double acc_normal_quantile(double p);
double acc_t_quantile(double p, double df);
double acc_chi2_quantile(double p, double df);
double acc_f_quantile(double p, double df1, double df2);
double acc_beta_quantile(double p, double a,
			 double b); /* also a = 0 (gives 0) and b = 0 (gives 1) */

/* Upper tails: P(X > x). NaN for undefined arguments. */
double acc_normal_tail(double x);
double acc_t_tail(double x, double df);
double acc_chi2_tail(double x, double df);
double acc_f_tail(double x, double df1, double df2);

/* P(X <= k) and P(X = k) of n fair coins. */
double acc_coins_below(double k, double n);
double acc_coins_at(double k, double n);

#endif
