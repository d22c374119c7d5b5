#include "stats/bootstrap.h"
#include "stats/bootstrap_run.h"
#include "stats/method.h"
#include "stats/parallel.h"

#include <math.h>
#include <stdlib.h>

static size_t
place(const struct acc_desk *desk, size_t question, size_t c)
{
	const struct acc_replicates *replicates = desk->job->replicates;
	return (question * replicates->coefficients + c) * replicates->count + desk->at;
}

static enum acc_status
do_theme(struct acc_desk *desk, size_t theme, size_t abreast)
{
	const struct acc_plan *plan = desk->job->plan;
	struct acc_replicates *replicates = desk->job->replicates;
	double weight = desk->job->pooled ? acc_plan_theme_weight(plan, (uint32_t)theme) : 1;
	enum acc_status status = ACC_OK;
	acc_desk_add_up(desk, theme, abreast);
	for (size_t c = 0; status == ACC_OK && c < plan->coefficients; c++) {
		struct acc_disagreement at;
		double *value = &replicates->value[place(desk, theme, c)];
		acc_coefficient_value(plan->coefficient[c], &desk->tally, plan->weights, &at,
				      value);
		if (replicates->error)
			replicates->error[place(desk, theme, c)] = NAN;
		if (isnan(at.observed))
			continue;
		desk->sum[c].observed += weight * at.observed;
		desk->sum[c].expected += weight * at.expected;
		if (replicates->error)
			status = acc_desk_error(desk, theme, c, *value, at.expected,
						&replicates->error[place(desk, theme, c)]);
	}
	return status;
}

static void
do_pool(struct acc_desk *desk)
{
	const struct acc_urn *urn = &desk->job->urn;
	struct acc_replicates *replicates = desk->job->replicates;
	for (size_t c = 0; c < replicates->coefficients; c++) {
		size_t at = place(desk, urn->themes, c);
		struct acc_psi_sums drawn = {0};
		acc_chance_correct(&desk->sum[c], &replicates->value[at]);
		if (!replicates->error)
			continue;
		for (size_t b = 0; b < urn->blocks; b++)
			if (desk->times[b] && urn->pooled[b])
				acc_desk_add_psi(&drawn, desk->times[b],
						 &desk->slope[c * urn->blocks + b],
						 replicates->value[at], desk->sum[c].expected);
		replicates->error[at] = isnan(replicates->value[at])
					    ? NAN
					    : acc_desk_psi_error(&drawn, replicates->value[at]);
	}
}

static enum acc_status
do_replicate(struct acc_desk *desk, size_t abreast)
{
	const struct acc_bootstrap_job *job = desk->job;
	enum acc_status status = ACC_OK;
	size_t slopes = job->replicates->error ? job->plan->coefficients * job->urn.blocks : 0;
	for (size_t c = 0; c < job->plan->coefficients; c++)
		desk->sum[c] = (struct acc_disagreement){0};
	for (size_t i = 0; i < slopes; i++)
		desk->slope[i] = (struct acc_disagreement){0};
	desk->times = desk->all_times + abreast * job->urn.blocks;
	for (size_t t = 0; status == ACC_OK && t < job->urn.themes; t++)
		status = do_theme(desk, t, abreast);
	if (status == ACC_OK && job->pooled)
		do_pool(desk);
	return status;
}

enum { CHUNK = 64 }; /* replicates done at one desk */

static enum acc_status
do_chunk(void *context, size_t chunk)
{
	const struct acc_bootstrap_job *job = context;
	struct acc_desk desk;
	enum acc_status status = acc_desk_make(&desk, job);
	if (status != ACC_OK)
		return status;
	size_t end =
	    (chunk + 1) * CHUNK < job->draw->count ? (chunk + 1) * CHUNK : job->draw->count;
	for (size_t at = chunk * CHUNK; status == ACC_OK && at < end; at += ACC_URN_ABREAST) {
		size_t count = end - at < ACC_URN_ABREAST ? end - at : ACC_URN_ABREAST;
		acc_desk_draw(&desk, at, count);
		for (size_t i = 0; status == ACC_OK && i < count; i++) {
			desk.at = at + i;
			status = do_replicate(&desk, i);
		}
	}
	acc_desk_free(&desk);
	return status;
}

enum { MANY_NAMED = 1000 }; /* blocks with names of which parts are worth while */

static const size_t most_values = (size_t)1 << 28;

static enum acc_status
replicates_make(struct acc_replicates *replicates, const struct acc_plan *plan, size_t questions,
		size_t count)
{
	size_t values;
	bool errors = acc_methods[plan->ci]->evidence & ACC_EVIDENCE_ERRORS;
	*replicates = (struct acc_replicates){questions, plan->coefficients, count, NULL, NULL};
	if (__builtin_mul_overflow(plan->coefficients, count, &values) ||
	    __builtin_mul_overflow(values, questions, &values) || values > most_values)
		return ACC_TOO_LARGE;
	replicates->value = acc_array(values, sizeof *replicates->value);
	replicates->error = errors ? acc_array(values, sizeof *replicates->error) : NULL;
	return replicates->value && (replicates->error || !errors) ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_bootstrap(const struct acc_patterns *patterns, const struct acc_plan *plan,
	      const struct acc_scope *scope, uint32_t theme, const struct acc_draw *draw,
	      struct acc_replicates *replicates)
{
	bool all = theme == ACC_NONE;
	struct acc_bootstrap_job job = {
	    .patterns = patterns,
	    .plan = plan,
	    .scope = scope,
	    .draw = draw,
	    .urn = {.themes = all ? acc_plan_questions(plan, patterns) : 1},
	    .pooled = all && acc_plan_questions(plan, patterns) > 1,
	    .replicates = replicates};
	enum acc_status status =
	    replicates_make(replicates, plan, job.urn.themes + job.pooled, draw->count);
	job.urn.named = acc_methods[plan->ci]->evidence & ACC_EVIDENCE_POISSON;
	job.weights = acc_weight_stream_make(draw->seed);
	if (status == ACC_OK)
		status = acc_tally_shape(
		    &job.urn.shape, acc_weights_columns(plan->weights), scope->coders,
		    acc_plan_needs(plan, plan->weights->categories, scope->coders));
	if (status == ACC_OK)
		status = acc_urn_make(&job.urn, patterns, plan, scope, all ? 0 : theme);
	if (status == ACC_OK && !job.urn.named)
		status =
		    acc_multinomial_make(&job.draws, job.urn.share, job.urn.blocks, job.urn.draws);
	/* Sums of parts differ from sums of rows in their last digits; few draws keep theirs. */
	if (status == ACC_OK &&
	    (job.urn.named ? job.urn.blocks >= MANY_NAMED
			   : acc_multinomial_by_stages(job.urn.blocks, job.urn.draws)))
		status = acc_urn_parts_make(&job.parts, &job.urn);
	if (status == ACC_OK)
		status =
		    acc_parallel(plan->threads, (draw->count + CHUNK - 1) / CHUNK, do_chunk, &job);
	acc_multinomial_free(&job.draws);
	acc_urn_parts_free(&job.parts);
	acc_urn_free(&job.urn);
	if (status != ACC_OK)
		acc_replicates_free(replicates);
	return status;
}
