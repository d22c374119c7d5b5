/* dawid_skene: what the units truly are, and how often each coder errs, when nobody knows the truth
 * (Dawid & Skene 1979).
 *
 * A unit has one true category. A coder gives category l to a unit of category k with a chance that
 * depends on the coder, k and l only; given the truth, coders err independently of each other.
 * Units come in strata (groups of people), each with its own prevalences and all with the same
 * coders' errors, so that one group's prevalence is not drawn towards another's. The chances with
 * the greatest likelihood are found by the EM algorithm from the shares of votes.
 *
 * The result is a statement about the units, under a model; it is not agreement between coders. */
#ifndef ACC_DAWID_SKENE_H
#define ACC_DAWID_SKENE_H

#include "stats/votes.h"

struct acc_dawid_skene {
	size_t strata, categories, coders, votes;
	double *prevalence; /* owned, [strata * categories]; NaN in a stratum without ratings */
	double *error;      /* owned, [coders * categories * categories]: coder, truth, given; NaN
			       where no unit of that truth was seen by the coder */
	double *mass;      /* owned, [coders * categories]: units of that truth that the coder rated
			    */
	double *posterior; /* owned, [strata * votes * categories]: chance of each truth */
	double likelihood; /* natural logarithm, of the units with a rating */
	unsigned rounds;
	enum acc_reason reason; /* why there is nothing: then all numbers are NaN */
};

/* units[stratum * votes + vote]: how many units there are. Fewer than three coders with ratings
 * leave the errors undetermined. `start` (may be NULL) is a result of the same shape to start from
 * instead of the shares of votes. */
enum acc_status acc_dawid_skene_make(struct acc_dawid_skene *result, const struct acc_votes *votes,
				     const double *units, size_t strata,
				     const struct acc_dawid_skene *start);
void acc_dawid_skene_free(struct acc_dawid_skene *result);

/* The chance that a coder gives `category` to a unit of that category; and that he gives another
 * one to a unit of another one. NaN where there are no such units. */
double acc_sensitivity(const struct acc_dawid_skene *result, size_t coder, size_t category);
double acc_specificity(const struct acc_dawid_skene *result, size_t coder, size_t category);

#endif
