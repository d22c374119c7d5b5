#include "plots/theme_list.h"

#include <string.h>

/* Length of the word at hand if it is nothing but +, else 0. */
static size_t
pluses(const char *word)
{
	size_t length = strspn(word, "+");
	return word[length] == ' ' || word[length] == 0 ? length : 0;
}

void
acc_theme_list_put(struct acc_text *list, const char *name, bool first)
{
	if (!first)
		acc_text_put(list, " + ");
	while (true) {
		size_t length = strcspn(name, " ");
		acc_text_bytes(list, name, length);
		acc_text_put(list, pluses(name) ? "+" : "");
		if (!name[length])
			return;
		acc_text_put(list, " ");
		name += length + 1;
	}
}

bool
acc_theme_list_next(const char **list, struct acc_text *name)
{
	bool first = true;
	name->length = 0;
	if (name->bytes)
		*name->bytes = 0;
	if (!**list)
		return false;
	while (true) {
		size_t length = strcspn(*list, " "), plus = pluses(*list);
		bool ends = plus == 1;
		if (!ends) {
			acc_text_put(name, first ? "" : " ");
			acc_text_bytes(name, *list, length - (plus > 1));
		}
		first = false;
		*list += length;
		bool blank = **list == ' ';
		*list += blank;
		if (ends || !blank)
			return true;
	}
}
