#include "stats/saturation.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

void
acc_incidence_free(struct acc_incidence *incidence)
{
	free(incidence->has);
	free(incidence->mentions);
	*incidence = (struct acc_incidence){0};
}

enum acc_status
acc_incidence_make(struct acc_incidence *incidence, const struct acc_mentions *mentions)
{
	size_t themes = mentions->themes;
	*incidence = (struct acc_incidence){
	    .themes = themes,
	    .has = acc_array(mentions->blocks.count * themes, sizeof *incidence->has),
	    .mentions = acc_array(themes, sizeof *incidence->mentions)};
	if (!incidence->has || !incidence->mentions) {
		acc_incidence_free(incidence);
		return ACC_NO_MEMORY;
	}
	for (size_t b = 0; b < mentions->blocks.count; b++) {
		if (!acc_mentions_looked(mentions, b))
			continue;
		unsigned char *has = incidence->has + incidence->participants++ * themes;
		for (size_t t = 0; t < themes; t++) {
			has[t] = mentions->with[b * themes + t] > 0;
			incidence->mentions[t] += has[t];
		}
	}
	return ACC_OK;
}

/* Themes that exactly `times` participants mention. */
static double
mentioned(const struct acc_incidence *incidence, double times)
{
	double themes = 0;
	for (size_t t = 0; t < incidence->themes; t++)
		themes += incidence->mentions[t] == times;
	return themes;
}

static double
observed(const struct acc_incidence *incidence)
{
	return (double)incidence->themes - mentioned(incidence, 0);
}

static double
all_mentions(const struct acc_incidence *incidence)
{
	double sum = 0;
	for (size_t t = 0; t < incidence->themes; t++)
		sum += incidence->mentions[t];
	return sum;
}

/* ---- Chao's estimate ---- */

/* The estimate of themes not yet named; with its variance. */
static double
unseen(const struct acc_incidence *incidence, double *variance)
{
	double n = (double)incidence->participants, a = (n - 1) / n;
	double once = mentioned(incidence, 1), twice = mentioned(incidence, 2);
	if (twice > 0) {
		double ratio = once / twice;
		*variance = twice * (a * ratio * ratio / 2 + a * a * ratio * ratio * ratio +
				     a * a * ratio * ratio * ratio * ratio / 4);
		return a * once * once / (2 * twice);
	}
	double more = a * once * (once - 1) / 2;
	*variance = more + a * a * once * (2 * once - 1) * (2 * once - 1) / 4;
	if (once > 0)
		*variance -= a * a * once * once * once * once / (4 * (observed(incidence) + more));
	return more;
}

/* No theme was named just once: nothing points to more. */
static void
closed_interval(const struct acc_incidence *incidence, double z, struct acc_richness *richness)
{
	double seen = richness->observed, p = exp(-all_mentions(incidence) / seen);
	double centre = seen / (1 - p), half = z * sqrt(seen * p) / (1 - p);
	richness->se = sqrt(seen * p * (1 - p));
	richness->low = fmax(seen, centre - half);
	richness->high = centre + half;
}

struct acc_richness
acc_chao2(const struct acc_incidence *incidence, double level)
{
	struct acc_richness richness = {observed(incidence), NAN, NAN, NAN, NAN, ACC_DEFINED};
	double z = acc_normal_quantile((1 + level) / 2), variance;
	if (!incidence->participants)
		richness.reason = ACC_REASON_no_participants;
	else if (!(richness.observed > 0))
		richness.reason = ACC_REASON_no_themes;
	if (richness.reason != ACC_DEFINED)
		return richness;
	double more = unseen(incidence, &variance);
	richness.value = richness.observed + more;
	if (incidence->participants < 2)
		richness.reason = ACC_REASON_one_cluster;
	else if (more > 0) {
		double k = exp(z * sqrt(log1p(variance / (more * more))));
		richness.se = sqrt(variance);
		richness.low = richness.observed + more / k;
		richness.high = richness.observed + more * k;
	} else
		closed_interval(incidence, z, &richness);
	return richness;
}

/* ---- accumulation ---- */

/* The chances, theme by theme or pair by pair, that none of the first m participants mentions it:
 * C(n - q, m) / C(n, m), one m after the other. */
static double
next_missing(double missing, double n, double q, double m)
{
	double left = n - q - m;
	return left > 0 ? missing * left / (n - m) : 0;
}

/* Coverage of the whole sample. Where no theme is named twice, the estimate of those not named is
 * the bias-corrected one. */
static double
coverage_of_all(const struct acc_incidence *incidence)
{
	double n = (double)incidence->participants, once = mentioned(incidence, 1);
	double twice = mentioned(incidence, 2);
	if (once == 0)
		return 1;
	double share = twice > 0 ? (n - 1) * once / ((n - 1) * once + 2 * twice)
				 : (n - 1) * (once - 1) / ((n - 1) * (once - 1) + 2);
	return 1 - once / all_mentions(incidence) * share;
}

static void
set_coverage(const struct acc_incidence *incidence, struct acc_accumulation *accumulation)
{
	double n = (double)incidence->participants, all = all_mentions(incidence);
	for (size_t m = 1; m <= incidence->participants; m++)
		accumulation[m - 1].coverage = incidence->participants > 1 && all > 0 ? 1 : NAN;
	for (size_t t = 0; t < incidence->themes; t++) {
		double q = incidence->mentions[t], missing = 1;
		for (size_t m = 1; q > 0 && m < incidence->participants; m++) {
			/* C(n - q, m) / C(n - 1, m) */
			missing = next_missing(missing, n - 1, q - 1, (double)m - 1);
			accumulation[m - 1].coverage -= q / all * missing;
		}
	}
	if (incidence->participants > 1 && all > 0)
		accumulation[incidence->participants - 1].coverage = coverage_of_all(incidence);
}

/* Participants who mention either of two themes. */
static double
either(const struct acc_incidence *incidence, size_t s, size_t t)
{
	double count = 0;
	for (size_t i = 0; i < incidence->participants; i++)
		count += incidence->has[i * incidence->themes + s] ||
			 incidence->has[i * incidence->themes + t];
	return count;
}

/* Add the covariance, over orders, of naming s and naming t within the first m. */
static void
add_over_orders(const struct acc_incidence *incidence, size_t s, size_t t,
		struct acc_accumulation *accumulation)
{
	double n = (double)incidence->participants, p = 1, a = 1, b = 1;
	double both = either(incidence, s, t);
	for (size_t m = 1; m <= incidence->participants; m++) {
		double before = (double)m - 1;
		p = next_missing(p, n, both, before);
		a = next_missing(a, n, incidence->mentions[s], before);
		b = next_missing(b, n, incidence->mentions[t], before);
		accumulation[m - 1].over_orders += (s == t ? 1 : 2) * (p - a * b);
	}
}

static void
add_theme(const struct acc_incidence *incidence, size_t t, struct acc_accumulation *accumulation)
{
	double n = (double)incidence->participants, missing = 1;
	for (size_t m = 1; m <= incidence->participants; m++) {
		missing = next_missing(missing, n, incidence->mentions[t], (double)m - 1);
		accumulation[m - 1].themes += 1 - missing;
		accumulation[m - 1].se += (1 - missing) * (1 - missing);
	}
}

/* Sums of squares of what leaving out one participant changes, for m < participants. The mean of
 * the curves without each one is the curve itself. */
static void
leave_out(const struct acc_incidence *incidence, const struct acc_accumulation *accumulation,
	  double *squares)
{
	size_t n = incidence->participants;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *has = incidence->has + i * incidence->themes;
		double *change = squares + n; /* a row of its own behind the sums */
		for (size_t m = 1; m < n; m++)
			change[m - 1] = -accumulation[m - 1].themes;
		for (size_t t = 0; t < incidence->themes; t++) {
			double left = incidence->mentions[t] - has[t], missing = 1;
			for (size_t m = 1; left > 0 && m < n; m++) {
				missing = next_missing(missing, (double)n - 1, left, (double)m - 1);
				change[m - 1] += 1 - missing;
			}
		}
		for (size_t m = 1; m < n; m++)
			squares[m - 1] += change[m - 1] * change[m - 1];
	}
}

/* The larger of two standard errors: that of Colwell, Mao and Chang, which takes themes to be named
 * independently of each other, and that of leaving out participants, which sees that who says much
 * names many, but has nothing to say about all of them. */
static void
set_intervals(const struct acc_incidence *incidence, double level, const double *squares,
	      struct acc_accumulation *accumulation)
{
	double n = (double)incidence->participants, t = acc_t_quantile((1 + level) / 2, n - 1);
	double asymptote = acc_chao2(incidence, level).value;
	for (size_t m = 0; m < incidence->participants; m++) {
		struct acc_accumulation *at = &accumulation[m];
		double variance = at->se - at->themes * at->themes / asymptote;
		double jackknife = squares[m] * (n - 1) / n;
		at->over_orders = sqrt(fmax(0, at->over_orders));
		/* NaN without themes; rounding may leave less than nothing. */
		at->se = isnan(variance) ? NAN : sqrt(fmax(0, fmax(variance, jackknife)));
		at->se = at->se < 1e-6 ? 0 : at->se;
		at->low = fmax(0, at->themes - t * at->se);
		at->high = at->themes + t * at->se;
		if (isnan(t))
			at->se = NAN;
		if (!(at->se > 0))
			at->low = at->high = NAN;
	}
}

enum acc_status
acc_accumulate(const struct acc_incidence *incidence, double level,
	       struct acc_accumulation **accumulation)
{
	struct acc_accumulation *made = acc_array(incidence->participants, sizeof *made);
	double *squares = acc_array(2 * incidence->participants, sizeof *squares);
	if (!made || !squares) {
		free(made);
		free(squares);
		return ACC_NO_MEMORY;
	}
	for (size_t t = 0; t < incidence->themes; t++) {
		if (!(incidence->mentions[t] > 0))
			continue;
		add_theme(incidence, t, made);
		for (size_t s = 0; s <= t; s++)
			if (incidence->mentions[s] > 0)
				add_over_orders(incidence, s, t, made);
	}
	set_coverage(incidence, made);
	leave_out(incidence, made, squares);
	set_intervals(incidence, level, squares, made);
	free(squares);
	*accumulation = made;
	return ACC_OK;
}

/* ---- equal coverage ---- */

static double
between(double a, double b, double share)
{
	return a + (b - a) * share;
}

struct acc_at_coverage
acc_at_coverage(const struct acc_accumulation *accumulation, size_t participants, double coverage)
{
	struct acc_accumulation none = {0}, low = none;
	struct acc_at_coverage at = {NAN, NAN, NAN, NAN, NAN};
	const double noise = 1e-12;
	for (size_t m = 1; m <= participants; m++) {
		const struct acc_accumulation *high = &accumulation[m - 1];
		if (high->coverage >= coverage - noise) {
			double step = high->coverage - low.coverage;
			double share = step > 0 ? (coverage - low.coverage) / step : 1;
			share = share < 1 ? share : 1;
			at.participants = (double)m - 1 + share;
			at.themes = between(low.themes, high->themes, share);
			at.se = between(low.se, high->se, share);
			at.low = between(low.low, high->low, share);
			at.high = between(low.high, high->high, share);
			return at;
		}
		low = *high;
	}
	return at;
}
