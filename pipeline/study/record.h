/* record: SHA256SUMS, what results were made from and what came out, in the format of sha256sum:
 * two lists, under the lines `# inputs` and `# outputs`, after a line that says what made them.
 * `sha256sum -c SHA256SUMS` reads it too. Names are relative to its folder. */
#ifndef ACC_RECORD_H
#define ACC_RECORD_H

#include "pipeline/command/message.h"
#include <stdbool.h>
#include <stddef.h>

#define ACC_RECORD_NAME "SHA256SUMS"

struct acc_recorded {
	char *path; /* owned */
	char hex[65];
	bool output;
	unsigned long long bytes; /* while it is made; 0 when read back */
};

struct acc_record {
	char *made_by; /* owned: programs and versions; NULL: not said */
	struct acc_recorded *file;
	size_t files, capacity;
};

void acc_record_free(struct acc_record *record);

/* Add a file with its digest, unless it is there. False with a message. */
bool acc_record_add(struct acc_record *record, const char *path, bool output,
		    struct acc_messages *messages);

/* Inputs first, by name. */
void acc_record_sort(struct acc_record *record);

void acc_record_put(const struct acc_record *record, struct acc_text *text);

/* Read one back. False with a message. */
bool acc_record_read(struct acc_record *record, const char *path, struct acc_messages *messages);

/* Programs and libraries in a line, and the version of gnuplot alone ("" when there is none). */
void acc_record_versions(struct acc_text *text, const char *commit, const char *gnuplot);
void acc_record_gnuplot(struct acc_text *version);

#endif
