/* coder_pairs: the coders of a tally two by two, each pair with its own units and its own chance.
 *
 * Needs ACC_NEED_PAIRS. A coder's shares are over all units the coder rated, as for Cohen's kappa.
 */
#ifndef ACC_CODER_PAIRS_H
#define ACC_CODER_PAIRS_H

#include "stats/coefficient.h"
#include "stats/recall.h"

struct acc_coder_pair {
	size_t i, j;
	double units;    /* both rated; D_o and D_e are NaN when there are none */
	double rated[2]; /* each rated */
	struct acc_disagreement at;
};

/* The pair of coders i < j. */
struct acc_coder_pair acc_coder_pair_of(const struct acc_tally *tally,
					const struct acc_weights *weights, size_t i, size_t j);

/* Add on_observed times the gradient of the pair's D_o and on_expected times that of its D_e. */
void acc_coder_pair_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			     const struct acc_coder_pair *pair, double on_observed,
			     double on_expected, struct acc_tally *slope);

/* Has a coder rated any unit? */
bool acc_coder_rated(const struct acc_tally *tally, const struct acc_weights *weights,
		     size_t coder);

/* A coder's own shares. */
struct acc_coder_share {
	double units;        /* rated */
	const double *share; /* [columns], 0 without units */
};

/* The shares of a coder, in the recall of the tally or in room[2 + columns]. */
struct acc_coder_share acc_coder_share_of(const struct acc_tally *tally,
					  const struct acc_weights *weights, size_t coder,
					  double *room);
/* The sum of all coders' shares into sum[columns]; returns how many coders have ratings. *most: how
 * many units each of them rated, 0 where some rated more than others. room[2 + columns]. */
double acc_coder_shares_sum(const struct acc_tally *tally, const struct acc_weights *weights,
			    double *sum, double *most, double *room);
/* The chance disagreement of a coder with themselves; 0 without units. */
double acc_coder_own_chance(const struct acc_tally *tally, const struct acc_weights *weights,
			    size_t coder);

/* Call for every pair of coders who both rated something, until one call is false. */
void acc_coder_pairs_each(const struct acc_tally *tally, const struct acc_weights *weights,
			  bool (*take)(void *context, const struct acc_coder_pair *pair),
			  void *context);

/* Sums over all such pairs. */
struct acc_pair_sums acc_coder_pairs_sum(const struct acc_tally *tally,
					 const struct acc_weights *weights);

/* Shared by coefficients for coders who leave out units at different rates: D_o as the mean over
 * pairs of coders of each pair's D_o, and its gradient. pair_without_units where two coders have no
 * unit in common. */
enum acc_reason acc_observed_per_pair(const struct acc_tally *tally,
				      const struct acc_weights *weights, double *observed);
void acc_observed_per_pair_gradient(const struct acc_tally *tally,
				    const struct acc_weights *weights, struct acc_tally *gradient);

#endif
