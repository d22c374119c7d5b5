/* near: quadratic forms at vectors that differ in few places from one whose form is known.
 *
 * Leaving one cluster out of thousands changes few of the categories' sums. With D symmetrised and
 * Dp known, (p + t)'D(p + t) = p'Dp + 2 t'Dp + t'Dt costs the square of the places where t is not
 * zero instead of the square of all categories. */
#ifndef ACC_NEAR_H
#define ACC_NEAR_H

#include "stats/weights.h"

struct acc_near {
	size_t points, most; /* points known, room for */
	double *at, *slope;  /* owned, [most * categories]: p, and (D + D')p / 2 */
	double *form;        /* owned, [most]: p'Dp */
	uint32_t *touched;   /* owned scratch, [categories] */
	double *change;      /* owned scratch, [categories] */
	double total;        /* sum of d over all pairs of categories */
};

/* Whether remembering pays for these weights. */
bool acc_near_pays(const struct acc_weights *weights);

/* Room for `most` points, none known yet; free with acc_near_free. */
enum acc_status acc_near_make(struct acc_near *near, const struct acc_weights *weights,
			      size_t most);
void acc_near_free(struct acc_near *near);

/* Forget the points: another question comes. */
void acc_near_forget(struct acc_near *near);

/* p'Dp for the weights' own matrix: from a known point that is near, else the long way; then the
 * first few points are remembered. */
double acc_near_form(struct acc_near *near, const struct acc_weights *weights, const double *p);

#endif
