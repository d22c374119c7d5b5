#include "plots/order.h"

#include <stdlib.h>
#include <string.h>

/* Clusters are numbered by their first member; merged ones have size 0. */
struct linkage {
	const double *distance; /* between things */
	double *mean;           /* between clusters */
	size_t *member;         /* member[cluster * count + place], in drawing order */
	size_t *size;
	size_t count;
};

static void
nearest(const struct linkage *l, size_t *a, size_t *b)
{
	double least = -1;
	for (size_t i = 0; i < l->count; i++)
		for (size_t j = i + 1; j < l->count; j++) {
			double mean = l->mean[i * l->count + j];
			if (l->size[i] && l->size[j] && (least < 0 || mean < least)) {
				least = mean;
				*a = i;
				*b = j;
			}
		}
}

static void
reverse(size_t *member, size_t size)
{
	for (size_t i = 0; i < size / 2; i++) {
		size_t swap = member[i];
		member[i] = member[size - 1 - i];
		member[size - 1 - i] = swap;
	}
}

/* Turn one or both clusters so that the last of `a` and the first of `b` are as near as can be. */
static void
turn(const struct linkage *l, size_t *a, size_t a_size, size_t *b, size_t b_size)
{
	int best = 0;
	double least = 0;
	for (int turned = 0; turned < 4; turned++) {
		size_t last = a[turned & 1 ? 0 : a_size - 1],
		       first = b[turned & 2 ? b_size - 1 : 0];
		double distance = l->distance[last * l->count + first];
		if (turned == 0 || distance < least) {
			least = distance;
			best = turned;
		}
	}
	if (best & 1)
		reverse(a, a_size);
	if (best & 2)
		reverse(b, b_size);
}

static void
merge(struct linkage *l, size_t a, size_t b)
{
	size_t n = l->count, a_size = l->size[a], b_size = l->size[b];
	turn(l, l->member + a * n, a_size, l->member + b * n, b_size);
	memcpy(l->member + a * n + a_size, l->member + b * n, b_size * sizeof *l->member);
	for (size_t c = 0; c < n; c++)
		l->mean[a * n + c] = l->mean[c * n + a] =
		    ((double)a_size * l->mean[a * n + c] + (double)b_size * l->mean[b * n + c]) /
		    (double)(a_size + b_size);
	l->size[a] += b_size;
	l->size[b] = 0;
}

bool
acc_order(const double *distance, size_t count, size_t *order)
{
	struct linkage l = {.distance = distance, .count = count};
	l.mean = calloc(count * count, sizeof *l.mean);
	l.member = calloc(count * count, sizeof *l.member);
	l.size = calloc(count, sizeof *l.size);
	bool done = l.mean && l.member && l.size && count;
	if (done)
		memcpy(l.mean, distance, count * count * sizeof *l.mean);
	for (size_t i = 0; done && i < count; i++) {
		l.member[i * count] = i;
		l.size[i] = 1;
	}
	for (size_t merges = 1; done && merges < count; merges++) {
		size_t a = 0, b = 0;
		nearest(&l, &a, &b);
		merge(&l, a, b);
	}
	if (done)
		memcpy(order, l.member, count * sizeof *order);
	free(l.mean);
	free(l.member);
	free(l.size);
	return done;
}

void
acc_rank(const double *value, size_t count, size_t *order)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = i;
		for (; at > 0 && value[order[at - 1]] < value[i]; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}
