/* accord tabulate: ratings to patterns. */
#include "pipeline/read/patterns_file.h"
#include "pipeline/read/study.h"
#include "stats/fold.h"
#include "stats/paired.h"

/* Can what was read be kept in another section? Says why not. */
static bool
can_keep(struct acc_command *command, const struct acc_patterns *patterns, enum acc_section section)
{
	const char *name = acc_section_names[section], *why = NULL;
	if (acc_patterns_section(patterns) != ACC_SECTION_PANEL)
		why = "asks for units that the patterns file no longer has; tabulate the ratings";
	else if (patterns->design == ACC_THEMES && patterns->seen != ACC_SEEN_LISTED)
		why = "forgets which coders looked at what; it goes with --seen listed only";
	else if (section == ACC_SECTION_PAIR && patterns->design == ACC_THEME_CODES)
		why = "needs units with as many ratings on every theme; here each theme has its "
		      "own";
	if (why)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--section %s %s", name, why);
	return !why;
}

/* Bring patterns into the section that --section says. False with a message. */
static bool
bring(struct acc_command *command, struct acc_patterns *patterns)
{
	const char *given = command->settings.section;
	size_t section =
	    given ? acc_choice(command, "section", given, acc_section_names, ACC_SECTIONS)
		  : ACC_SECTION_PANEL;
	if (section == ACC_SECTIONS)
		return false;
	if (section == ACC_SECTION_PANEL || section == acc_patterns_section(patterns))
		return true;
	return can_keep(command, patterns, (enum acc_section)section) &&
	       acc_status_ok(command->messages, section == ACC_SECTION_FOLDED
						    ? acc_patterns_fold(patterns)
						    : acc_patterns_pair(patterns));
}

static void
tabulate(struct acc_command *command)
{
	struct acc_patterns patterns = {0};
	struct acc_shard shard = {0};
	if (command->files > 1)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord tabulate reads one input; several are added by accord merge");
	else if (acc_study_read_raw(command, command->files ? command->file[0] : NULL, &patterns,
				    &shard) &&
		 bring(command, &patterns) && acc_study_collapsed(command, &patterns))
		acc_study_write(command, &patterns, &shard);
	acc_shard_free(&shard);
	acc_patterns_free(&patterns);
}

const struct acc_stage acc_stage_tabulate = {
    .name = "tabulate",
    .summary = "count equal units: ratings to a patterns file",
    .operands = "[FILE]",
    .about =
	"Reads ratings (CSV) and writes the distinct rating vectors with their counts. Every "
	"later stage reads a patterns file as well as ratings, and takes no longer for a "
	"million units than for a thousand. Shards of a study (accord shard) are tabulated one "
	"by one and added by accord merge; every unit is checked to belong to its shard.",
    .examples = "accord tabulate ratings.csv --output study.patterns\n"
		"    the usual way\n"
		"accord tabulate ratings.csv --unit segment --coder rater --theme code\n"
		"    with the columns named\n"
		"accord tabulate study.3-of-64.csv --output study.3-of-64.patterns\n"
		"    one shard; its first line says which\n"
		"... | accord tabulate --no-header --columns unit,coder,code --shard 3/64\n"
		"    a shard from another program's pipe\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COUNTS | ACC_GROUP_COLLAPSE |
	      ACC_GROUP_THREADS | ACC_GROUP_SHARD | ACC_GROUP_SHARDS | ACC_GROUP_OUTPUT,
    .run = tabulate,
};
