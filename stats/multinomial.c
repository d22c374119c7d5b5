#include "stats/multinomial.h"

#include <math.h>
#include <stdlib.h>

/* The mean up to which a Poisson number has a table of its own: all tables are to stay in a
 * processor's second cache, and one has 16 entries for each standard deviation. */
static const double most_deviations = 0x1p18 / 16;

static double
most_by_table(size_t tables)
{
	double deviation = most_deviations / (double)tables;
	return deviation * deviation;
}

/* Above that a base is for means that are so much larger at most, and for so many at least. */
static const double near = 60;
enum { BASE_OF = 3 };

void
acc_multinomial_free(struct acc_multinomial *multinomial)
{
	for (size_t i = 0; multinomial->number && i < multinomial->numbers; i++)
		acc_poisson_free(&multinomial->number[i]);
	for (size_t i = 0; multinomial->base && i < multinomial->bases; i++)
		acc_poisson_free(&multinomial->base[i]);
	free(multinomial->number);
	free(multinomial->base);
	free(multinomial->table);
	free(multinomial->slot);
	free(multinomial->order);
	free(multinomial->stage);
	free(multinomial->run);
	*multinomial = (struct acc_multinomial){0};
}

bool
acc_multinomial_by_stages(size_t categories, double draws)
{
	return draws >= fmax(2 * (double)categories, 128);
}

/* ---- making ---- */

static enum acc_status
make_slots(struct acc_multinomial *multinomial, const double *weight)
{
	size_t categories = multinomial->categories;
	double *scratch = acc_array(categories, sizeof *scratch);
	uint32_t *stack = acc_array(categories, sizeof *stack);
	multinomial->slot = acc_array(categories, sizeof *multinomial->slot);
	bool room = scratch && stack && multinomial->slot;
	for (size_t k = 0; room && k < categories; k++)
		scratch[k] = weight[k];
	if (room)
		acc_slots_fill(multinomial->slot, scratch, stack, categories);
	free(scratch);
	free(stack);
	return room ? ACC_OK : ACC_NO_MEMORY;
}

struct place {
	double weight;
	uint32_t category;
};

static int
compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->weight < y->weight || x->weight > y->weight)
		return x->weight < y->weight ? -1 : 1;
	return (x->category > y->category) - (x->category < y->category);
}

/* Categories by rising weight, owned by the caller, and how many have any. */
static struct place *
sort_categories(const double *weight, size_t categories, size_t *count)
{
	struct place *place = acc_array(categories, sizeof *place);
	*count = 0;
	for (size_t k = 0; place && k < categories; k++)
		if (weight[k] > 0)
			place[(*count)++] = (struct place){weight[k], (uint32_t)k};
	if (place)
		qsort(place, *count, sizeof *place, compare);
	return place;
}

/* Make a base for those of the rising means from the `n`th on that are near it: *count of them, 0
 * where they are too few, or bases (*deviations so far) would be too large. */
static enum acc_status
make_base(struct acc_multinomial *made, size_t n, const double *mean, double *deviations,
	  size_t *count)
{
	size_t end = n;
	double deviation = sqrt(mean[n]);
	while (end < made->numbers && mean[end] <= mean[n] + near)
		end++;
	*count = 0;
	if (end - n < BASE_OF || *deviations + deviation > most_deviations)
		return ACC_OK;
	*deviations += deviation;
	*count = end - n;
	return acc_poisson_make(&made->base[made->bases++], mean[n], mean[n]);
}

/* Numbers of these rising means. */
static enum acc_status
make_numbers_of(struct acc_multinomial *made, const double *mean)
{
	enum acc_status status = ACC_OK;
	double most = most_by_table(made->numbers), deviations = 0;
	size_t based = 0; /* how many more are near the last base */
	for (size_t n = 0; status == ACC_OK && n < made->numbers; n++) {
		if (!based && mean[n] > most)
			status = make_base(made, n, mean, &deviations, &based);
		if (status == ACC_OK && based)
			status = acc_poisson_make_above(&made->number[n], mean[n],
							&made->base[made->bases - 1]);
		else if (status == ACC_OK)
			status = acc_poisson_make(&made->number[n], mean[n], most);
		based -= based != 0;
	}
	return status;
}

/* One Poisson number per different weight. */
static enum acc_status
make_numbers(struct acc_multinomial *made, const struct place *place, double unit)
{
	double *mean = acc_array(made->drawn, sizeof *mean);
	for (size_t i = 0; mean && i < made->drawn; i++)
		if (i == 0 || place[i].weight > place[i - 1].weight)
			mean[made->numbers++] = place[i].weight * unit;
	made->number = acc_array(made->numbers, sizeof *made->number);
	made->base = acc_array(made->numbers, sizeof *made->base);
	made->table = acc_array(made->drawn, sizeof *made->table);
	bool room = mean && made->number && made->base && made->table;
	enum acc_status status = room ? make_numbers_of(made, mean) : ACC_NO_MEMORY;
	free(mean);
	return status;
}

static bool
made_alike(const struct acc_poisson *a, const struct acc_poisson *b)
{
	return a == b || (a->table.count && b->table.count && a->base == b->base);
}

/* A stage is long enough when making it again costs, on average, what ending it does: of n
 * categories with a share f of what is left, about n f / 2 numbers are made in vain. */
static const double most_in_vain = 6;

/* Begin a stage or a run with the category at `i`, or add it to what is there. */
static void
add_category(struct acc_multinomial *made, size_t n, double left, bool begins)
{
	struct acc_multinomial_stage *stage = &made->stage[made->stages];
	struct acc_multinomial_run *run = &made->run[made->runs];
	if (begins) {
		*stage++ = (struct acc_multinomial_stage){.first = made->runs, .rest = left};
		made->stages++;
	}
	if (begins || !made_alike(run[-1].number, &made->number[n])) {
		*run++ = (struct acc_multinomial_run){0, &made->number[n]};
		made->runs++;
	}
	run[-1].categories++;
	stage[-1].categories++;
	stage[-1].last = made->runs;
	stage[-1].rest -= made->number[n].mean;
}

/* Divide the categories but the last into stages. */
static void
plan_stages(struct acc_multinomial *made, const struct place *place)
{
	double left = made->draws, mass = 0;
	for (size_t i = 0, n = 0; i + 1 < made->drawn; i++) {
		n += i && place[i].weight > place[i - 1].weight;
		double mean = made->number[n].mean;
		size_t long_so_far = made->stages ? made->stage[made->stages - 1].categories : 0;
		bool begins =
		    i == 0 || (double)(long_so_far + 1) * (mass + mean) / left > 2 * most_in_vain;
		if (begins) {
			left -= mass;
			mass = 0;
		}
		mass += mean;
		made->table[i] = made->number[n].table;
		add_category(made, n, left, begins);
	}
}

static enum acc_status
make_stages(struct acc_multinomial *made, const double *weight)
{
	double weights = 0;
	for (size_t k = 0; k < made->categories; k++)
		weights += weight[k];
	struct place *place = sort_categories(weight, made->categories, &made->drawn);
	made->order = acc_array(made->drawn, sizeof *made->order);
	made->stage = acc_array(made->drawn, sizeof *made->stage);
	made->run = acc_array(made->drawn, sizeof *made->run);
	bool room = place && made->order && made->stage && made->run;
	enum acc_status status =
	    room ? make_numbers(made, place, made->draws / weights) : ACC_NO_MEMORY;
	bool rising = made->drawn == made->categories;
	for (size_t i = 0; room && i < made->drawn; i++) {
		made->order[i] = place[i].category;
		rising = rising && made->order[i] == i;
	}
	if (rising) {
		free(made->order);
		made->order = NULL;
	}
	if (status == ACC_OK)
		plan_stages(made, place);
	for (size_t i = 0; status == ACC_OK && i < made->stages; i++) {
		struct acc_multinomial_stage *stage = &made->stage[i];
		stage->mode = floor(stage->rest);
		stage->log = acc_poisson_log_chance(stage->rest, stage->mode);
	}
	free(place);
	return status;
}

enum acc_status
acc_multinomial_make(struct acc_multinomial *multinomial, const double *weight, size_t categories,
		     uint32_t draws)
{
	*multinomial = (struct acc_multinomial){.categories = categories, .draws = draws};
	acc_normal_make(&multinomial->normal);
	return acc_multinomial_by_stages(categories, draws) ? make_stages(multinomial, weight)
							    : make_slots(multinomial, weight);
}

/* ---- drawing ---- */

/* The numbers of a run; returns their sum. */
static uint64_t
run_draw(const struct acc_multinomial *multinomial, const struct acc_multinomial_run *run,
	 const struct acc_poisson_table *table, struct acc_stream *stream, uint32_t *times)
{
	const struct acc_poisson *number = run->number;
	uint64_t sum = 0;
	if (number->table.count) {
		sum = acc_poisson_fill(table, stream, times, run->categories);
		if (number->base)
			sum +=
			    acc_poisson_add(&number->base->table, stream, times, run->categories);
		return sum;
	}
	for (size_t k = 0; k < run->categories; k++)
		sum += times[k] = acc_poisson_large(number, &multinomial->normal, stream);
	return sum;
}

/* The numbers of a stage whose first category has `table`; returns their sum. */
static uint64_t
stage_draw(const struct acc_multinomial *multinomial, const struct acc_multinomial_stage *stage,
	   const struct acc_poisson_table *table, struct acc_stream *stream, uint32_t *times)
{
	uint64_t sum = 0;
	for (size_t r = stage->first; r < stage->last; r++) {
		const struct acc_multinomial_run *run = &multinomial->run[r];
		sum += run_draw(multinomial, run, table, stream, times);
		times += run->categories;
		table += run->categories;
	}
	return sum;
}

/* Keep a stage that leaves so many, with the chance of just as many as part of the most likely
 * number's. The first comparison is a bound: of the factors rest / i or i / rest between them none
 * is less than that of `left`, and (1 - x)^n >= 1 - n x. */
static bool
is_kept(const struct acc_multinomial_stage *stage, double left, double uniform)
{
	double steps = left - stage->mode;
	double less = steps > 0 ? steps * (left - stage->rest) / left
				: -steps * (stage->rest - left - 1) / stage->rest;
	if (uniform < 1 - less)
		return true;
	return uniform < exp(acc_poisson_log_chance(stage->rest, left) - stage->log);
}

/* In the order of drawing. */
static void
draw_by_stages(const struct acc_multinomial *multinomial, struct acc_stream *stream,
	       uint32_t *times)
{
	const struct acc_poisson_table *table = multinomial->table;
	uint64_t left = multinomial->draws, sum;
	for (size_t s = 0; s < multinomial->stages; s++) {
		const struct acc_multinomial_stage *stage = &multinomial->stage[s];
		do
			sum = stage_draw(multinomial, stage, table, stream, times);
		while (sum > left ||
		       !is_kept(stage, (double)(left - sum), acc_stream_uniform(stream)));
		left -= sum;
		times += stage->categories;
		table += stage->categories;
	}
	*times = (uint32_t)left;
}

void
acc_multinomial_draw(const struct acc_multinomial *multinomial, struct acc_stream *stream,
		     uint32_t *times, uint32_t *scratch)
{
	size_t categories = multinomial->categories;
	if (!multinomial->slot && !multinomial->order) {
		draw_by_stages(multinomial, stream, times);
		return;
	}
	for (size_t k = 0; k < categories; k++)
		times[k] = 0;
	if (multinomial->slot) {
		for (uint32_t left = multinomial->draws; left; left--)
			times[acc_slots_draw(multinomial->slot, (uint32_t)categories, stream)]++;
		return;
	}
	draw_by_stages(multinomial, stream, scratch);
	for (size_t i = 0; i < multinomial->drawn; i++)
		times[multinomial->order[i]] = scratch[i];
}
