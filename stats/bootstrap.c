#include "stats/bootstrap.h"
#include "stats/method.h"
#include "stats/multinomial.h"
#include "stats/parallel.h"
#include "stats/poisson_weight.h"
#include "stats/recall.h"
#include "stats/urn_parts.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

void
acc_replicates_free(struct acc_replicates *replicates)
{
	free(replicates->value);
	free(replicates->error);
	*replicates = (struct acc_replicates){0};
}

/* ---- replicates ---- */

/* All that the chunks of a bootstrap share, read only but for the replicates. */
struct job {
	const struct acc_patterns *patterns;
	const struct acc_plan *plan;
	const struct acc_scope *scope;
	const struct acc_draw *draw;
	struct acc_urn urn;
	struct acc_urn_parts parts;
	struct acc_multinomial draws;     /* how often each block */
	struct acc_weight_stream weights; /* the same by name, for the Poisson bootstrap */
	bool pooled;
	struct acc_replicates *replicates;
};

/* What one chunk works with. */
struct desk {
	const struct job *job;
	struct acc_stream stream;
	gsl_rng *rng;      /* owned, for the Poisson bootstrap */
	uint32_t *scratch; /* owned, [blocks] */
	const uint32_t
	    *times; /* borrowed, [blocks] how often each was drawn, in the replicate at hand */
	struct acc_tally tally, slope_observed, slope_expected;
	uint32_t *all_times;      /* owned, [ACC_URN_ABREAST * blocks] of the replicates abreast */
	acc_urn_times *abreast;   /* owned, [blocks] the same side by side, where there are parts */
	acc_urn_times *drawn;     /* owned, [classes of the parts] */
	struct acc_recall recall; /* of the tally */
	struct acc_disagreement *sum;   /* owned, [coefficients] over themes */
	struct acc_disagreement *slope; /* owned, [coefficients * blocks] over themes */
	struct {
		size_t cell;
		struct acc_disagreement slope;
	} * steep; /* owned, [length]: the cells where the slopes at hand are not 0 */
	size_t at; /* number of the replicate */
};

static void
desk_free(struct desk *desk)
{
	gsl_rng_free(desk->rng);
	free(desk->all_times);
	free(desk->abreast);
	free(desk->drawn);
	acc_recall_free(&desk->recall);
	free(desk->scratch);
	free(desk->sum);
	free(desk->slope);
	free(desk->steep);
	acc_tally_free(&desk->tally);
	acc_tally_free(&desk->slope_observed);
	acc_tally_free(&desk->slope_expected);
}

static enum acc_status
desk_make(struct desk *desk, const struct job *job)
{
	size_t coefficients = job->plan->coefficients,
	       columns = acc_weights_columns(job->plan->weights);
	struct acc_tally *tally[] = {&desk->tally, &desk->slope_observed, &desk->slope_expected};
	size_t slopes = job->replicates->error ? coefficients * job->urn.blocks : 0;
	enum acc_status status = ACC_OK;
	*desk = (struct desk){
	    .job = job,
	    .all_times = acc_array(job->urn.blocks * ACC_URN_ABREAST, sizeof *desk->all_times),
	    .abreast = acc_array(job->parts.parts ? job->urn.blocks : 0, sizeof *desk->abreast),
	    .drawn = acc_array(job->parts.classes, sizeof *desk->drawn),
	    .scratch = acc_array(job->urn.blocks, sizeof *desk->scratch),
	    .sum = acc_array(coefficients, sizeof *desk->sum),
	    .slope = acc_array(slopes, sizeof *desk->slope),
	    .steep = acc_array(slopes ? job->urn.shape.length : 0, sizeof *desk->steep)};
	for (size_t i = 0; status == ACC_OK && i < 3; i++)
		status =
		    acc_tally_make_for(tally[i], columns, job->scope->coders, job->urn.shape.needs);
	if (status == ACC_OK)
		status = acc_recall_make(&desk->recall, &desk->tally, 0, 0);
	desk->tally.recall = &desk->recall;
	if (job->urn.named)
		desk->rng = gsl_rng_alloc(acc_rng_philox);
	if (status == ACC_OK &&
	    ((job->urn.named && !desk->rng) || !desk->all_times || !desk->abreast || !desk->drawn ||
	     !desk->scratch || !desk->sum || !desk->slope || !desk->steep))
		status = ACC_NO_MEMORY;
	if (status != ACC_OK)
		desk_free(desk);
	return status;
}

/* Each block by its name; equal units without one, together. */
static void
draw_by_name(struct desk *desk, uint32_t *times)
{
	const struct job *job = desk->job;
	uint64_t replicate = job->draw->first + desk->at;
	for (size_t b = 0; b < job->urn.blocks; b++) {
		if (!job->urn.unnamed[b]) {
			times[b] = acc_weight(&job->weights, job->urn.name[b], replicate);
			continue;
		}
		acc_random_go(desk->rng, &(struct acc_address){.seed = job->draw->seed,
							       .purpose = ACC_PURPOSE_POISSON,
							       .group = (uint32_t)job->urn.name[b],
							       .theme = ACC_NONE,
							       .replicate = replicate});
		times[b] = gsl_ran_poisson(desk->rng, job->urn.share[b]);
	}
}

static struct acc_address
address_of(const struct job *job)
{
	uint32_t group = job->scope->group;
	return (struct acc_address){
	    .seed = job->draw->seed,
	    .purpose = ACC_PURPOSE_BOOTSTRAP,
	    .group = group == ACC_NONE
			 ? ACC_NONE
			 : acc_address_of(acc_vocabulary_name(&job->patterns->group, group)),
	    .theme = ACC_NONE,
	};
}

static void
draw(struct desk *desk, uint32_t *times)
{
	const struct job *job = desk->job;
	struct acc_address address = address_of(job);
	address.replicate = job->draw->first + desk->at;
	acc_stream_go(&desk->stream, &address);
	if (job->urn.named)
		draw_by_name(desk, times);
	else
		acc_multinomial_draw(&job->draws, &desk->stream, times, desk->scratch);
}

/* Replicates `from` .. `from + count - 1`, abreast. */
static void
draw_abreast(struct desk *desk, size_t from, size_t count)
{
	size_t blocks = desk->job->urn.blocks;
	for (size_t i = 0; i < count; i++) {
		desk->at = from + i;
		draw(desk, desk->all_times + i * blocks);
	}
	if (!desk->job->parts.parts)
		return;
	for (size_t b = 0; b < blocks; b++)
		for (size_t i = 0; i < ACC_URN_ABREAST; i++)
			desk->abreast[b][i] = desk->all_times[i * blocks + b];
	acc_urn_parts_count(&desk->job->parts, blocks, desk->abreast, desk->drawn);
}

static void
add_up(struct desk *desk, size_t theme, size_t abreast)
{
	const struct acc_urn *urn = &desk->job->urn;
	const struct acc_urn_parts *parts = &desk->job->parts;
	acc_tally_zero(&desk->tally);
	acc_recall_forget(&desk->recall);
	if (acc_urn_parts_has(parts, theme)) {
		acc_urn_parts_add(parts, theme, desk->drawn, abreast, desk->tally.cell);
		return;
	}
	for (size_t b = 0; b < urn->blocks; b++)
		if (desk->times[b])
			acc_urn_add(urn, theme, b, desk->times[b], desk->tally.cell);
}

/* Variance from influence values of the blocks drawn: G/(G - 1) sum psi^2. */
struct drawn {
	double pieces, squares;
};

static void
add_psi(struct drawn *drawn, double times, const struct acc_disagreement *slope, double value,
	double expected)
{
	double psi = (-slope->observed + (1 - value) * slope->expected) / expected;
	drawn->pieces += times;
	drawn->squares += times * psi * psi;
}

static double
drawn_error(const struct drawn *drawn, double value)
{
	if (!(drawn->pieces > 1))
		return NAN;
	return acc_standard_error(drawn->squares * drawn->pieces / (drawn->pieces - 1), value);
}

/* List the cells where a slope is not 0, few of the many that all coefficients need together. */
static size_t
list_steep(struct desk *desk)
{
	size_t steep = 0;
	for (size_t i = 0; i < desk->job->urn.shape.length; i++) {
		struct acc_disagreement at = {desk->slope_observed.cell[i],
					      desk->slope_expected.cell[i]};
		if (at.observed == 0 && at.expected == 0)
			continue;
		desk->steep[steep].cell = i;
		desk->steep[steep++].slope = at;
	}
	return steep;
}

/* Slopes times a block's tally. */
static struct acc_disagreement
along(const struct desk *desk, size_t steep, const double *row)
{
	struct acc_disagreement sum = {0, 0};
	for (size_t i = 0; i < steep; i++) {
		double count = row[desk->steep[i].cell];
		sum.observed += desk->steep[i].slope.observed * count;
		sum.expected += desk->steep[i].slope.expected * count;
	}
	return sum;
}

/* The standard error of one coefficient in the replicate; adds the slopes for the pool. */
static enum acc_status
theme_error(struct desk *desk, size_t theme, size_t c, double value, double expected, double *error)
{
	const struct acc_urn *urn = &desk->job->urn;
	const struct acc_plan *plan = desk->job->plan;
	double weight = desk->job->pooled ? acc_plan_theme_weight(plan, (uint32_t)theme) : 1;
	struct drawn drawn = {0};
	enum acc_status status =
	    acc_coefficient_gradient(plan->coefficient[c], &desk->tally, plan->weights,
				     &desk->slope_observed, &desk->slope_expected);
	size_t steep = list_steep(desk);
	for (size_t b = 0; status == ACC_OK && b < urn->blocks; b++) {
		struct acc_disagreement *sum = &desk->slope[c * urn->blocks + b];
		const double *row = acc_urn_row(urn, theme, b);
		if (!desk->times[b] || !(row[ACC_TALLY_RATED] > 0))
			continue;
		struct acc_disagreement slope = along(desk, steep, row);
		sum->observed += weight * slope.observed;
		sum->expected += weight * slope.expected;
		add_psi(&drawn, desk->times[b], &slope, value, expected);
	}
	*error = isnan(value) ? NAN : drawn_error(&drawn, value);
	return status;
}

static size_t
place(const struct desk *desk, size_t question, size_t c)
{
	const struct acc_replicates *replicates = desk->job->replicates;
	return (question * replicates->coefficients + c) * replicates->count + desk->at;
}

static enum acc_status
do_theme(struct desk *desk, size_t theme, size_t abreast)
{
	const struct acc_plan *plan = desk->job->plan;
	struct acc_replicates *replicates = desk->job->replicates;
	double weight = desk->job->pooled ? acc_plan_theme_weight(plan, (uint32_t)theme) : 1;
	enum acc_status status = ACC_OK;
	add_up(desk, theme, abreast);
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
			status = theme_error(desk, theme, c, *value, at.expected,
					     &replicates->error[place(desk, theme, c)]);
	}
	return status;
}

static void
do_pool(struct desk *desk)
{
	const struct acc_urn *urn = &desk->job->urn;
	struct acc_replicates *replicates = desk->job->replicates;
	for (size_t c = 0; c < replicates->coefficients; c++) {
		size_t at = place(desk, urn->themes, c);
		struct drawn drawn = {0};
		acc_chance_correct(&desk->sum[c], &replicates->value[at]);
		if (!replicates->error)
			continue;
		for (size_t b = 0; b < urn->blocks; b++)
			if (desk->times[b] && urn->pooled[b])
				add_psi(&drawn, desk->times[b], &desk->slope[c * urn->blocks + b],
					replicates->value[at], desk->sum[c].expected);
		replicates->error[at] =
		    isnan(replicates->value[at]) ? NAN : drawn_error(&drawn, replicates->value[at]);
	}
}

static enum acc_status
do_replicate(struct desk *desk, size_t abreast)
{
	const struct job *job = desk->job;
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
	const struct job *job = context;
	struct desk desk;
	enum acc_status status = desk_make(&desk, job);
	if (status != ACC_OK)
		return status;
	size_t end =
	    (chunk + 1) * CHUNK < job->draw->count ? (chunk + 1) * CHUNK : job->draw->count;
	for (size_t at = chunk * CHUNK; status == ACC_OK && at < end; at += ACC_URN_ABREAST) {
		size_t count = end - at < ACC_URN_ABREAST ? end - at : ACC_URN_ABREAST;
		draw_abreast(&desk, at, count);
		for (size_t i = 0; status == ACC_OK && i < count; i++) {
			desk.at = at + i;
			status = do_replicate(&desk, i);
		}
	}
	desk_free(&desk);
	return status;
}

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
	struct job job = {.patterns = patterns,
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
	if (status == ACC_OK && !job.urn.named &&
	    acc_multinomial_by_stages(job.urn.blocks, job.urn.draws))
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
