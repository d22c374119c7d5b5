/* accord merge: patterns of shards to patterns of the study. */
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/study.h"

#include <stdlib.h>

static bool
same_labels(const struct acc_vocabulary *a, const struct acc_vocabulary *b)
{
	if (a->declared != b->declared)
		return false;
	for (uint32_t i = 0; i < a->declared; i++)
		if (acc_vocabulary_find(b, a->label[i]) != i)
			return false;
	return true;
}

/* What is added so far. */
struct sum {
	struct acc_patterns all;
	struct acc_shard shard; /* of the first file */
	const char **from;      /* owned, [parts] which file had each shard */
	bool begun;
	const char *first; /* the first file that was added */
};

/* Shards of one study were tabulated alike. */
static bool
fits(struct acc_command *command, const struct sum *sum, const struct acc_patterns *one,
     const char *file)
{
	static const char *const kinds[ACC_SECTIONS] = {"of a panel", "folded", "of pairs"};
	const struct acc_patterns *all = &sum->all;
	uint64_t before = command->messages->errors;
	struct acc_place place = {file, 0, 0};
	if (all->design != one->design)
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "its design is '%s', that of '%s' is '%s'; tabulate them alike",
			  acc_design_names[one->design], acc_visible(sum->first),
			  acc_design_names[all->design]);
	else if (acc_patterns_section(all) != acc_patterns_section(one))
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "its patterns are %s, those of '%s' are %s; tabulate them alike",
			  kinds[acc_patterns_section(one)], acc_visible(sum->first),
			  kinds[acc_patterns_section(all)]);
	else if (all->seen != one->seen)
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "it was tabulated with --seen %s, '%s' with --seen %s",
			  acc_seen_names[one->seen], acc_visible(sum->first),
			  acc_seen_names[all->seen]);
	else if (!same_labels(&all->code, &one->code) || !same_labels(&all->coder, &one->coder) ||
		 !same_labels(&all->theme, &one->theme) || !same_labels(&all->group, &one->group))
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "it was tabulated with other --categories, --themes, --groups or "
			  "--coders than '%s'",
			  acc_visible(sum->first));
	return command->messages->errors == before;
}

/* Every shard once: note that this one is here, or say that it was before. */
static bool
take_place(struct acc_command *command, struct sum *sum, const struct acc_shard *shard,
	   const char *file)
{
	if (!sum->from)
		sum->from = acc_array(sum->shard.parts, sizeof *sum->from);
	if (!sum->from) {
		acc_error_memory(command->messages);
		return false;
	}
	const char **from = &sum->from[shard->index];
	if (*from)
		acc_error(command->messages, ACC_EXIT_DATA, (struct acc_place){file, 0, 0},
			  "it is shard %lu/%lu, and so is '%s'; name each once",
			  (unsigned long)shard->index, (unsigned long)shard->parts,
			  acc_visible(*from));
	else
		*from = file;
	return *from == file;
}

/* A shard must be one of the set that the first file belongs to. */
static bool
belongs(struct acc_command *command, struct sum *sum, struct acc_shard *shard, const char *file)
{
	if (!sum->begun) {
		sum->shard = *shard;
		*shard = (struct acc_shard){0};
		sum->begun = true;
		shard = &sum->shard;
	} else if (!acc_shard_fits(&sum->shard, shard, command->file[0], file, command->messages))
		return false;
	return !shard->parts || take_place(command, sum, shard, file);
}

static bool
add_file(struct acc_command *command, struct sum *sum, const char *file)
{
	struct acc_patterns one = {0};
	struct acc_shard shard = {0};
	bool good = acc_study_read_raw(command, file, &one, &shard);
	/* A shard that was cut short is there, too. */
	if (good || shard.parts)
		good = belongs(command, sum, &shard, file) && good;
	if (good && !sum->first) {
		sum->all.design = one.design;
		sum->all.seen = one.seen;
		sum->all.folded = one.folded;
		sum->all.paired = one.paired;
	}
	good = good && (!sum->first || fits(command, sum, &one, file)) &&
	       acc_status_ok(command->messages, acc_patterns_absorb(&sum->all, &one));
	if (good && !sum->first)
		sum->first = file;
	acc_patterns_free(&one);
	acc_shard_free(&shard);
	return good;
}

/* Say which shards are in no file. */
static void
find_missing(struct acc_command *command, const struct sum *sum)
{
	enum { SHOWN = 10 };
	struct acc_text list = {0};
	unsigned long missing = 0;
	for (uint32_t i = 0; sum->from && i < sum->shard.parts; i++)
		if (!sum->from[i] && missing++ < SHOWN)
			acc_text_printf(&list, "%s%lu/%lu", missing > 1 ? ", " : "",
					(unsigned long)i, (unsigned long)sum->shard.parts);
	if (missing > SHOWN)
		acc_text_printf(&list, " and %lu more", missing - SHOWN);
	if (missing)
		acc_error(command->messages, ACC_EXIT_DATA, (struct acc_place){0},
			  "shard%s %s %s missing; merge all shards of a study",
			  missing > 1 ? "s" : "", list.bytes ? list.bytes : "",
			  missing > 1 ? "are" : "is");
	acc_text_free(&list);
}

static void
merge(struct acc_command *command)
{
	struct sum sum = {0};
	bool good = command->files > 0;
	if (!good)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord merge needs the patterns files to add");
	for (size_t i = 0; i < command->files; i++)
		good = add_file(command, &sum, command->file[i]) && good;
	find_missing(command, &sum);
	if (good && !command->messages->errors &&
	    acc_status_ok(command->messages, acc_patterns_canonical(&sum.all, NULL)) &&
	    acc_study_collapsed(command, &sum.all))
		acc_study_write(command, &sum.all, NULL);
	acc_patterns_free(&sum.all);
	acc_shard_free(&sum.shard);
	free(sum.from);
}

const struct acc_stage acc_stage_merge = {
    .name = "merge",
    .summary = "add patterns files of the shards of a study",
    .operands = "FILE...",
    .about = "Adds patterns files. The result is, byte for byte, what accord tabulate makes of the "
	     "whole study, in whatever order the files are named. Files of shards (accord shard, "
	     "tabulate --shard) must be all shards of one study, each once, of the same data, "
	     "split and tabulated alike; what is missing, doubled, of other data or cut short is "
	     "named and nothing is written. Of other patterns files only the design and the "
	     "declared labels are compared: that no unit was in two of them cannot be seen.",
    .examples = "accord merge study.*-of-64.patterns --output study.patterns\n"
		"    one study from its shards\n",
    .groups = ACC_GROUP_COLLAPSE | ACC_GROUP_OUTPUT,
    .run = merge,
};
