/* bootstrap_draw: how often each block is drawn, and the tallies of what is drawn. */
#include "stats/bootstrap_run.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>

void
acc_desk_free(struct acc_desk *desk)
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

enum acc_status
acc_desk_make(struct acc_desk *desk, const struct acc_bootstrap_job *job)
{
	size_t coefficients = job->plan->coefficients,
	       columns = acc_weights_columns(job->plan->weights);
	struct acc_tally *tally[] = {&desk->tally, &desk->slope_observed, &desk->slope_expected};
	size_t slopes = job->replicates->error ? coefficients * job->urn.blocks : 0;
	enum acc_status status = ACC_OK;
	*desk = (struct acc_desk){
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
		acc_desk_free(desk);
	return status;
}

/* Each block by its name; equal units without one, together. */
static void
draw_by_name(struct acc_desk *desk, uint32_t *times)
{
	const struct acc_bootstrap_job *job = desk->job;
	uint64_t replicate = job->draw->first + desk->at;
	acc_weight_all(&job->weights, job->urn.name, job->urn.blocks, replicate, times);
	for (size_t b = 0; b < job->urn.blocks; b++) {
		if (!job->urn.unnamed[b])
			continue;
		acc_random_go(desk->rng, &(struct acc_address){.seed = job->draw->seed,
							       .purpose = ACC_PURPOSE_POISSON,
							       .group = (uint32_t)job->urn.name[b],
							       .theme = ACC_NONE,
							       .replicate = replicate});
		times[b] = gsl_ran_poisson(desk->rng, job->urn.share[b]);
	}
}

static struct acc_address
address_of(const struct acc_bootstrap_job *job)
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
draw(struct acc_desk *desk, uint32_t *times)
{
	const struct acc_bootstrap_job *job = desk->job;
	struct acc_address address = address_of(job);
	address.replicate = job->draw->first + desk->at;
	acc_stream_go(&desk->stream, &address);
	if (job->urn.named)
		draw_by_name(desk, times);
	else
		acc_multinomial_draw(&job->draws, &desk->stream, times, desk->scratch);
}

void
acc_desk_draw(struct acc_desk *desk, size_t from, size_t count)
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

void
acc_desk_add_up(struct acc_desk *desk, size_t theme, size_t abreast)
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
