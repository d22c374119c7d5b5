/* manual: what man pages are written with, beside acc_manual (command.h). */
#ifndef ACC_MANUAL_H
#define ACC_MANUAL_H

#include "pipeline/command/command.h"

/* Text with what roff would take as commands kept from it. */
void acc_manual_words(struct acc_text *text, const char *words);

/* An entry of a list: a name (with something `before` it), `between` and a value where there is
 * one, and what it is about. */
void acc_manual_entry(struct acc_text *text, const char *before, const char *name,
		      const char *between, const char *value, const char *about);

#endif
