#include "stats/dawid_skene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the result ---- */

void
acc_dawid_skene_free(struct acc_dawid_skene *result)
{
	free(result->prevalence);
	free(result->error);
	free(result->mass);
	free(result->posterior);
	*result = (struct acc_dawid_skene){0};
}

static void
fill(double *array, size_t length, double value)
{
	for (size_t i = 0; i < length; i++)
		array[i] = value;
}

static size_t
errors_of(const struct acc_dawid_skene *result)
{
	return result->coders * result->categories * result->categories;
}

static enum acc_status
begin(struct acc_dawid_skene *result, const struct acc_votes *votes, size_t strata)
{
	size_t cells, errors, q = votes->categories;
	*result = (struct acc_dawid_skene){.strata = strata,
					   .categories = q,
					   .coders = votes->coders,
					   .votes = votes->vote.count,
					   .likelihood = NAN};
	if (__builtin_mul_overflow(strata * q, result->votes, &cells) ||
	    __builtin_mul_overflow(votes->coders * q, q, &errors))
		return ACC_TOO_LARGE;
	result->prevalence = acc_array(strata * q, sizeof(double));
	result->error = acc_array(errors, sizeof(double));
	result->mass = acc_array(votes->coders * q, sizeof(double));
	result->posterior = acc_array(cells, sizeof(double));
	bool made = result->prevalence && result->error && result->mass && result->posterior;
	return made ? ACC_OK : ACC_NO_MEMORY;
}

static enum acc_reason
check(const struct acc_votes *votes, const double *units, size_t strata, bool *rated)
{
	size_t coders = 0;
	bool some = false;
	for (uint32_t v = 0; v < votes->vote.count; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&votes->vote, v, &length);
		double here = 0;
		for (size_t s = 0; s < strata; s++)
			here += units[s * votes->vote.count + v];
		some = some || (length && here > 0);
		for (size_t i = 0; i < length && here > 0; i += 2) {
			coders += !rated[word[i]];
			rated[word[i]] = true;
		}
	}
	return !some        ? ACC_REASON_no_units
	       : coders < 3 ? ACC_REASON_needs_three_coders
			    : ACC_DEFINED;
}

/* ---- EM ---- */

/* One fit: the result so far, and the logarithms that the E step adds. */
struct fit {
	const struct acc_votes *votes;
	const double *units;
	struct acc_dawid_skene *result;
	double *log_error;      /* owned, as result->error; -inf for a chance of 0 */
	double *sum;            /* owned, [categories] */
	double *log_prevalence; /* owned, as result->prevalence */
};

static void
start_at_shares(struct fit *fit)
{
	struct acc_dawid_skene *result = fit->result;
	for (uint32_t v = 0; v < result->votes; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&fit->votes->vote, v, &length);
		for (size_t s = 0; s < result->strata; s++) {
			double *chance =
			    result->posterior + (s * result->votes + v) * result->categories;
			for (size_t i = 0; i < length; i += 2)
				chance[word[i + 1]] += 2.0 / (double)length;
		}
	}
}

/* Ratings given, by coder and truth: the numerators of the errors. */
static void
add_ratings(struct fit *fit)
{
	struct acc_dawid_skene *result = fit->result;
	size_t q = result->categories;
	for (uint32_t v = 0; v < result->votes; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&fit->votes->vote, v, &length);
		memset(fit->sum, 0, q * sizeof *fit->sum);
		for (size_t s = 0; s < result->strata; s++)
			for (size_t k = 0; k < q; k++)
				fit->sum[k] += fit->units[s * result->votes + v] *
					       result->posterior[(s * result->votes + v) * q + k];
		for (size_t i = 0; i < length; i += 2)
			for (size_t k = 0; k < q; k++)
				result->error[(word[i] * q + k) * q + word[i + 1]] += fit->sum[k];
	}
}

static void
set_prevalence(struct fit *fit, size_t stratum)
{
	struct acc_dawid_skene *result = fit->result;
	size_t q = result->categories;
	double *prevalence = result->prevalence + stratum * q, total = 0;
	memset(prevalence, 0, q * sizeof *prevalence);
	for (uint32_t v = 0; v < result->votes; v++) {
		size_t length, at = stratum * result->votes + v;
		acc_pool_get(&fit->votes->vote, v, &length);
		for (size_t k = 0; length && k < q; k++)
			prevalence[k] += fit->units[at] * result->posterior[at * q + k];
		total += length ? fit->units[at] : 0;
	}
	for (size_t k = 0; k < q; k++)
		prevalence[k] /= total; /* NaN where nothing was rated */
	for (size_t k = 0; k < q; k++)
		fit->log_prevalence[stratum * q + k] = log(prevalence[k]);
}

static void
maximise(struct fit *fit)
{
	struct acc_dawid_skene *result = fit->result;
	size_t q = result->categories;
	for (size_t s = 0; s < result->strata; s++)
		set_prevalence(fit, s);
	fill(result->error, errors_of(result), 0);
	add_ratings(fit);
	for (size_t row = 0; row < result->coders * q; row++) {
		double *error = result->error + row * q, total = 0;
		for (size_t l = 0; l < q; l++)
			total += error[l];
		result->mass[row] = total;
		for (size_t l = 0; l < q; l++) {
			/* A truth without units has no errors; any will do, its chance is 0. */
			error[l] = total > 0 ? error[l] / total : 1 / (double)q;
			fit->log_error[row * q + l] = log(error[l]);
		}
	}
}

/* Chances of the truths of one vote, from their logarithms; returns the logarithm of their sum. */
static double
normalise(double *chance, size_t categories)
{
	double most = -INFINITY, sum = 0;
	for (size_t k = 0; k < categories; k++)
		most = fmax(most, chance[k]);
	for (size_t k = 0; k < categories; k++) {
		double less = chance[k] - most;
		sum += chance[k] = less == 0 ? 1 : exp(less);
	}
	for (size_t k = 0; k < categories; k++)
		chance[k] /= sum;
	return most + log(sum);
}

/* The E step; returns the likelihood of the chances it was given. */
static double
expect(struct fit *fit)
{
	struct acc_dawid_skene *result = fit->result;
	size_t q = result->categories;
	double likelihood = 0;
	for (uint32_t v = 0; v < result->votes; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&fit->votes->vote, v, &length);
		for (size_t s = 0; length && s < result->strata; s++) {
			size_t at = s * result->votes + v;
			double *chance = result->posterior + at * q;
			if (!(fit->units[at] > 0))
				continue;
			for (size_t k = 0; k < q; k++)
				chance[k] = fit->log_prevalence[s * q + k];
			for (size_t i = 0; i < length; i += 2)
				for (size_t k = 0; k < q; k++)
					chance[k] +=
					    fit->log_error[(word[i] * q + k) * q + word[i + 1]];
			likelihood += fit->units[at] * normalise(chance, q);
		}
	}
	return likelihood;
}

static const double least_change = 1e-10;
enum { ROUNDS_MAX = 20000 };

static void
climb(struct fit *fit)
{
	struct acc_dawid_skene *result = fit->result;
	double before = -INFINITY;
	for (result->rounds = 1;; result->rounds++) {
		maximise(fit);
		result->likelihood = expect(fit);
		double change = result->likelihood - before;
		before = result->likelihood;
		if (change <= least_change * fmax(1, fabs(before)))
			break;
		if (result->rounds == ROUNDS_MAX) {
			result->reason = ACC_REASON_no_convergence;
			break;
		}
	}
}

static void
undefine(struct acc_dawid_skene *result)
{
	fill(result->prevalence, result->strata * result->categories, NAN);
	fill(result->error, errors_of(result), NAN);
	fill(result->mass, result->coders * result->categories, NAN);
	fill(result->posterior, result->strata * result->votes * result->categories, NAN);
	result->likelihood = NAN;
}

/* What the fit has no units for is unknown, not equally likely. */
static void
mark_unknown(struct acc_dawid_skene *result)
{
	size_t q = result->categories;
	for (size_t row = 0; row < result->coders * q; row++)
		if (!(result->mass[row] > 0))
			fill(result->error + row * q, q, NAN);
}

enum acc_status
acc_dawid_skene_make(struct acc_dawid_skene *result, const struct acc_votes *votes,
		     const double *units, size_t strata, const struct acc_dawid_skene *start)
{
	bool *rated = acc_array(votes->coders, sizeof *rated);
	enum acc_status status = begin(result, votes, strata);
	struct fit fit = {votes,
			  units,
			  result,
			  acc_array(errors_of(result), sizeof(double)),
			  acc_array(votes->categories, sizeof(double)),
			  acc_array(strata * votes->categories, sizeof(double))};
	if (!rated || !fit.log_error || !fit.sum || !fit.log_prevalence)
		status = ACC_NO_MEMORY;
	if (status == ACC_OK)
		result->reason = check(votes, units, strata, rated);
	if (status == ACC_OK && result->reason == ACC_DEFINED) {
		size_t cells = strata * result->votes * result->categories;
		if (start)
			memcpy(result->posterior, start->posterior, cells * sizeof(double));
		else
			start_at_shares(&fit);
		climb(&fit);
	}
	if (status == ACC_OK && result->reason != ACC_DEFINED)
		undefine(result);
	else if (status == ACC_OK)
		mark_unknown(result);
	free(rated);
	free(fit.log_error);
	free(fit.sum);
	free(fit.log_prevalence);
	if (status != ACC_OK)
		acc_dawid_skene_free(result);
	return status;
}

double
acc_sensitivity(const struct acc_dawid_skene *result, size_t coder, size_t category)
{
	size_t q = result->categories;
	return result->error[(coder * q + category) * q + category];
}

double
acc_specificity(const struct acc_dawid_skene *result, size_t coder, size_t category)
{
	size_t q = result->categories;
	double wrong = 0, others = 0;
	for (size_t k = 0; k < q; k++) {
		double mass = result->mass[coder * q + k];
		if (k == category || !(mass > 0))
			continue;
		wrong += mass * result->error[(coder * q + k) * q + category];
		others += mass;
	}
	return 1 - wrong / others;
}
