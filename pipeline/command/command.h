/* command: a command line taken apart by the option table, and the stage it names. */
#ifndef ACC_COMMAND_H
#define ACC_COMMAND_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>

/* The groups of options: their numbers, and a bit each. */
enum acc_option_group_number {
#define ACC_OPTION_GROUP(name, heading) ACC_GROUP_NUMBER_##name,
#include "pipeline/option_groups.def"
#undef ACC_OPTION_GROUP
};
enum acc_option_group {
#define ACC_OPTION_GROUP(name, heading) ACC_GROUP_##name = 1 << ACC_GROUP_NUMBER_##name,
#include "pipeline/option_groups.def"
#undef ACC_OPTION_GROUP
};

/* One option, as the table has it. */
struct acc_option {
	const char *name, *metavar, *help;
	unsigned group;
};
extern const struct acc_option acc_options[];
extern const size_t acc_option_count;

/* The value of each option: NULL when it was not given, "" for a switch that was. Borrowed. */
struct acc_settings {
#define ACC_OPTION(field, name, metavar, group, help) const char *field;
#include "pipeline/options.def"
#undef ACC_OPTION
};

/* Where the value of option `i` of the table is kept. */
const char **acc_settings_slot(struct acc_settings *settings, size_t i);

struct acc_command {
	const struct acc_stage *stage;
	struct acc_settings settings;            /* in force: the command line, then study.ini */
	struct acc_settings given;               /* what the command line said */
	const struct acc_study_file *study_file; /* borrowed; NULL without --study */
	const char *const *file;                 /* borrowed; what stands beside the options */
	size_t files;
	const char *program; /* borrowed: argv[0] */
	const char
	    *commit; /* borrowed: of the source it was built from; "" where that is unknown */
	struct acc_messages *messages;
};

/* A stage: one file in pipeline/ that ends in its descriptor, one line in stages.def. */
struct acc_stage {
	const char *name;
	const char *summary;  /* one line */
	const char *operands; /* "[FILE...]" */
	const char *about;    /* a paragraph or two for --help and the man page */
	const char *examples; /* lines "command\n    what it does" */
	bool folded;          /* reads patterns that forget who gave what, too */
	unsigned groups;      /* option groups it accepts */
	void (*run)(struct acc_command *command); /* says errors in command->messages */
};
extern const struct acc_stage *const acc_stages[];
extern const size_t acc_stage_count;

const struct acc_stage *acc_stage_find(const char *name);

/* Take apart the arguments after the stage's name. Permutes argv. False with a message when they
 * make no sense. */
bool acc_command_parse(struct acc_command *command, int argc, char **argv);

/* Split a comma-separated list (a backslash keeps the next comma) into owned strings, ended by
 * NULL. An item quoted as in CSV may hold commas. Items are in NFC, as labels of
 * files are. *count items; NULL: no memory. */
char **acc_list_split(const char *list, size_t *count);
void acc_list_free(char **item);

/* Which of the words of a list an option's value names, as bits in the order of `words`; 0 with a
 * message when it names another. */
unsigned acc_list_bits(struct acc_command *command, const char *option, const char *value,
		       const char *const *words, size_t count);

/* Position of an option's value among `words`, or `count` with a message. */
size_t acc_choice(struct acc_command *command, const char *option, const char *value,
		  const char *const *words, size_t count);

/* Does a stage take an option? The heading it stands under in help and manual; static. */
bool acc_option_accepted(const struct acc_stage *stage, const struct acc_option *option);
const char *acc_option_heading(const struct acc_option *option);

/* Help of a stage, or of the program for NULL; as text for people and as a man page. */
void acc_help(struct acc_text *text, const struct acc_stage *stage);
void acc_manual(struct acc_text *text, const struct acc_stage *stage);
extern const char acc_exits[];    /* what exit codes mean, a line or two */
extern const char acc_examples[]; /* of the program, as a stage has them */

/* Completion of command lines for a shell, "bash" or "zsh"; false for another. */
bool acc_completion(struct acc_text *text, const char *shell);

#define ACC_VERSION "0.1.0"

#endif
