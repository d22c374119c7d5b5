/* begin: the files of a new study, from what its codings look like. */
#ifndef ACC_BEGIN_H
#define ACC_BEGIN_H

#include "pipeline/read/columns.h"
#include "stats/patterns.h"
#include "stats/vocabulary.h"

#define ACC_BEGIN_GROUPS "groups.csv"
enum { ACC_BEGIN_COPIES = 16 };

/* What is known of the study. Zero-initialise. */
struct acc_beginning {
	struct acc_text ratings;      /* name of the codings in the folder; empty: still to come */
	struct acc_columns columns;   /* of the codings */
	char *column[ACC_ROLES];      /* owned: header names, NULL where there is no such column */
	struct acc_vocabulary groups; /* as they come */
	struct acc_patterns patterns;
	uint64_t rows;                            /* with the header */
	struct acc_text copied[ACC_BEGIN_COPIES]; /* names of other files in the folder */
};

void acc_beginning_free(struct acc_beginning *study);

/* Write study.ini; what the command line said stands in it. A column that study.ini cannot name
 * becomes a message. */
void acc_begin_settings(struct acc_text *text, const struct acc_beginning *study,
			struct acc_command *command);

/* Write the other files. */
void acc_begin_makefile(struct acc_text *text, const struct acc_beginning *study,
			struct acc_command *command);
void acc_begin_readme(struct acc_text *text, const struct acc_beginning *study,
		      struct acc_command *command);
void acc_begin_ignore(struct acc_text *text, const struct acc_beginning *study,
		      struct acc_command *command);

/* The groups as a file of their own, where a line of study.ini cannot hold them. False: it can. */
bool acc_begin_groups(struct acc_text *text, const struct acc_beginning *study);

#endif
