#include "stats/vocabulary.h"

#include <stdlib.h>
#include <string.h>

void
acc_vocabulary_free(struct acc_vocabulary *vocabulary)
{
	for (uint32_t i = 0; i < vocabulary->count; i++)
		free(vocabulary->label[i]);
	for (uint32_t i = 0; vocabulary->name && i < vocabulary->count; i++)
		free(vocabulary->name[i]);
	free(vocabulary->label);
	free(vocabulary->name);
	free(vocabulary->slot);
	*vocabulary = (struct acc_vocabulary){0};
}

/* FNV-1a, folded so that the low bits see all of it. */
static size_t
hash(const char *label)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (; *label; label++)
		h = (h ^ (unsigned char)*label) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

/* Where a label stands in the hash table, or the free slot where it would. */
static size_t
probe(const struct acc_vocabulary *vocabulary, const char *label)
{
	size_t at = hash(label) & (vocabulary->slots - 1);
	while (vocabulary->slot[at] != ACC_NONE &&
	       strcmp(acc_vocabulary_name(vocabulary, vocabulary->slot[at]), label))
		at = (at + 1) & (vocabulary->slots - 1);
	return at;
}

static bool
rehash(struct acc_vocabulary *vocabulary, size_t slots)
{
	uint32_t *slot = malloc(slots * sizeof *slot);
	if (!slot)
		return false;
	memset(slot, 0xff, slots * sizeof *slot);
	free(vocabulary->slot);
	vocabulary->slot = slot;
	vocabulary->slots = slots;
	for (uint32_t i = 0; i < vocabulary->count; i++)
		slot[probe(vocabulary, vocabulary->label[i])] = i;
	return true;
}

enum acc_status
acc_vocabulary_add(struct acc_vocabulary *vocabulary, const char *label, uint32_t *number)
{
	if (vocabulary->last < vocabulary->count &&
	    !strcmp(vocabulary->label[vocabulary->last], label)) {
		*number = vocabulary->last;
		return ACC_OK;
	}
	if (vocabulary->count * 2u >= vocabulary->slots &&
	    !rehash(vocabulary, vocabulary->slots ? vocabulary->slots * 2 : 64))
		return ACC_NO_MEMORY;
	size_t at = probe(vocabulary, label);
	if (vocabulary->slot[at] == ACC_NONE) {
		if (vocabulary->count >= UINT32_MAX / 2)
			return ACC_TOO_LARGE;
		if (!acc_array_reserve((void **)&vocabulary->label, &vocabulary->capacity,
				       (size_t)vocabulary->count + 1, sizeof *vocabulary->label))
			return ACC_NO_MEMORY;
		char *copy = strdup(label);
		if (!copy)
			return ACC_NO_MEMORY;
		vocabulary->label[vocabulary->count] = copy;
		vocabulary->slot[at] = vocabulary->count++;
	}
	*number = vocabulary->last = vocabulary->slot[at];
	return ACC_OK;
}

enum acc_status
acc_vocabulary_declare(struct acc_vocabulary *vocabulary, const char *label)
{
	uint32_t number;
	enum acc_status status = acc_vocabulary_add(vocabulary, label, &number);
	if (status == ACC_OK)
		vocabulary->declared = vocabulary->count;
	return status;
}

uint32_t
acc_vocabulary_find(const struct acc_vocabulary *vocabulary, const char *label)
{
	return vocabulary->slots ? vocabulary->slot[probe(vocabulary, label)] : ACC_NONE;
}

enum acc_status
acc_vocabulary_show(struct acc_vocabulary *vocabulary, uint32_t number, const char *label)
{
	char *shown = strdup(label);
	if (!vocabulary->name)
		vocabulary->name = acc_array(vocabulary->count, sizeof *vocabulary->name);
	if (!shown || !vocabulary->name) {
		free(shown);
		return ACC_NO_MEMORY;
	}
	if (vocabulary->name[number])
		free(vocabulary->label[number]);
	else
		vocabulary->name[number] = vocabulary->label[number];
	vocabulary->label[number] = shown;
	return ACC_OK;
}

const char *
acc_vocabulary_name(const struct acc_vocabulary *vocabulary, uint32_t number)
{
	bool renamed = vocabulary->name && vocabulary->name[number];
	return renamed ? vocabulary->name[number] : vocabulary->label[number];
}

struct entry {
	char *label;
	double score; /* 0 for all when some label is not a number */
	uint32_t old;
};

static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? -1 : 1;
	return strcmp(x->label, y->label);
}

/* Fill the entries; their scores only when every undeclared label is a number. */
static void
fill_entries(const struct acc_vocabulary *vocabulary, struct entry *entry)
{
	bool numbers = true;
	for (uint32_t i = 0; i < vocabulary->count; i++) {
		entry[i] = (struct entry){.label = vocabulary->label[i], .old = i};
		if (i >= vocabulary->declared)
			numbers = acc_number(entry[i].label, &entry[i].score) && numbers;
	}
	for (uint32_t i = 0; !numbers && i < vocabulary->count; i++)
		entry[i].score = 0;
}

enum acc_status
acc_vocabulary_order(struct acc_vocabulary *vocabulary, uint32_t **renumber)
{
	enum acc_status status = ACC_NO_MEMORY;
	struct entry *entry = acc_array(vocabulary->count, sizeof *entry);
	uint32_t *map = acc_array(vocabulary->count, sizeof *map);
	if (!entry || !map)
		goto out;
	fill_entries(vocabulary, entry);
	qsort(entry + vocabulary->declared, vocabulary->count - vocabulary->declared, sizeof *entry,
	      compare);
	for (uint32_t i = 0; i < vocabulary->count; i++) {
		vocabulary->label[i] = entry[i].label;
		map[entry[i].old] = i;
	}
	if (vocabulary->slots && !rehash(vocabulary, vocabulary->slots))
		goto out;
	*renumber = map;
	map = NULL;
	status = ACC_OK;
out:
	free(entry);
	free(map);
	return status;
}

bool
acc_vocabulary_scores(const struct acc_vocabulary *vocabulary, double *score)
{
	for (uint32_t i = 0; i < vocabulary->count; i++)
		if (!acc_number(vocabulary->label[i], &score[i]))
			return false;
	return true;
}
