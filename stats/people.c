#include "stats/people.h"

#include <stdlib.h>

void
acc_people_free(struct acc_people *people)
{
	for (size_t g = 0; people->blocks && g < people->groups; g++)
		acc_blocks_free(&people->blocks[g]);
	free(people->blocks);
	free(people->group);
	free(people->block);
	*people = (struct acc_people){0};
}

static enum acc_status
count(struct acc_people *people, const uint32_t *group, enum acc_cluster cluster)
{
	uint64_t clusters = 0;
	for (size_t g = 0; g < people->groups; g++) {
		enum acc_status status =
		    acc_blocks_make(&people->blocks[g], people->patterns, group[g], cluster);
		if (status != ACC_OK)
			return status;
		for (size_t b = 0; b < people->blocks[g].count; b++) {
			if (people->blocks[g].times[b] > ACC_PEOPLE_MAX)
				return ACC_TOO_LARGE;
			clusters += people->blocks[g].times[b];
		}
	}
	people->clusters = clusters;
	return clusters > ACC_PEOPLE_MAX ? ACC_TOO_LARGE : ACC_OK;
}

enum acc_status
acc_people_make(struct acc_people *people, const struct acc_patterns *patterns,
		const uint32_t *group, size_t groups, enum acc_cluster cluster)
{
	*people = (struct acc_people){.patterns = patterns, .groups = groups};
	people->blocks = acc_array(groups, sizeof *people->blocks);
	if (!people->blocks)
		return ACC_NO_MEMORY;
	enum acc_status status = count(people, group, cluster);
	if (status == ACC_OK) {
		people->group = acc_array(people->clusters, sizeof *people->group);
		people->block = acc_array(people->clusters, sizeof *people->block);
		if (!people->group || !people->block)
			status = ACC_NO_MEMORY;
	}
	size_t at = 0;
	for (uint32_t g = 0; status == ACC_OK && g < groups; g++)
		for (uint32_t b = 0; b < people->blocks[g].count; b++)
			for (uint64_t i = 0; i < people->blocks[g].times[b]; i++, at++) {
				people->group[at] = g;
				people->block[at] = b;
			}
	if (status != ACC_OK)
		acc_people_free(people);
	return status;
}

void
acc_people_each(const struct acc_people *people,
		void (*take)(void *context, size_t cluster, uint32_t pattern, double units),
		void *context)
{
	for (size_t c = 0; c < people->clusters; c++) {
		const struct acc_blocks *blocks = &people->blocks[people->group[c]];
		uint32_t b = people->block[c];
		for (size_t i = blocks->first[b]; i < blocks->first[b + 1]; i++)
			take(context, c, blocks->pattern[i],
			     acc_blocks_units(blocks, people->patterns, b, blocks->pattern[i]));
	}
}
