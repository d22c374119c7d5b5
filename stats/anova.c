#include "stats/anova.h"

/* ---- least squares ---- */

/* The coders' deviations b that solve C b = apart, C the pairs; replaces C by its L D L'. In each
 * part of the table one coder's is 0. Returns the rank of C. */
static size_t
solve(const struct acc_anova_sums *sums, size_t coders, double *c, double *b)
{
	size_t rank = 0;
	for (size_t i = 0; i < coders * (coders + 1) / 2; i++)
		c[i] = sums->pairs[i];
	for (size_t j = 0; j < coders; j++) {
		double *row = c + j * (j + 1) / 2, whole = row[j];
		b[j] = sums->apart[j];
		for (size_t l = 0; l < j; l++) {
			const double *above = c + l * (l + 1) / 2;
			double sum = row[l];
			for (size_t m = 0; m < l; m++)
				sum -= row[m] * above[m];
			row[l] = sum; /* L D so far */
		}
		for (size_t l = 0; l < j; l++) {
			double d = c[l * (l + 1) / 2 + l], ld = row[l];
			row[l] = d > 0 ? ld / d : 0;
			row[j] -= ld * row[l];
			b[j] -= row[l] * b[l];
		}
		/* What rounding leaves of the last coder of a part. */
		row[j] = row[j] > 1e-10 * whole ? row[j] : 0;
		rank += row[j] > 0;
	}
	for (size_t j = coders; j-- > 0;) {
		const double *row = c + j * (j + 1) / 2;
		b[j] = row[j] > 0 ? b[j] / row[j] : 0;
	}
	for (size_t j = coders; j-- > 0;)
		for (size_t l = 0; l < j; l++)
			b[l] -= c[j * (j + 1) / 2 + l] * b[j];
	return rank;
}

double *
acc_anova_deviations(const struct acc_tally *tally, struct acc_scratch *scratch, size_t *rank)
{
	struct acc_anova_sums sums = acc_anova_sums_of(tally);
	size_t coders = tally->coders;
	double *b = acc_scratch_make(scratch, coders + coders * (coders + 1) / 2);
	if (b)
		*rank = solve(&sums, coders, b + coders, b);
	return b;
}

/* ---- mean squares ---- */

/* Sums over coders. */
struct totals {
	double ratings, scores, coders;
	double of_coders; /* sum of squares of the coders' means, unadjusted */
	double adjusted;  /* by their deviations b */
};

static struct totals
add_up(const struct acc_anova_sums *sums, size_t coders, const double *b)
{
	struct totals t = {0};
	for (size_t j = 0; j < coders; j++) {
		if (!(sums->ratings[j] > 0))
			continue;
		t.coders++;
		t.ratings += sums->ratings[j];
		t.scores += sums->scores[j];
		t.of_coders += sums->scores[j] * sums->scores[j] / sums->ratings[j];
		t.adjusted += b[j] * sums->apart[j];
	}
	return t;
}

/* From sums of squares; those that rounding leaves of nothing are 0. */
static void
make_squares(const double *cell, const struct totals *t, double rank, struct acc_anova *anova)
{
	double n = cell[ACC_ANOVA_UNITS], within = cell[ACC_ANOVA_WITHIN];
	double squares = cell[ACC_ANOVA_SQUARES], noise = 1e-12 * (squares + within);
	double alone = squares - t->scores * t->scores / t->ratings;
	double error = within - t->adjusted, of_units = squares + t->adjusted - t->of_coders;
	*anova = (struct acc_anova){
	    .units = n,
	    .ratings = t->ratings,
	    .units_alone = {alone > noise ? alone : 0, n - 1},
	    .within = {within, t->ratings - n},
	    .per_unit_alone = (t->ratings - cell[ACC_ANOVA_SIZES] / t->ratings) / (n - 1),
	    .of_units = {of_units > noise ? of_units : 0, n - (t->coders - rank)},
	    .of_coders = {t->adjusted, rank},
	    .error = {error > noise ? error : 0, t->ratings - n - rank},
	};
	anova->per_unit = (t->ratings - t->coders) / anova->of_units.df;
	anova->per_coder = (t->ratings - n) / rank;
}

enum acc_reason
acc_anova_of(const struct acc_tally *tally, struct acc_anova *anova)
{
	struct acc_scratch scratch;
	struct acc_anova_sums sums = acc_anova_sums_of(tally);
	size_t rank;
	double *b = acc_anova_deviations(tally, &scratch, &rank);
	if (!b)
		return ACC_REASON_no_memory;
	struct totals totals = add_up(&sums, tally->coders, b);
	acc_scratch_free(&scratch);
	if (!(sums.cell[ACC_ANOVA_UNITS] > 1) || rank < 1)
		return ACC_REASON_too_few_ratings;
	make_squares(sums.cell, &totals, (double)rank, anova);
	bool enough = anova->of_units.df > 0 && anova->error.df > 0;
	return enough ? ACC_DEFINED : ACC_REASON_too_few_ratings;
}
