/* drawn: which picture was drawn from what, so that only what changed is drawn again.
 *
 * A file .pictures in the folder of the figures: a line for each picture with its name, a
 * fingerprint of what it was drawn from (script, data, style.gp, page.gp, settings, gnuplot's
 * version), one of the picture itself, and how many pages its figure has. A picture that is gone or
 * was changed by another hand is drawn again. */
#ifndef ACC_DRAWN_H
#define ACC_DRAWN_H

#include "pipeline/command/message.h"
#include "plots/text.h"
#include <stdbool.h>
#include <stdint.h>

struct acc_drawn_one {
	char name[96];
	uint64_t source, picture;
	unsigned pages;
};

struct acc_drawn {
	struct acc_drawn_one *drawn; /* owned */
	size_t count, capacity;
	bool failed; /* out of memory: something is drawn once more than it need be */
};

/* Read a folder's record; without one it is empty. */
void acc_drawn_read(struct acc_drawn *record, const char *directory);

/* Is this picture there as it was drawn from the same source? Then how many pages there are; else
 * 0. */
unsigned acc_drawn_current(const struct acc_drawn *record, const char *directory, const char *name,
			   uint64_t source);

/* Note a picture that was just drawn. */
void acc_drawn_add(struct acc_drawn *record, const char *directory, const char *name,
		   uint64_t source, unsigned pages);

/* Forget a picture and remove it, if it is as it was drawn. */
void acc_drawn_remove(struct acc_drawn *record, const char *directory, const char *name);

/* Write the record back. */
bool acc_drawn_write(const struct acc_drawn *record, const char *directory,
		     struct acc_messages *messages);
void acc_drawn_free(struct acc_drawn *record);

/* Is this a script that accord wrote and its author has edited since? */
bool acc_drawn_edited(const char *path);

#endif
