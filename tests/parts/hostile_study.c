#include "tests/parts/hostile_study.h"

#include "plots/text.h"
#include "plots/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A label of tests/hostile_labels.txt, or "" where it cannot be in a CSV. */
static void
unescape(struct acc_text *text, char *unit, unsigned long repeat)
{
	struct acc_text one = {0};
	unit[strcspn(unit, "\n")] = 0;
	for (char *c = unit; *c; c++) {
		static const char letter[] = "nrt\\", is[] = "\n\r\t\\";
		const char *known = *c == '\\' && c[1] ? strchr(letter, c[1]) : NULL;
		if (*c == '\\' && c[1] == 'x') {
			char hex[3] = {c[2], c[3], 0};
			unsigned long byte = strtoul(hex, NULL, 16);
			if (!byte || byte == 0x1a)
				goto unfit;
			acc_text_bytes(&one, &(char){(char)byte}, 1);
			c += 3;
		} else {
			acc_text_bytes(&one, known ? &is[known - letter] : c, 1);
			c += known != NULL;
		}
	}
	for (; repeat && text->length < 2000; repeat--)
		acc_text_bytes(text, one.bytes, one.length);
unfit:
	acc_text_free(&one);
}

static bool
is_utf8(const char *string)
{
	for (size_t length; *string; string += length)
		if (acc_utf8_next(string, &length) == UINT32_MAX)
			return false;
	return true;
}

void
print_hostile_study(void)
{
	FILE *file = fopen("tests/hostile_labels.txt", "r");
	char *line = NULL;
	size_t room = 0, count = 0;
	static const char *const group[] = {"\"<script>alert(1)</script> & \"\"x\"\" 'y'\"",
					    "\"{$_%#&~^\\\\} -- ,, [a]* \xf0\x9f\x98\x80 --\""};
	static const char *const coder[] = {"\"A, \"\"B\"\" | C\"", "\"[x](https://y) *z* www.z\""};
	puts("participant,group,unit,coder,theme");
	while (file && getline(&line, &room, file) > 0) {
		char *repeat = *line == '#' ? NULL : strchr(line, '\t');
		repeat = repeat ? strchr(repeat + 1, '\t') : NULL;
		char *unit = repeat ? strchr(repeat + 1, '\t') : NULL;
		struct acc_text label = {0}, field = {0};
		if (unit)
			unescape(&label, unit + 1, strtoul(repeat + 1, NULL, 10));
		if (label.length && is_utf8(label.bytes)) {
			acc_text_put(&field, "\"");
			for (const char *c = label.bytes; *c; c++)
				acc_text_put(&field, *c == '"' ? "\"\"" : (char[]){*c, 0});
			acc_text_put(&field, "\"");
			const char *l = field.bytes;
			for (size_t u = 0; u < 3; u++) {
				size_t n = count * 3 + u;
				const char *g = group[n % 7 % 2];
				printf("P%zu,%s,%zu,%s,%s\nP%zu,%s,%zu,%s,%s\n", n % 7, g, n,
				       coder[0], l, n % 7, g, n, coder[1], u ? l : "");
			}
			count++;
		}
		acc_text_free(&label);
		acc_text_free(&field);
	}
	free(line);
	if (file)
		fclose(file);
}
