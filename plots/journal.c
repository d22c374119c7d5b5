#include "plots/journal.h"

#include <string.h>

const struct acc_journal acc_journals[] = {
#define ACC_JOURNAL(key, name, widths, text, smallest, line, tallest, dpi, letters, formats,       \
		    source)                                                                        \
	{#key,                                                                                     \
	 name,                                                                                     \
	 widths,                                                                                   \
	 text,                                                                                     \
	 smallest,                                                                                 \
	 line,                                                                                     \
	 tallest,                                                                                  \
	 dpi,                                                                                      \
	 #letters,                                                                                 \
	 formats,                                                                                  \
	 widths " mm; text " #text " pt, smallest " #smallest ", lines " #line " pt; " formats,    \
	 source},
#include "plots/journals.def"
#undef ACC_JOURNAL
};
const size_t acc_journal_count = sizeof acc_journals / sizeof *acc_journals;

const struct acc_journal *
acc_journal_find(const char *key)
{
	for (size_t j = 0; j < acc_journal_count; j++)
		if (!strcmp(acc_journals[j].key, key))
			return &acc_journals[j];
	return NULL;
}
