#include "stats/seriation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Clusters are numbered by their first member; merged ones have size 0. */
struct linkage {
	const double *distance; /* between things */
	size_t count;
	double *mean;   /* owned: between clusters */
	size_t *member; /* owned: member[cluster * count + place]: first branch, then second */
	size_t *size, *split; /* owned: members; members of the first branch */
	/* Of the least path through the smallest cluster that holds i and j, from i to j. A path
	 * from i to j in a cluster begins in the branch of i and ends in that of j. */
	double *cost;          /* owned */
	size_t *leave, *enter; /* owned: the last thing of i's branch, the first of j's */
	double *step;          /* owned scratch */
};

static bool
begin(struct linkage *l)
{
	size_t n = l->count, all = n * n;
	l->mean = acc_array(all, sizeof *l->mean);
	l->member = acc_array(all, sizeof *l->member);
	l->size = acc_array(n, sizeof *l->size);
	l->split = acc_array(n, sizeof *l->split);
	l->cost = acc_array(all, sizeof *l->cost);
	l->leave = acc_array(all, sizeof *l->leave);
	l->enter = acc_array(all, sizeof *l->enter);
	l->step = acc_array(all, sizeof *l->step);
	if (!l->mean || !l->member || !l->size || !l->split || !l->cost || !l->leave || !l->enter ||
	    !l->step)
		return false;
	memcpy(l->mean, l->distance, all * sizeof *l->mean);
	for (size_t i = 0; i < all; i++)
		l->enter[i] = n; /* not from i to j, if at all from j to i */
	for (size_t i = 0; i < n; i++) {
		l->member[i * n] = i;
		l->size[i] = 1;
	}
	return true;
}

static void
end(struct linkage *l)
{
	free(l->mean);
	free(l->member);
	free(l->size);
	free(l->split);
	free(l->cost);
	free(l->leave);
	free(l->enter);
	free(l->step);
}

static void
nearest(const struct linkage *l, size_t *a, size_t *b)
{
	double least = -1;
	for (size_t i = 0; i < l->count; i++)
		for (size_t j = i + 1; l->size[i] && j < l->count; j++) {
			double mean = l->mean[i * l->count + j];
			if (l->size[j] && (least < 0 || mean < least)) {
				least = mean;
				*a = i;
				*b = j;
			}
		}
}

/* The members at the other end of a cluster from its member at `place`: all of the other branch, or
 * itself when it is alone. */
static void
other_end(const struct linkage *l, size_t cluster, size_t place, size_t *from, size_t *to)
{
	size_t split = l->split[cluster], size = l->size[cluster];
	*from = place < split ? split : 0;
	*to = place < split || !split ? size : split;
}

/* The least ways through both clusters, from each member of one to each of the other. */
static void
join_paths(struct linkage *l, size_t a, size_t b)
{
	size_t n = l->count, from, to;
	const size_t *in_a = l->member + a * n, *in_b = l->member + b * n;
	for (size_t p = 0; p < l->size[a]; p++) {
		size_t i = in_a[p];
		other_end(l, a, p, &from, &to);
		for (size_t q = 0; q < l->size[b]; q++) { /* to the first thing of b */
			double least = INFINITY;
			for (size_t k = from; k < to; k++) {
				double way =
				    l->cost[i * n + in_a[k]] + l->distance[in_a[k] * n + in_b[q]];
				if (way < least) {
					least = way;
					l->leave[i * n + in_b[q]] = in_a[k];
				}
			}
			l->step[in_b[q]] = least;
		}
		for (size_t q = 0; q < l->size[b]; q++) { /* and through b */
			size_t j = in_b[q], first, last, through = 0;
			double least = INFINITY;
			other_end(l, b, q, &first, &last);
			for (size_t k = first; k < last; k++)
				if (l->step[in_b[k]] + l->cost[in_b[k] * n + j] < least) {
					least = l->step[in_b[k]] + l->cost[in_b[k] * n + j];
					through = in_b[k];
				}
			l->cost[i * n + j] = l->cost[j * n + i] = least;
			l->enter[i * n + j] = through;
		}
	}
}

static void
merge(struct linkage *l, size_t a, size_t b)
{
	size_t n = l->count;
	double a_size = (double)l->size[a], b_size = (double)l->size[b];
	join_paths(l, a, b);
	memcpy(l->member + a * n + l->size[a], l->member + b * n, l->size[b] * sizeof *l->member);
	for (size_t c = 0; c < n; c++)
		l->mean[a * n + c] = l->mean[c * n + a] =
		    (a_size * l->mean[a * n + c] + b_size * l->mean[b * n + c]) / (a_size + b_size);
	l->split[a] = l->size[a];
	l->size[a] += l->size[b];
	l->size[b] = 0;
}

/* Write the least path from i to j. */
static size_t *
put(const struct linkage *l, size_t i, size_t j, size_t *order)
{
	size_t n = l->count, into, from;
	if (i == j) {
		*order = i;
		return order + 1;
	}
	bool forth = l->enter[i * n + j] < n;
	into = forth ? l->enter[i * n + j] : l->enter[j * n + i];
	from = l->leave[(forth ? i : j) * n + into];
	order = put(l, i, forth ? from : into, order);
	return put(l, forth ? into : from, j, order);
}

/* The ends of the least path through everything. */
static void
put_all(const struct linkage *l, size_t *order)
{
	size_t n = l->count, best_i = 0, best_j = 0;
	double least = INFINITY;
	for (size_t p = 0; p < l->split[0]; p++)
		for (size_t q = l->split[0]; q < n; q++) {
			size_t i = l->member[p], j = l->member[q];
			if (l->cost[i * n + j] < least) {
				least = l->cost[i * n + j];
				best_i = i < j ? i : j;
				best_j = i < j ? j : i;
			}
		}
	put(l, best_i, best_j, order);
}

enum acc_status
acc_linkage_order(const double *distance, size_t count, size_t *order)
{
	struct linkage l = {.distance = distance, .count = count};
	bool done = begin(&l);
	for (size_t merges = 1; done && merges < count; merges++) {
		size_t a = 0, b = 0;
		nearest(&l, &a, &b);
		merge(&l, a, b);
	}
	if (done && count)
		put_all(&l, order);
	end(&l);
	return done ? ACC_OK : ACC_NO_MEMORY;
}
