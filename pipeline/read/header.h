/* header: the header of a file that has none (--no-header): names from --columns, or 1, 2, 3, ...
 */
#ifndef ACC_HEADER_H
#define ACC_HEADER_H

#include "pipeline/command/command.h"
#include "pipeline/read/csv_record.h"

struct acc_header {
	struct acc_csv_record record; /* borrows what follows */
	char **name;                  /* owned, ended by NULL */
	size_t *length;               /* owned */
	uint64_t *place;              /* owned: ones */
};

/* Make the header for a first record, or for NULL of an input without any (then --columns must say
 * how many there are). False with a message: --columns names another number of columns, or one
 * twice. Free in any case. */
bool acc_header_make(struct acc_header *header, struct acc_command *command, const char *file,
		     const struct acc_csv_record *first);
void acc_header_free(struct acc_header *header);

#endif
