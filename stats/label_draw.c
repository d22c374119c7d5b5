#include "stats/label_draw.h"

#include <stdlib.h>
#include <string.h>

/* The polynomial: coefficient of X^i Y^j Z^t at [(i * side + j) * side + t], i >= j (it is
 * symmetric in X and Y), i + t < side. Long double, because products of many small shares
 * underflow. */
struct product {
	size_t side;
	long double *at; /* owned */
};

static enum acc_status
product_make(struct product *product, size_t most)
{
	*product = (struct product){.side = most + 1};
	if (most > ACC_LABEL_DRAW_MOST)
		return ACC_TOO_LARGE;
	product->at = acc_array(product->side * product->side * product->side, sizeof(long double));
	return product->at ? ACC_OK : ACC_NO_MEMORY;
}

static size_t
cell(const struct product *product, size_t i, size_t j, size_t t)
{
	return i >= j ? (i * product->side + j) * product->side + t
		      : (j * product->side + i) * product->side + t;
}

/* The coefficient that a factor `x` (X + Y) + `z` Z of the product adds at (i, j, t). */
static long double
shifted(const struct product *product, size_t i, size_t j, size_t t, long double x, long double z)
{
	long double sum = 0;
	if (i > 0)
		sum += x * product->at[cell(product, i - 1, j, t)];
	if (j > 0)
		sum += x * product->at[cell(product, i, j - 1, t)];
	if (t > 0)
		sum += z * product->at[cell(product, i, j, t - 1)];
	return sum;
}

/* Multiply by 1 + x (X + Y) + z Z, in place: from the highest powers down. */
static void
multiply(struct product *product, long double x, long double z)
{
	for (size_t i = product->side; i-- > 0;)
		for (size_t j = i + 1; j-- > 0;)
			for (size_t t = product->side - i; t-- > 0;)
				product->at[cell(product, i, j, t)] +=
				    shifted(product, i, j, t, x, z);
}

/* The product over all labels but `without`. */
static void
multiply_all(struct product *product, const struct acc_label_draw *draw, size_t without)
{
	size_t cells = product->side * product->side * product->side;
	memset(product->at, 0, cells * sizeof *product->at);
	product->at[0] = 1;
	for (size_t l = 0; l < draw->labels; l++)
		if (l != without && draw->share[l] > 0)
			multiply(product, draw->share[l],
				 (long double)draw->share[l] * (draw->share[l] - draw->one));
}

/* Weight of all pairs of sets of sizes a and b, and weight times distance. */
struct pairs {
	long double weight, apart;
};

static double
apart(const struct acc_label_draw *draw, size_t a, size_t b, size_t t)
{
	return acc_set_distance_of(draw->distance, (double)t, (double)(a - t), (double)(b - t));
}

static struct pairs
pairs_of(const struct product *product, const struct acc_label_draw *draw, size_t a, size_t b)
{
	struct pairs pairs = {0, 0};
	for (size_t t = 0; t <= a && t <= b; t++) {
		long double weight = product->at[cell(product, a - t, b - t, t)];
		pairs.weight += weight;
		pairs.apart += weight * apart(draw, a, b, t);
	}
	return pairs;
}

/* The same of the product's derivative in the share of a label, from the product without it. */
static struct pairs
slope_of(const struct product *product, const struct acc_label_draw *draw, size_t label, size_t a,
	 size_t b)
{
	struct pairs pairs = {0, 0};
	long double z = 2 * (long double)draw->share[label] - draw->one;
	for (size_t t = 0; t <= a && t <= b; t++) {
		long double weight = shifted(product, a - t, b - t, t, 1, z);
		pairs.weight += weight;
		pairs.apart += weight * apart(draw, a, b, t);
	}
	return pairs;
}

static long double
mean(struct pairs pairs)
{
	return pairs.weight > 0 ? pairs.apart / pairs.weight : 0;
}

enum acc_status
acc_label_draw_distance(const struct acc_label_draw *draw, double *distance)
{
	struct product product;
	enum acc_status status = product_make(&product, draw->most);
	if (status != ACC_OK)
		return status;
	long double sum = 0;
	multiply_all(&product, draw, draw->labels);
	for (size_t a = 0; a <= draw->most; a++)
		for (size_t b = 0; draw->size[a] > 0 && b <= draw->most; b++)
			if (draw->size[b] > 0)
				sum += (long double)draw->size[a] * draw->size[b] *
				       mean(pairs_of(&product, draw, a, b));
	*distance = (double)sum;
	free(product.at);
	return ACC_OK;
}

/* Gradient in one label's share, given the product of all labels. */
static double
share_slope(const struct product *all, struct product *others, const struct acc_label_draw *draw,
	    size_t label)
{
	long double sum = 0;
	multiply_all(others, draw, label);
	for (size_t a = 0; a <= draw->most; a++)
		for (size_t b = 0; b <= draw->most; b++) {
			struct pairs at = pairs_of(all, draw, a, b);
			if (!(draw->size[a] > 0 && draw->size[b] > 0 && at.weight > 0))
				continue;
			struct pairs slope = slope_of(others, draw, label, a, b);
			sum += (long double)draw->size[a] * draw->size[b] *
			       (slope.apart - mean(at) * slope.weight) / at.weight;
		}
	return (double)sum;
}

enum acc_status
acc_label_draw_gradient(const struct acc_label_draw *draw, double *by_share, double *by_size)
{
	struct product all, others = {0};
	enum acc_status status = product_make(&all, draw->most);
	if (status == ACC_OK)
		status = product_make(&others, draw->most);
	if (status == ACC_OK) {
		multiply_all(&all, draw, draw->labels);
		for (size_t l = 0; l < draw->labels; l++)
			by_share[l] = share_slope(&all, &others, draw, l);
		for (size_t a = 0; a <= draw->most; a++) {
			long double sum = 0;
			for (size_t b = 0; b <= draw->most; b++)
				sum += 2 * (long double)draw->size[b] *
				       mean(pairs_of(&all, draw, a, b));
			by_size[a] = (double)sum;
		}
	}
	free(all.at);
	free(others.at);
	return status;
}
