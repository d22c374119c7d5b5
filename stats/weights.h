/* weights: how much two codes disagree.
 *
 * Everything is computed in disagreement d = 1 - w, accumulated directly, never as 1 minus an
 * agreement, so that nothing cancels when agreement is nearly complete.
 *
 * Three forms, by what the sums over all pairs of categories cost: a matrix (categories^2), closed
 * forms of a scheme (categories), and moments, where a tally no longer has a column per category
 * but a few sums (stats/moments.h). */
#ifndef ACC_WEIGHTS_H
#define ACC_WEIGHTS_H

#include "stats/base.h"

struct acc_scheme;
struct acc_sets;
struct acc_near;

/* The disagreement of every pair of categories. All zero but `categories`: identity. */
struct acc_weights {
	size_t categories;
	double *disagreement; /* owned, [categories * categories], 0 on the diagonal; or NULL */
	bool directed; /* the matrix is not symmetric: rows are the first coder's codes, columns the
			  second's */
	bool ranks;    /* Krippendorff's ordinal difference: follows from the tally, alpha only */
	double *score; /* owned, [categories]: the codes as numbers or as their place in a declared
			  order; NULL: they have no order */
	uint32_t present; /* of two categories, 1 + the one that means "applied"; 0: the second */
	const struct acc_sets *sets; /* borrowed: what the categories hold, where they are sets
					(stats/sets.h), else NULL */
	struct acc_near *near;       /* borrowed: forms already known (stats/near.h), or NULL */
	const double *total; /* borrowed: what acc_weights_total returns, or NULL: add it up */
	/* Closed forms, where there is no matrix: */
	const struct acc_scheme *scheme; /* NULL: identity */
	double *scale;                   /* owned, [categories]: the scores it goes by */
	size_t *order;                   /* owned, [categories]: by rising score */
	double low, high;                /* of the scores, low < high */
	double closed_total;             /* what acc_weights_total returns */
	/* Moments: a tally's columns. Made by acc_moments_make, else NULL. */
	double *moment;
};

/* Columns that stand for all categories in tallies of moments: sums of p, p x and p x^2. */
enum { ACC_MOMENTS = 3 };

/* Sums over pairs of categories in time proportional to the categories. Arguments as in the
 * functions below. */
struct acc_closed_form {
	double (*chance)(const struct acc_weights *, const double *p, const double *q);
	void (*slope)(const struct acc_weights *, const double *q, double scale, double *out);
	double (*total)(const struct acc_weights *);
	bool moments; /* d is (x - y)^2 / (high - low)^2, so that moments are enough */
};

/* A scheme: one file in stats/weights/ ending in its descriptor, one line in weights.def. */
struct acc_scheme {
	const char *key;      /* "quadratic" */
	const char *alias;    /* another accepted key, or NULL */
	const char *formula;  /* one line, for lists and documents */
	const char *citation; /* "Cohen 1968" */
	/* Disagreement of two different categories with scores x and y, which lie between low and
	 * high, low < high. NULL: identity, or one of the special schemes below. */
	double (*disagreement)(double x, double y, double low, double high);
	const struct acc_closed_form *closed; /* or NULL: a matrix is made */
	bool positions;                       /* scores are 1, 2, ..., whatever the codes say */
	bool relative;    /* divided by the largest disagreement of two categories */
	bool nonnegative; /* for scores from 0 on */
	bool ranks;       /* see acc_weights.ranks */
	bool tree;        /* made by acc_weights_tree from the parents of the codebook */
};

extern const struct acc_scheme *const acc_schemes[];
extern const size_t acc_scheme_count;

/* The scheme of a key or alias, or NULL. */
const struct acc_scheme *acc_scheme_find(const char *key);

/* Categories past this need a matrix that is too large to hold. */
enum { ACC_WEIGHTS_MAX = 4096 };

/* Fill from a scheme (not a tree) and the categories' scores (numbers where codes are numbers, else
 * 1, 2, ...). */
enum acc_status acc_weights_make(struct acc_weights *weights, const struct acc_scheme *scheme,
				 const double *score, size_t categories);

/* Distance in the codebook: d(k, l) = steps from k to l along parents and children, divided by the
 * largest such number between two categories. Nodes 0 .. categories - 1 are the categories;
 * parent[node] is a node, or ACC_NONE below the root, which is above all. No node is its own
 * ancestor. */
enum acc_status acc_weights_tree(struct acc_weights *weights, const uint32_t *parent, size_t nodes,
				 size_t categories);
/* Say what the categories are as numbers; copies. */
enum acc_status acc_weights_score(struct acc_weights *weights, const double *score);

void acc_weights_free(struct acc_weights *weights);

/* Are all differences alike? */
bool acc_weights_identity(const struct acc_weights *weights);

/* d(k, l). Not for ranks. */
double acc_weights_between(const struct acc_weights *weights, size_t k, size_t l);

/* In the following, p, q and out are arrays of a tally made with these weights. */

/* Length of such arrays. */
size_t acc_weights_columns(const struct acc_weights *weights);

/* Sum over k of p[k], and the slope of that sum: out += scale. */
double acc_weights_sum(const struct acc_weights *weights, const double *p);
void acc_weights_sum_slope(const struct acc_weights *weights, double scale, double *out);

/* Sum over k and l of d(k, l) p[k] q[l]. */
double acc_weights_chance(const struct acc_weights *weights, const double *p, const double *q);

/* out[k] += scale * sum over l of (d(k, l) + d(l, k)) / 2 * q[l]: half the gradient of
 * acc_weights_chance(q, q), and its gradient in p when d is symmetric. */
void acc_weights_slope(const struct acc_weights *weights, const double *q, double scale,
		       double *out);

/* The same in one direction: out[k] += scale * sum over l of d(k, l) q[l], or d(l, k) q[l]. */
void acc_weights_slope_rows(const struct acc_weights *weights, const double *q, double scale,
			    double *out);
void acc_weights_slope_columns(const struct acc_weights *weights, const double *q, double scale,
			       double *out);

/* Sum of d over all ordered pairs of categories. */
double acc_weights_total(const struct acc_weights *weights);

#endif
