/* weights: how much two codes disagree.
 *
 * Everything is computed in disagreement d = 1 - w, accumulated directly, never as 1 minus an
 * agreement, so that nothing cancels when agreement is nearly complete. */
#ifndef ACC_WEIGHTS_H
#define ACC_WEIGHTS_H

#include "stats/base.h"

struct acc_sets;
struct acc_near;

/* The disagreement of every pair of categories. */
struct acc_weights {
	size_t categories;
	double *disagreement; /* owned, [categories * categories], symmetric or not, 0 on the
				 diagonal; NULL: identity (1 off the diagonal) */
	double *score; /* owned, [categories]: the codes as numbers or as their place in a declared
			  order; NULL: they have no order */
	uint32_t present; /* of two categories, 1 + the one that means "applied"; 0: the second */
	const struct acc_sets *sets; /* borrowed: what the categories hold, where they are sets
					(stats/sets.h), else NULL */
	struct acc_near *near;       /* borrowed: forms already known (stats/near.h), or NULL */
	const double *total; /* borrowed: what acc_weights_total returns, or NULL: add it up */
};

/* A scheme: one file in stats/weights/ ending in its descriptor, one line in weights.def. */
struct acc_scheme {
	const char *key;      /* "quadratic" */
	const char *alias;    /* another accepted key, or NULL */
	const char *formula;  /* one line, for lists and documents */
	const char *citation; /* "Cohen 1968" */
	/* Disagreement of two categories with scores x and y, which lie between low and high, low <
	 * high. NULL: identity. */
	double (*disagreement)(double x, double y, double low, double high);
};

extern const struct acc_scheme *const acc_schemes[];
extern const size_t acc_scheme_count;

/* The scheme of a key or alias, or NULL. */
const struct acc_scheme *acc_scheme_find(const char *key);

/* Categories past this need a matrix that is too large to hold. */
enum { ACC_WEIGHTS_MAX = 4096 };

/* Fill from a scheme and the categories' scores (numbers where codes are numbers, else 1, 2, ...).
 */
enum acc_status acc_weights_make(struct acc_weights *weights, const struct acc_scheme *scheme,
				 const double *score, size_t categories);

/* Say what the categories are as numbers; copies. */
enum acc_status acc_weights_score(struct acc_weights *weights, const double *score);

void acc_weights_free(struct acc_weights *weights);

/* d(k, l). */
double acc_weights_between(const struct acc_weights *weights, size_t k, size_t l);

/* Sum over k and l of d(k, l) p[k] q[l]. */
double acc_weights_chance(const struct acc_weights *weights, const double *p, const double *q);

/* out[k] += scale * sum over l of (d(k, l) + d(l, k)) / 2 * q[l]: half the gradient of
 * acc_weights_chance(q, q), and its gradient in p when d is symmetric. */
void acc_weights_slope(const struct acc_weights *weights, const double *q, double scale,
		       double *out);

/* Sum of d over all ordered pairs of categories. */
double acc_weights_total(const struct acc_weights *weights);

#endif
