/* accord merge: patterns of shards to patterns of the study. */
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/study.h"

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

/* Shards of one study were tabulated alike. */
static bool
fits(struct acc_command *command, const struct acc_patterns *all, const struct acc_patterns *one,
     const char *file)
{
	struct acc_place place = {file, 0, 0};
	if (all->design != one->design)
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "its design is '%s', that of '%s' is '%s'; tabulate them alike",
			  acc_design_names[one->design], acc_visible(command->file[0]),
			  acc_design_names[all->design]);
	else if (all->seen != one->seen)
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "it was tabulated with --seen %s, '%s' with --seen %s",
			  acc_seen_names[one->seen], acc_visible(command->file[0]),
			  acc_seen_names[all->seen]);
	else if (!same_labels(&all->code, &one->code) || !same_labels(&all->coder, &one->coder) ||
		 !same_labels(&all->theme, &one->theme) || !same_labels(&all->group, &one->group))
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "it was tabulated with other --categories, --themes, --groups or "
			  "--coders than '%s'",
			  acc_visible(command->file[0]));
	return !command->messages->errors;
}

static void
merge(struct acc_command *command)
{
	struct acc_patterns all = {0};
	bool good = command->files > 0;
	if (!good)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord merge needs the patterns files to add");
	for (size_t i = 0; good && i < command->files; i++) {
		struct acc_patterns one = {0};
		good = acc_study_read_raw(command, command->file[i], &one);
		if (good && i == 0) {
			all.design = one.design;
			all.seen = one.seen;
		}
		good = good && (i == 0 || fits(command, &all, &one, command->file[i])) &&
		       acc_status_ok(command->messages, acc_patterns_absorb(&all, &one));
		acc_patterns_free(&one);
	}
	if (good && acc_status_ok(command->messages, acc_patterns_canonical(&all, NULL)))
		acc_study_write(command, &all);
	acc_patterns_free(&all);
}

const struct acc_stage acc_stage_merge = {
    .name = "merge",
    .summary = "add patterns files of the shards of a study",
    .operands = "FILE...",
    .about = "Adds patterns files. The result is, byte for byte, what accord tabulate makes of the "
	     "whole study, in whatever order the shards are named, as long as all rows of a unit "
	     "were in one shard and all shards were tabulated with the same options.",
    .examples = "accord merge part-*.patterns --output study.patterns\n"
		"    one study from its parts\n",
    .groups = ACC_GROUP_OUTPUT,
    .run = merge,
};
