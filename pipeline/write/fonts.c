#include "pipeline/write/fonts.h"

#include "pipeline/write/child.h"
#include "plots/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { MOST_CHARACTERS = 4000, SHOWN = 8, SECONDS = 10 };

struct characters {
	uint32_t code[MOST_CHARACTERS]; /* distinct, ascending */
	size_t count;
};

static void
add(struct characters *set, uint32_t code)
{
	size_t at = set->count;
	while (at > 0 && set->code[at - 1] >= code)
		at--;
	if ((at < set->count && set->code[at] == code) || set->count == MOST_CHARACTERS)
		return;
	memmove(set->code + at + 1, set->code + at, (set->count - at) * sizeof *set->code);
	set->code[at] = code;
	set->count++;
}

/* Letters beyond ASCII; invisible characters need no glyph. */
static void
gather(struct characters *set, const struct acc_text *script)
{
	for (size_t at = 0; at < script->length;) {
		size_t length;
		uint32_t code = acc_utf8_next(script->bytes + at, &length);
		bool invisible = (code >= 0x200B && code <= 0x200F) || code == 0x2060 ||
				 (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF;
		if (code >= 0xA0 && code != UINT32_MAX && !invisible)
			add(set, code);
		at += length;
	}
}

/* Has one font all of these characters? Also true when fc-list cannot be asked. */
static bool
one_font_has(const uint32_t *code, size_t count)
{
	struct acc_text pattern = {0};
	struct acc_child list = {0};
	acc_text_put(&pattern, ":charset=");
	for (size_t c = 0; c < count; c++)
		acc_text_printf(&pattern, "%s%x", c ? " " : "", code[c]);
	const char *const argument[] = {"fc-list", pattern.bytes, "family", NULL};
	bool asked = !pattern.failed && !acc_child_run(&list, argument, -1, SECONDS) &&
		     WIFEXITED(list.status) && !WEXITSTATUS(list.status);
	bool has = !asked || list.said.length > 0;
	acc_text_free(&pattern);
	acc_text_free(&list.said);
	return has;
}

/* Halve the set until one font has all of a part, or a part is one character that none has. */
static void
find_missing(const uint32_t *code, size_t count, struct characters *missing)
{
	if (!count || missing->count >= SHOWN || one_font_has(code, count))
		return;
	if (count == 1) {
		add(missing, code[0]);
		return;
	}
	find_missing(code, count / 2, missing);
	find_missing(code + count / 2, count - count / 2, missing);
}

static void
say(const struct characters *missing, struct acc_messages *messages)
{
	struct acc_text list = {0};
	for (size_t c = 0; c < missing->count; c++)
		acc_text_printf(&list, "%sU+%04X", c ? ", " : "", missing->code[c]);
	acc_note(
	    messages, (struct acc_place){0},
	    "no installed font has the characters %s%s of the names, and gnuplot would draw black "
	    "boxes over the figure: only SVG is drawn. Install a font that has them (Debian: "
	    "fonts-noto-core; Chinese, Japanese, Korean: fonts-noto-cjk) and plot again",
	    list.bytes ? list.bytes : "", missing->count >= SHOWN ? ", ..." : "");
	acc_text_free(&list);
}

bool
acc_fonts_check(const struct acc_bundle *bundle, struct acc_messages *messages)
{
	struct characters *all = calloc(2, sizeof *all);
	if (!all) {
		acc_error_memory(messages);
		return false;
	}
	for (size_t f = 0; f < bundle->files; f++) {
		const char *name = bundle->file[f].name;
		size_t length = strlen(name);
		if (length > 3 && !strcmp(name + length - 3, ".gp"))
			gather(&all[0], &bundle->file[f].text);
	}
	find_missing(all[0].code, all[0].count, &all[1]);
	bool good = all[1].count == 0;
	if (!good)
		say(&all[1], messages);
	free(all);
	return good;
}
