/* saturation: how many themes the participants of a group have named, and how fast new ones came.
 *
 * A participant mentions a theme or not. The order in which people were asked is one of many, so
 * everything is an average over all orders, by the hypergeometric distribution and not by
 * shuffling; only where a rule stops is found order by order. */
#ifndef ACC_SATURATION_H
#define ACC_SATURATION_H

#include "stats/mentions.h"

struct acc_incidence {
	size_t participants, themes;
	unsigned char *has; /* owned, [participants * themes] */
	double *mentions;   /* owned, [themes] participants who mention it */
};

/* The participants that somebody of the layer looked at. Every block is one participant. */
enum acc_status acc_incidence_make(struct acc_incidence *incidence,
				   const struct acc_mentions *mentions);
void acc_incidence_free(struct acc_incidence *incidence);

/* What is expected of the first m participants, m = 1 .. participants. */
struct acc_accumulation {
	double themes;        /* expected number, over all orders */
	double over_orders;   /* its standard deviation over orders; 0 at the end */
	double se, low, high; /* as an estimate for people like these, t(participants - 1); limits
				 NaN where se is 0 */
	double coverage; /* share of all mentions, named or not yet, that are of the themes named
			    (Chao & Jost 2012) */
};

/* accumulation[m - 1], owned by the caller with free(). Coverage is NaN with one participant or
 * without themes. */
enum acc_status acc_accumulate(const struct acc_incidence *incidence, double level,
			       struct acc_accumulation **accumulation);

/* The number of themes that people like these would name in the end, from those named once and
 * twice (Chao 1987); its interval is never below what was seen. */
struct acc_richness {
	double observed, value, se, low, high;
	enum acc_reason reason;
};
struct acc_richness acc_chao2(const struct acc_incidence *incidence, double level);

/* The accumulation at a coverage, between the two nearest m; .participants says where. NaN where
 * it is not reached. */
struct acc_at_coverage {
	double participants, themes, se, low, high;
};
struct acc_at_coverage acc_at_coverage(const struct acc_accumulation *accumulation,
				       size_t participants, double coverage);

/* Guest, Namey & Chen 2020: new themes in a run of `run` participants, as a share of the themes of
 * the first `base`. Runs overlap: each begins one participant later. */
struct acc_stop_rule {
	size_t base, run;
	double threshold;
};

/* Expected new themes in the run that follows the first m, by the expected themes of the base; m
 * from base to participants - run. */
double acc_new_information(const struct acc_accumulation *accumulation, size_t m,
			   const struct acc_stop_rule *rule);

/* After how many participants the rule stops: median, 5th and 95th percentile over orders (infinite
 * where it does not stop), the share of orders in which it stops, and how many orders. All orders
 * of up to 7 participants, else `orders` random ones of the stream `seed`, `group`. */
struct acc_stop {
	double median, low, high, reached, orders;
	bool all_orders;
};
enum acc_status acc_stop_make(struct acc_stop *stop, const struct acc_incidence *incidence,
			      const struct acc_stop_rule *rule, uint64_t seed, uint32_t group,
			      size_t orders);

#endif
