/* declared: the labels that options declare, as lists or as files. */
#ifndef ACC_DECLARED_H
#define ACC_DECLARED_H

#include "pipeline/command/command.h"
#include "stats/vocabulary.h"

/* Declare what `given` lists, or the file it names; NULL: nothing. False with a message. */
bool acc_declare_all(struct acc_vocabulary *vocabulary, const char *given,
		     struct acc_messages *messages);

/* --categories, --themes and --groups. False with a message. */
bool acc_declare_options(struct acc_command *command, struct acc_vocabulary *codes,
			 struct acc_vocabulary *themes, struct acc_vocabulary *groups);

#endif
