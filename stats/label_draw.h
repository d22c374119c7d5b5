/* label_draw: sets drawn label by label, as chance in the multi-valued alpha has it.
 *
 * Two sets C and K of given sizes a and b are drawn in proportion to
 * prod over C of n_c * prod over K without C of n_k * prod over both of (n_k - 1), n_c how many
 * values hold label c (Krippendorff and Craggs 2016). A distance depends only on t, how many labels
 * they share, so no set is enumerated: the weight of all pairs with t is the coefficient of
 * X^(a-t) Y^(b-t) Z^t in the product over labels of 1 + n X + n Y + n (n - 1) Z. */
#ifndef ACC_LABEL_DRAW_H
#define ACC_LABEL_DRAW_H

#include "stats/sets.h"

/* What is drawn from. Arrays are borrowed. */
struct acc_label_draw {
	const struct acc_set_distance *distance;
	size_t labels, most; /* labels; largest size of a set */
	double *share;       /* [labels] values that hold the label, of all values */
	double *size;        /* [most + 1] values of each size, of all values */
	double one;          /* one value, of all values */
};

/* Larger sets need too many products. */
enum { ACC_LABEL_DRAW_MOST = 150 };

/* Mean distance of two drawn sets, sizes drawn by `size`. Sizes of which no two sets can be drawn
 * (all labels are used once, say) are at distance 0. */
enum acc_status acc_label_draw_distance(const struct acc_label_draw *draw, double *distance);

/* The same, and its gradients in share and size at fixed `one`, into by_share and by_size. */
enum acc_status acc_label_draw_gradient(const struct acc_label_draw *draw, double *by_share,
					double *by_size);

#endif
