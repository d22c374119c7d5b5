/* theme_list: the names of several themes in one cell of results: "burnout + time constraints".
 *
 * A + between blanks separates; inside a name a word that is nothing but + gets one more, so that
 * every list of names has a text of its own: the names "a + b" and "c" are "a ++ b + c". */
#ifndef ACC_THEME_LIST_H
#define ACC_THEME_LIST_H

#include "plots/text.h"
#include <stdbool.h>

/* Append a name; `first`: it is the first of its list. */
void acc_theme_list_put(struct acc_text *list, const char *name, bool first);

/* Take the next name off a list, into `name` (emptied first). False: there is none. An empty list
 * has no names. */
bool acc_theme_list_next(const char **list, struct acc_text *name);

#endif
