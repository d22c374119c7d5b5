#include "stats/near.h"

#include <stdlib.h>
#include <string.h>

/* Below so many categories the long way is as fast. */
enum { FEW = 64 };

bool
acc_near_pays(const struct acc_weights *weights)
{
	return weights->disagreement && weights->categories > FEW;
}

enum acc_status
acc_near_make(struct acc_near *near, const struct acc_weights *weights, size_t most)
{
	size_t categories = weights->categories, cells;
	*near = (struct acc_near){.most = most, .total = acc_weights_total(weights)};
	if (__builtin_mul_overflow(most, categories, &cells))
		return ACC_TOO_LARGE;
	near->at = acc_array(cells, sizeof *near->at);
	near->slope = acc_array(cells, sizeof *near->slope);
	near->form = acc_array(most, sizeof *near->form);
	near->touched = acc_array(categories, sizeof *near->touched);
	near->change = acc_array(categories, sizeof *near->change);
	bool made = near->at && near->slope && near->form && near->touched && near->change;
	if (!made)
		acc_near_free(near);
	return made ? ACC_OK : ACC_NO_MEMORY;
}

void
acc_near_free(struct acc_near *near)
{
	free(near->at);
	free(near->slope);
	free(near->form);
	free(near->touched);
	free(near->change);
	*near = (struct acc_near){0};
}

void
acc_near_forget(struct acc_near *near)
{
	near->points = 0;
}

/* Where p differs from a point, into touched and change; more than `most` when that many are
 * passed. */
static size_t
differences(const struct acc_near *near, const double *at, const double *p, size_t categories,
	    size_t most)
{
	size_t touched = 0;
	for (size_t k = 0; k < categories && touched <= most; k++)
		if (p[k] != at[k]) {
			near->touched[touched] = (uint32_t)k;
			near->change[touched++] = p[k] - at[k];
		}
	return touched;
}

static double
update(const struct acc_near *near, size_t point, const struct acc_weights *weights, size_t touched)
{
	const double *slope = near->slope + point * weights->categories;
	double form = near->form[point];
	for (size_t i = 0; i < touched; i++) {
		uint32_t k = near->touched[i];
		double row = 2 * slope[k];
		for (size_t j = 0; j < touched; j++)
			row += acc_weights_between(weights, k, near->touched[j]) * near->change[j];
		form += near->change[i] * row;
	}
	return form;
}

static double
remember(struct acc_near *near, const struct acc_weights *weights, const double *p)
{
	size_t categories = weights->categories, point = near->points;
	double form = 0;
	if (point == near->most)
		return acc_weights_chance(weights, p, p);
	double *slope = near->slope + point * categories;
	memcpy(near->at + point * categories, p, categories * sizeof *p);
	memset(slope, 0, categories * sizeof *slope);
	acc_weights_slope(weights, p, 1, slope);
	for (size_t k = 0; k < categories; k++)
		form += p[k] * slope[k];
	near->form[near->points++] = form;
	return form;
}

double
acc_near_form(struct acc_near *near, const struct acc_weights *weights, const double *p)
{
	size_t categories = weights->categories, most = categories / 4;
	for (size_t i = 0; i < near->points; i++) {
		size_t touched = differences(near, near->at + i * categories, p, categories, most);
		if (touched <= most)
			return update(near, i, weights, touched);
	}
	return remember(near, weights, p);
}
