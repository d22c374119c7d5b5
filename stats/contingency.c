#include "stats/contingency.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 4000000 };
static const double alike = 1e-10; /* relative: the same probability, by another road */
static const double tie = 1e-7;    /* relative: as likely as the observed table */

static double
sum_of(const double *cell, size_t count, size_t step)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += cell[i * step];
	return sum;
}

static double
row_sum(const struct acc_contingency *table, size_t row)
{
	return sum_of(table->cell + row * table->columns, table->columns, 1);
}

static double
column_sum(const struct acc_contingency *table, size_t column)
{
	return sum_of(table->cell + column, table->rows, table->columns);
}

struct acc_independence
acc_pearson(const struct acc_contingency *table)
{
	double n = sum_of(table->cell, table->rows * table->columns, 1), chi2 = 0;
	double rows = 0, columns = 0;
	for (size_t i = 0; i < table->rows; i++)
		rows += row_sum(table, i) > 0;
	for (size_t j = 0; j < table->columns; j++)
		columns += column_sum(table, j) > 0;
	for (size_t i = 0; i < table->rows; i++)
		for (size_t j = 0; j < table->columns; j++) {
			double expected = row_sum(table, i) * column_sum(table, j) / n;
			double apart = table->cell[i * table->columns + j] - expected;
			chi2 += expected > 0 ? apart * apart / expected : 0;
		}
	double df = (rows - 1) * (columns - 1), least = fmin(rows, columns) - 1;
	if (!(df > 0))
		return (struct acc_independence){NAN, NAN, NAN, NAN, NAN};
	double phi = fmax(0, chi2 / n - df / (n - 1));
	double r = rows - (rows - 1) * (rows - 1) / (n - 1);
	double c = columns - (columns - 1) * (columns - 1) / (n - 1);
	double corrected = fmin(r, c) - 1;
	return (struct acc_independence){.chi2 = chi2,
					 .df = df,
					 .p = acc_chi2_tail(chi2, df),
					 .cramers_v = sqrt(chi2 / n / least),
					 .bergsma = corrected > 0 ? sqrt(phi / corrected) : NAN};
}

/* ---- the exact test ---- */

/* All tables of some columns that use up the row sums `key`, as likely as exp(log_p). */
struct entry {
	uint64_t key; /* row sums used up, in mixed radix */
	double log_p, weight;
};

struct half {
	const double *row; /* [rows] sums of the whole table */
	const uint64_t *radix;
	size_t rows, count, capacity;
	struct entry *entry; /* owned */
};

static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->log_p > y->log_p) - (x->log_p < y->log_p);
}

/* Entries of one key that are as likely are one. */
static void
merge(struct half *half)
{
	size_t kept = 0;
	qsort(half->entry, half->count, sizeof *half->entry, compare);
	for (size_t i = 0; i < half->count; i++) {
		struct entry *last = kept ? &half->entry[kept - 1] : NULL;
		if (last && last->key == half->entry[i].key &&
		    half->entry[i].log_p - last->log_p < alike)
			last->weight += half->entry[i].weight;
		else
			half->entry[kept++] = half->entry[i];
	}
	half->count = kept;
}

static enum acc_status
push(struct half *half, struct entry entry)
{
	if (half->count == ENTRIES_MAX)
		return ACC_TOO_LARGE;
	if (!acc_array_reserve((void **)&half->entry, &half->capacity, half->count + 1,
			       sizeof *half->entry))
		return ACC_NO_MEMORY;
	half->entry[half->count++] = entry;
	return ACC_OK;
}

/* Every way to spread what is left of a column over the rows from `row` on. */
static enum acc_status
spread(struct half *into, struct entry from, size_t row, double left)
{
	double used = (double)(from.key / into->radix[row] % ((uint64_t)into->row[row] + 1));
	double most = fmin(left, into->row[row] - used);
	enum acc_status status = ACC_OK;
	if (row + 1 == into->rows) {
		if (left > into->row[row] - used)
			return ACC_OK;
		from.key += (uint64_t)left * into->radix[row];
		from.log_p -= lgamma(left + 1);
		return push(into, from);
	}
	for (double here = 0; status == ACC_OK && here <= most; here++) {
		struct entry next = from;
		next.key += (uint64_t)here * into->radix[row];
		next.log_p -= lgamma(here + 1);
		status = spread(into, next, row + 1, left - here);
	}
	return status;
}

static enum acc_status
add_column(struct half *half, double total)
{
	struct half next = *half;
	enum acc_status status = ACC_OK;
	next.entry = NULL;
	next.count = next.capacity = 0;
	for (size_t i = 0; status == ACC_OK && i < half->count; i++)
		status = spread(&next, half->entry[i], 0, total);
	free(half->entry);
	*half = next;
	if (status == ACC_OK)
		merge(half);
	return status;
}

static enum acc_status
make_half(struct half *half, const struct acc_contingency *table, size_t first, size_t last)
{
	enum acc_status status = push(half, (struct entry){0, 0, 1});
	for (size_t j = first; status == ACC_OK && j < last; j++)
		status = add_column(half, column_sum(table, j));
	return status;
}

/* Sum of exp(a.log_p + b.log_p - limit) over the pairs of two runs of entries for which it is at
 * most 1. `below` is in units of the last b that was let in, so nothing overflows. */
static double
join(const struct entry *a, size_t as, const struct entry *b, size_t bs, double limit)
{
	double sum = 0, below = 0, unit = b[0].log_p;
	for (size_t i = as, j = 0; i-- > 0;) {
		for (; j < bs && a[i].log_p + b[j].log_p <= limit; j++) {
			below = below * exp(unit - b[j].log_p) + b[j].weight;
			unit = b[j].log_p;
		}
		if (j > 0)
			sum += a[i].weight * exp(a[i].log_p + unit - limit) * below;
	}
	return sum;
}

/* Sum of exp(log_p - limit) over whole tables with log_p <= limit. The keys of two halves that make
 * a whole add up to `all`. */
static double
join_halves(const struct half *left, const struct half *right, uint64_t all, double limit)
{
	double sum = 0;
	size_t last = right->count;
	for (size_t i = 0, next; i < left->count; i = next) {
		uint64_t wanted = all - left->entry[i].key;
		for (next = i; next < left->count && left->entry[next].key == left->entry[i].key;)
			next++;
		while (last > 0 && right->entry[last - 1].key > wanted)
			last--;
		size_t first = last;
		while (first > 0 && right->entry[first - 1].key == wanted)
			first--;
		if (first < last)
			sum += join(left->entry + i, next - i, right->entry + first, last - first,
				    limit);
	}
	return sum;
}

/* log of (product of row and column factorials) / n!, and of the product of 1 / cells!. */
static double
log_margins(const struct acc_contingency *table)
{
	double sum = -lgamma(sum_of(table->cell, table->rows * table->columns, 1) + 1);
	for (size_t i = 0; i < table->rows; i++)
		sum += lgamma(row_sum(table, i) + 1);
	for (size_t j = 0; j < table->columns; j++)
		sum += lgamma(column_sum(table, j) + 1);
	return sum;
}

static double
log_cells(const struct acc_contingency *table)
{
	double sum = 0;
	for (size_t i = 0; i < table->rows * table->columns; i++)
		sum -= lgamma(table->cell[i] + 1);
	return sum;
}

/* Place values of row sums in a key; 0 when they do not fit. */
static uint64_t
set_radix(const double *row, size_t rows, uint64_t *radix)
{
	uint64_t place = 1;
	for (size_t i = 0; i < rows; i++) {
		radix[i] = place;
		if (__builtin_mul_overflow(place, (uint64_t)row[i] + 1, &place))
			return 0;
	}
	return place;
}

static enum acc_status
run_exact(const struct acc_contingency *table, const double *row, const uint64_t *radix,
	  struct acc_exact *exact)
{
	struct half left = {row, radix, table->rows, 0, 0, NULL}, right = left;
	size_t middle = table->columns / 2;
	uint64_t all = 0;
	for (size_t i = 0; i < table->rows; i++)
		all += (uint64_t)row[i] * radix[i];
	enum acc_status status = make_half(&left, table, 0, middle);
	if (status == ACC_OK)
		status = make_half(&right, table, middle, table->columns);
	if (status == ACC_OK) {
		double margins = log_margins(table), here = log_cells(table);
		double above = here + log1p(tie), below = here + log1p(-tie);
		double p = join_halves(&left, &right, all, above) * exp(above + margins);
		double less = join_halves(&left, &right, all, below) * exp(below + margins);
		/* All tables: their probabilities sum to 1 but for rounding. */
		exact->p = p > 1 - alike ? 1 : p;
		exact->mid_p = (exact->p + (less > 1 - alike ? 1 : less)) / 2;
	}
	free(left.entry);
	free(right.entry);
	return status;
}

enum acc_status
acc_fisher_freeman_halton(const struct acc_contingency *table, struct acc_exact *exact)
{
	double *row = acc_array(table->rows, sizeof *row);
	uint64_t *radix = acc_array(table->rows, sizeof *radix);
	enum acc_status status = row && radix ? ACC_OK : ACC_NO_MEMORY;
	*exact = (struct acc_exact){NAN, NAN};
	for (size_t i = 0; status == ACC_OK && i < table->rows; i++)
		row[i] = row_sum(table, i);
	if (status == ACC_OK)
		status = set_radix(row, table->rows, radix) ? run_exact(table, row, radix, exact)
							    : ACC_TOO_LARGE;
	free(row);
	free(radix);
	return status;
}
