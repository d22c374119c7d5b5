#include "stats/list_counts.h"
#include "stats/pair_votes.h"
#include "stats/parallel.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST = 1 << 26,
	EACH = ACC_LAYER_CODER,
	WORDS_WORTH = 1 << 14 /* words that are worth a thread */
};

/* Counting, of all units or of a thread's. */
struct making {
	struct acc_list_counts counts;
	const struct acc_list_plan *plan;
	uint32_t themes, coders;
	unsigned layers;
	size_t *row; /* owned, [themes]: pair (a, b), a < b, is row[a] + b */
	uint32_t
	    *theme; /* owned, [themes]: of the unit at hand, in any order; then those of a layer */
	uint32_t *kept;
	uint32_t *applied; /* owned, [themes]: by how many coders; 0 between units */
	bool agreement;
	struct acc_pair_votes votes; /* then */
	bool apart;                  /* what each coder gave matters */
	const struct acc_lists *lists;
	size_t from, to; /* words */
	/* Clusters; owned: */
	enum acc_cluster kind;
	size_t clusters;
	uint32_t *sizes; /* [clusters] units */
	uint32_t *seen;  /* [1 + coders][clusters]: that somebody looked at, that each coder did */
};

void
acc_list_counts_free(struct acc_list_counts *counts)
{
	for (size_t l = 0; counts->layer && l < counts->layers; l++) {
		free(counts->layer[l].theme);
		free(counts->layer[l].both);
	}
	free(counts->layer);
	free(counts->agreement);
	*counts = (struct acc_list_counts){0};
}

static void
end(struct making *making)
{
	free(making->row);
	free(making->theme);
	free(making->kept);
	free(making->applied);
	free(making->sizes);
	free(making->seen);
	acc_pair_votes_free(&making->votes);
	acc_list_counts_free(&making->counts);
}

/* ---- one unit ---- */

/* A unit with these themes, in any order: to sort them first would take longer than all the rest.
 */
static inline void
add_set(struct acc_layer_counts *layer, const size_t *row, const uint32_t *theme, size_t count)
{
	uint32_t *both = layer->both;
	layer->units++;
	for (size_t i = 0; i < count; i++) {
		uint32_t a = theme[i];
		layer->theme[a]++;
		for (size_t j = i + 1; j < count; j++) {
			uint32_t b = theme[j];
			both[row[a < b ? a : b] + (a < b ? b : a)]++;
		}
	}
}

/* A unit of a cluster (ACC_NONE: of its own) that was looked at, by anybody (who = 0) or by coder
 * who - 1. */
static inline void
add_seen(struct making *making, size_t who, uint32_t cluster)
{
	struct acc_layer_counts *layer = &making->counts.layer[who ? EACH + who - 1 : 0];
	if (cluster != ACC_NONE)
		making->seen[who * making->clusters + cluster]++;
	else if (making->clusters) {
		layer->clusters++;
		layer->squares++;
	}
}

/* The themes of a unit, where it does not matter what else the coder gave. */
static inline size_t
read_themes(struct making *making, const uint32_t *word, size_t words, uint32_t *looked)
{
	size_t some = 0;
	uint32_t last = ACC_NONE;
	for (size_t i = 0; i < words; i++) {
		uint32_t theme = word[i] & ACC_LISTS_NOTHING, coder = word[i] >> ACC_LISTS_SHIFT;
		*looked += coder != last;
		last = coder;
		/* A branch: what comes after does not wait for it. */
		if (theme != ACC_LISTS_NOTHING && !making->applied[theme]++)
			making->theme[some++] = theme;
	}
	return some;
}

/* The rows of a unit, coder by coder: into making->theme and making->applied. Returns how many
 * themes; *looked: how many coders. */
static size_t
read_unit(struct making *making, const uint32_t *word, size_t words, uint32_t cluster,
	  uint32_t *looked)
{
	uint32_t *own = making->kept;
	size_t some = 0;
	*looked = 0;
	if (!making->apart)
		return read_themes(making, word, words, looked);
	for (size_t i = 0, next; i < words; i = next) {
		uint32_t coder = word[i] >> ACC_LISTS_SHIFT;
		size_t count = 0;
		for (next = i; next < words && word[next] >> ACC_LISTS_SHIFT == coder; next++) {
			uint32_t theme = word[next] & ACC_LISTS_NOTHING;
			if (theme == ACC_LISTS_NOTHING)
				continue;
			own[count++] = theme;
			if (!making->applied[theme]++)
				making->theme[some++] = theme;
		}
		if (making->layers & 1u << EACH) {
			add_set(&making->counts.layer[EACH + coder], making->row, own, count);
			add_seen(making, 1 + coder, cluster);
		}
		if (making->agreement && count > 1)
			acc_pair_votes_add(&making->votes, making->row, own, count);
		++*looked;
	}
	return some;
}

/* Themes that more than `few` coders applied. */
static void
add_layer(struct making *making, enum acc_layer_kind kind, size_t some, uint32_t few)
{
	const uint32_t *theme = making->theme;
	size_t kept = few ? 0 : some;
	if (!(making->layers & 1u << kind))
		return;
	for (size_t i = 0; few && i < some; i++)
		if (making->applied[theme[i]] > few)
			making->kept[kept++] = theme[i];
	add_set(&making->counts.layer[kind], making->row, few ? making->kept : theme, kept);
}

static bool
add_unit(struct making *making, const uint32_t *word, size_t words, const uint32_t *head)
{
	struct acc_layer_counts *layer = making->counts.layer;
	uint32_t looked, cluster = making->kind == ACC_CLUSTER_PARTICIPANT ? head[1]
				   : making->kind == ACC_CLUSTER_DOCUMENT  ? head[2]
									   : ACC_NONE;
	if (making->plan->group != ACC_NONE && head[0] != making->plan->group)
		return true;
	if (cluster != ACC_NONE)
		making->sizes[cluster]++;
	size_t some = read_unit(making, word, words, cluster, &looked);
	if (looked) {
		add_seen(making, 0, cluster);
		add_layer(making, ACC_LAYER_ANY, some, 0);
		add_layer(making, ACC_LAYER_MAJORITY, some, looked / 2);
		add_layer(making, ACC_LAYER_ALL, some, looked - 1);
		for (size_t l = 0; l < EACH; l++)
			layer[l].incomplete = layer[l].incomplete || looked < making->coders;
	}
	for (size_t i = 0; i < some; i++)
		making->applied[making->theme[i]] = 0;
	return !making->agreement || acc_pair_votes_close(&making->votes, looked);
}

/* ---- all of them ---- */

static bool
begin(struct making *making)
{
	struct acc_list_counts *counts = &making->counts;
	size_t themes = making->themes, pairs = counts->pairs;
	making->row = acc_array(themes, sizeof *making->row);
	making->theme = acc_array(themes, sizeof *making->theme);
	making->kept = acc_array(themes, sizeof *making->kept);
	making->applied = acc_array(themes, sizeof *making->applied);
	bool good = making->row && making->theme && making->kept && making->applied;
	for (size_t a = 0; good && a < themes; a++)
		making->row[a] = a * (2 * themes - a - 1) / 2 - a - 1; /* of 0: wraps around */
	if (making->agreement)
		good = acc_pair_votes_make(&making->votes, pairs) && good;
	size_t who = 1 + (making->layers & 1u << EACH ? making->coders : 0);
	making->sizes = acc_array(making->clusters, sizeof *making->sizes);
	making->seen = acc_array(making->clusters * who, sizeof *making->seen);
	good = good && making->sizes && making->seen;
	counts->layer = acc_array(counts->layers, sizeof *counts->layer);
	for (size_t l = 0; good && counts->layer && l < counts->layers; l++) {
		if (!(making->layers & 1u << (l < EACH ? l : EACH)))
			continue;
		counts->layer[l].theme = acc_array(themes, sizeof *counts->layer[l].theme);
		counts->layer[l].both = acc_array(pairs, sizeof *counts->layer[l].both);
		good = counts->layer[l].theme && counts->layer[l].both;
	}
	return good && counts->layer;
}

/* Where units are the pieces each counts once. */
static void
finish_clusters(struct making *making)
{
	struct acc_list_counts *counts = &making->counts;
	for (size_t c = 0; c < making->clusters; c++)
		counts->apart += making->sizes[c] > 1;
	for (size_t l = 0; l < counts->layers; l++) {
		struct acc_layer_counts *layer = &counts->layer[l];
		const uint32_t *seen =
		    making->seen + (l < EACH ? 0 : l - EACH + 1) * making->clusters;
		if (!making->clusters)
			layer->clusters = layer->squares = (double)layer->units;
		else if (l && l < EACH) {
			layer->clusters = counts->layer[0].clusters;
			layer->squares = counts->layer[0].squares;
		}
		for (size_t c = 0; c < making->clusters && (!l || l >= EACH); c++) {
			layer->clusters += seen[c] > 0;
			layer->squares += (double)seen[c] * seen[c];
		}
	}
}

/* One unit after the other. */
static enum acc_status
count_units(void *context, size_t index)
{
	struct making *making = &((struct making *)context)[index];
	const struct acc_lists *lists = making->lists;
	for (size_t i = making->from, last; i < making->to; i = last + 1) {
		size_t three;
		for (last = i; !(lists->word[last] & ACC_LISTS_END);)
			last++;
		const uint32_t *head =
		    acc_pool_get(&lists->head, lists->word[last] & ~ACC_LISTS_END, &three);
		if (!add_unit(making, lists->word + i, last - i, head))
			return ACC_TOO_LARGE;
	}
	return ACC_OK;
}

static void
add_counts(uint32_t *into, const uint32_t *from, size_t count)
{
	for (size_t i = 0; into && i < count; i++)
		into[i] += from[i];
}

/* Add what another thread counted. */
static enum acc_status
absorb(struct making *into, const struct making *from)
{
	size_t who = 1 + (into->layers & 1u << EACH ? into->coders : 0);
	for (size_t l = 0; l < into->counts.layers; l++) {
		struct acc_layer_counts *layer = &into->counts.layer[l];
		const struct acc_layer_counts *more = &from->counts.layer[l];
		layer->units += more->units;
		layer->clusters += more->clusters;
		layer->squares += more->squares;
		layer->incomplete = layer->incomplete || more->incomplete;
		add_counts(layer->theme, more->theme, into->themes);
		add_counts(layer->both, more->both, into->counts.pairs);
	}
	add_counts(into->sizes, from->sizes, into->clusters);
	add_counts(into->seen, from->seen, into->clusters * who);
	return acc_pair_votes_absorb(&into->votes, &from->votes) ? ACC_OK : ACC_TOO_LARGE;
}

/* Divide the units among the threads. */
static void
divide(const struct acc_lists *lists, struct making *making, size_t parts)
{
	size_t at = 0;
	for (size_t i = 0; i < parts; i++) {
		making[i].from = at;
		size_t share = lists->words / parts * (i + 1);
		at = at > share ? at : share;
		while (i + 1 < parts && at && !(lists->word[at - 1] & ACC_LISTS_END))
			at++;
		making[i].to = at = i + 1 < parts ? at : lists->words;
	}
}

static enum acc_status
count_all(struct making *making, size_t parts)
{
	const struct making same = making[0];
	bool good = true;
	for (size_t i = 0; i < parts; i++) {
		making[i] = same;
		good = good && begin(&making[i]);
	}
	divide(same.lists, making, parts);
	enum acc_status status =
	    good ? acc_parallel((unsigned)parts, parts, count_units, making) : ACC_NO_MEMORY;
	for (size_t i = 1; status == ACC_OK && i < parts; i++)
		status = absorb(&making[0], &making[i]);
	if (status != ACC_OK)
		return status;
	finish_clusters(&making[0]);
	struct acc_list_counts *counts = &making[0].counts;
	if (!same.agreement)
		return ACC_OK;
	counts->agreement = acc_array(counts->pairs, sizeof *counts->agreement);
	if (counts->agreement)
		acc_pair_votes_finish(&making[0].votes, counts->agreement);
	return counts->agreement ? ACC_OK : ACC_NO_MEMORY;
}

/* ---- of a tally ---- */

/* A layer of it, in the order of pairs here. */
static bool
copy_layer(struct acc_layer_counts *layer, const struct acc_list_tally *tally, size_t l,
	   const struct acc_list_counts *counts, uint32_t coders)
{
	const struct acc_tally_layer *from = &tally->layer[l];
	layer->units = tally->units;
	layer->clusters = layer->squares = (double)tally->units;
	layer->incomplete = tally->all && tally->least < coders;
	if (!from->theme)
		return true;
	layer->theme = acc_array(counts->themes, sizeof *layer->theme);
	layer->both = acc_array(counts->pairs, sizeof *layer->both);
	if (!layer->theme || !layer->both)
		return false;
	memcpy(layer->theme, from->theme, counts->themes * sizeof *layer->theme);
	size_t pair = 0;
	for (size_t a = 0; a < counts->themes; a++)
		for (size_t b = a + 1; b < counts->themes; b++)
			layer->both[pair++] = acc_list_tally_both(tally, l, a, b);
	return true;
}

static enum acc_status
copy_tally(struct acc_list_counts *counts, const struct acc_list_tally *tally, uint32_t coders)
{
	counts->layer = acc_array(counts->layers, sizeof *counts->layer);
	bool good = counts->layer;
	for (size_t l = 0; good && l < ACC_TALLY_LAYERS; l++)
		good = copy_layer(&counts->layer[l], tally, l, counts, coders);
	if (!good)
		acc_list_counts_free(counts);
	return good ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_list_counts_make(struct acc_list_counts *counts, const struct acc_lists *lists,
		     const struct acc_patterns *labels, const struct acc_list_plan *plan)
{
	size_t themes = labels->theme.count, pairs = themes ? themes * (themes - 1) / 2 : 0;
	size_t parts = 1 + lists->words / WORDS_WORTH;
	parts = plan->threads > 1 ? parts < plan->threads ? parts : plan->threads : 1;
	*counts =
	    (struct acc_list_counts){.themes = labels->theme.count, .pairs = pairs, .layers = EACH};
	if (lists->tally.layers)
		return copy_tally(counts, &lists->tally, labels->coder.count);
	struct making *making = acc_array(parts, sizeof *making);
	if (!making)
		return ACC_NO_MEMORY;
	making[0] = (struct making){
	    .counts = {.themes = labels->theme.count,
		       .pairs = pairs,
		       .layers = EACH + (plan->layers & 1u << EACH ? labels->coder.count : 0)},
	    .plan = plan,
	    .themes = labels->theme.count,
	    .coders = labels->coder.count,
	    .layers = plan->layers,
	    .agreement = plan->agreement,
	    .apart = plan->agreement || plan->layers & 1u << EACH,
	    .lists = lists,
	    .kind = acc_cluster_resolve(labels, plan->kind)};
	making[0].clusters = making[0].kind == ACC_CLUSTER_PARTICIPANT ? labels->participant.count
			     : making[0].kind == ACC_CLUSTER_DOCUMENT  ? labels->document.count
								       : 0;
	enum acc_status status = ACC_TOO_LARGE;
	if ((pairs + making[0].clusters) * (making[0].counts.layers + 1) <= MOST)
		status = count_all(making, parts);
	if (status == ACC_OK) {
		*counts = making[0].counts;
		making[0].counts = (struct acc_list_counts){0};
	}
	for (size_t i = 0; i < parts; i++)
		end(&making[i]);
	free(making);
	return status;
}
