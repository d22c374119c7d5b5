/* classical: tests that groups agree alike which take units as independent, for continuity with the
 * literature. Where segments are nested in people they reject far too often. */
#ifndef ACC_CLASSICAL_H
#define ACC_CLASSICAL_H

#include "stats/base.h"

struct acc_equality {
	double chi2, df, p;
	double common; /* the value that all groups would share */
	double se;     /* of it; NaN where none is defined */
	enum acc_reason reason;
};

/* Sum of (value - common)^2 / se^2, common the mean weighted by 1 / se^2 (Fleiss 1981; Fleiss,
 * Levin & Paik 2003, 18.1). Not estimable when a value or se is undefined, or an se 0. */
struct acc_equality acc_fleiss_homogeneity(const double *value, const double *se, size_t groups);

/* Two coders, two codes: units that both, one, or none of them said to have it. */
struct acc_two_coders {
	double both, one, neither;
};

/* Intraclass kappa, 1 - one / (2 n p q), p the share of yes (Scott's pi of two coders). */
double acc_intraclass_kappa(const struct acc_two_coders *group);

/* Its interval: the kappas that fit the group's cells at this level, 1 degree of freedom, its share
 * of yes held (Donner & Eliasziw 1992). NaN where kappa is undefined. */
void acc_intraclass_interval(const struct acc_two_coders *group, double level, double *low,
			     double *high);

/* Goodness of fit of a common intraclass kappa with a prevalence for each group (Donner, Eliasziw &
 * Klar 1996). */
struct acc_equality acc_donner_eliasziw_klar(const struct acc_two_coders *group, size_t groups);

#endif
