#include "pipeline/write/csv_line.h"

#include <string.h>

/* Does a field need quotes so that a strict reader takes it back as it is? */
static bool
needs_quotes(const char *field, size_t length, char separator, bool first, bool only)
{
	if (!length)
		return only;
	if (memchr(field, '"', length) || memchr(field, separator, length) ||
	    memchr(field, '\n', length) || memchr(field, '\r', length))
		return true;
	return strchr(" \t", field[0]) || strchr(" \t", field[length - 1]) ||
	       (first && field[0] == '#');
}

static void
put_field(struct acc_text *text, const char *field, size_t length)
{
	acc_text_put(text, "\"");
	for (const char *end = field + length; field < end;) {
		const char *quote = memchr(field, '"', (size_t)(end - field));
		size_t run = (size_t)((quote ? quote + 1 : end) - field);
		acc_text_bytes(text, field, run);
		acc_text_put(text, quote ? "\"" : "");
		field += run;
	}
	acc_text_put(text, "\"");
}

void
acc_csv_line(struct acc_text *text, const struct acc_csv_record *record, char separator)
{
	text->length = 0;
	for (size_t k = 0; k < record->fields; k++) {
		if (k)
			acc_text_bytes(text, &separator, 1);
		if (needs_quotes(record->field[k], record->length[k], separator, !k,
				 record->fields == 1))
			put_field(text, record->field[k], record->length[k]);
		else
			acc_text_bytes(text, record->field[k], record->length[k]);
	}
	acc_text_put(text, "\n");
}
