/* list words: what a row says, as a number.
 *
 * A coder applied a theme (or gave a code), or looked and applied nothing. */
#ifndef ACC_LIST_WORDS_H
#define ACC_LIST_WORDS_H

#include "stats/base.h"

#define ACC_LISTS_END 0x80000000u /* no row: the end of a unit */
enum {
	ACC_LISTS_SHIFT = 20, /* coder << 20 | theme */
	ACC_LISTS_NOTHING = (1 << ACC_LISTS_SHIFT) - 1,
	ACC_LISTS_CODERS = 1 << (31 - ACC_LISTS_SHIFT)
};

/* What a row says; ACC_NONE where it says nothing (a missing rating). Sets *full where it does not
 * fit. */
static inline uint32_t
acc_lists_word(uint32_t coder, uint32_t theme, uint32_t code, bool *full)
{
	if (code == ACC_NONE)
		return ACC_NONE;
	*full =
	    *full || coder >= ACC_LISTS_CODERS || (theme != ACC_NONE && theme >= ACC_LISTS_NOTHING);
	return coder << ACC_LISTS_SHIFT | (theme == ACC_NONE ? ACC_LISTS_NOTHING : theme);
}

#endif
