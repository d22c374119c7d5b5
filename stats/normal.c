#include "stats/normal.h"

#include <math.h>

static const double start = 3.442619855899, area = 9.91256303526217e-3;

static double
density(double x)
{
	return exp(-x * x / 2);
}

void
acc_normal_make(struct acc_normal *normal)
{
	double *edge = normal->edge, f = density(start);
	edge[0] = area / f;
	edge[1] = start;
	edge[ACC_NORMAL_LAYERS] = 0;
	for (int i = 2; i < ACC_NORMAL_LAYERS; i++) {
		edge[i] = sqrt(-2 * log(area / edge[i - 1] + f));
		f = density(edge[i]);
	}
	for (int i = 0; i < ACC_NORMAL_LAYERS; i++)
		normal->inner[i] = edge[i + 1] / edge[i];
}

/* Beyond the last layer (Marsaglia 1964). */
static double
tail(struct acc_stream *stream, bool negative)
{
	double x, y;
	do {
		x = -log(1 - acc_stream_uniform(stream)) / start;
		y = -log(1 - acc_stream_uniform(stream));
	} while (2 * y < x * x);
	return negative ? -(start + x) : start + x;
}

double
acc_normal_rim(const struct acc_normal *normal, struct acc_stream *stream, unsigned layer, double u)
{
	for (;;) {
		if (layer == 0)
			return tail(stream, u < 0);
		double x = u * normal->edge[layer];
		double below = density(normal->edge[layer]),
		       above = density(normal->edge[layer + 1]);
		if (below + acc_stream_uniform(stream) * (above - below) < density(x))
			return x;
		layer = acc_stream_word(stream) & (ACC_NORMAL_LAYERS - 1);
		u = 2 * acc_stream_uniform(stream) - 1;
		if (fabs(u) < normal->inner[layer])
			return u * normal->edge[layer];
	}
}
