#include "stats/moments.h"

#include <stdlib.h>

bool
acc_moments_apply(const struct acc_weights *weights)
{
	return weights->scheme && weights->scheme->closed && weights->scheme->closed->moments &&
	       weights->categories > ACC_MOMENTS;
}

enum acc_status
acc_moments_make(struct acc_weights *moments, const struct acc_weights *weights, double centre)
{
	double range = weights->high - weights->low;
	size_t values;
	*moments = *weights;
	if (__builtin_mul_overflow(weights->categories, (size_t)ACC_MOMENTS, &values))
		return ACC_TOO_LARGE;
	moments->moment = acc_array(values, sizeof *moments->moment);
	if (!moments->moment)
		return ACC_NO_MEMORY;
	for (size_t k = 0; k < weights->categories; k++) {
		double *moment = moments->moment + ACC_MOMENTS * k;
		double x = (weights->scale[k] - centre) / range;
		moment[0] = 1;
		moment[1] = x;
		moment[2] = x * x;
	}
	return ACC_OK;
}

void
acc_moments_free(struct acc_weights *moments)
{
	free(moments->moment);
	*moments = (struct acc_weights){0};
}
