#include "pipeline/command/message.h"

#include "plots/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	MESSAGE_MAX = 2048, /* bytes of one message; what is longer is cut */
	NAME_MAX_SHOWN = 1024,
	VISIBLE_MAX = 256,
	VISIBLE_RING = 16,
	NEAREST_MAX = 64 /* names longer than this have no nearest */
};

void
acc_messages_free(struct acc_messages *messages)
{
	acc_text_free(&messages->text);
	*messages = (struct acc_messages){0};
}

/* Characters that change how a terminal or a reader sees the rest of the line, or that nobody
 * sees: controls, line separators, direction marks, zero-width space and byte order mark. */
static bool
hidden(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x61c || code == 0x200b ||
	       code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069) || code == 0xfeff || code == UINT32_MAX;
}

static int
escape(char out[12], unsigned char byte, uint32_t code)
{
	const char *name = code == '\n'   ? "\\n"
			   : code == '\r' ? "\\r"
			   : code == '\t' ? "\\t"
					  : NULL;
	if (name)
		return snprintf(out, 12, "%s", name);
	if (code == UINT32_MAX || code < 0x80)
		return snprintf(out, 12, "\\x%02x", byte);
	return snprintf(out, 12, "\\u%04x", (unsigned)code);
}

/* `string` made visible in out[size], cut with an ellipsis where it does not fit. */
static void
make_visible(char *out, size_t size, const char *string)
{
	static const char ellipsis[] = "…";
	size_t used = 0, length;
	for (; *string; string += length) {
		char escaped[12];
		const char *piece = string;
		uint32_t code = acc_utf8_next(string, &length);
		size_t bytes = length;
		if (hidden(code)) {
			bytes = (size_t)escape(escaped, (unsigned char)*string, code);
			piece = escaped;
		}
		if (used + bytes + sizeof ellipsis > size) {
			memcpy(out + used, ellipsis, sizeof ellipsis);
			return;
		}
		memcpy(out + used, piece, bytes);
		used += bytes;
	}
	out[used] = 0;
}

const char *
acc_visible(const char *string)
{
	static _Thread_local char ring[VISIBLE_RING][VISIBLE_MAX];
	static _Thread_local unsigned turn;
	char *out = ring[turn++ % VISIBLE_RING];
	make_visible(out, VISIBLE_MAX, string);
	return out;
}

static void
put_place(struct acc_text *text, struct acc_place place)
{
	if (!place.file) {
		acc_text_put(text, "accord: ");
		return;
	}
	char name[NAME_MAX_SHOWN];
	make_visible(name, sizeof name, strcmp(place.file, "-") ? place.file : "<stdin>");
	acc_text_put(text, name);
	char numbers[48] = "";
	if (place.line && place.column)
		snprintf(numbers, sizeof numbers, ":%llu:%llu", (unsigned long long)place.line,
			 (unsigned long long)place.column);
	else if (place.line)
		snprintf(numbers, sizeof numbers, ":%llu", (unsigned long long)place.line);
	acc_text_put(text, numbers);
	acc_text_put(text, ": ");
}

static void
put_json(struct acc_text *text, struct acc_place place, const char *kind, const char *message)
{
	acc_text_printf(text, "{\"severity\": \"%s\"", kind);
	if (place.file) {
		acc_text_put(text, ", \"file\": ");
		acc_text_json(text, place.file);
	}
	if (place.line)
		acc_text_printf(text, ", \"line\": %llu", (unsigned long long)place.line);
	if (place.line && place.column)
		acc_text_printf(text, ", \"column\": %llu", (unsigned long long)place.column);
	acc_text_put(text, ", \"message\": ");
	acc_text_json(text, message);
	acc_text_put(text, "}\n");
}

/* A message is formatted on the stack: saying that memory has run out must not need any. */
static void
say(struct acc_messages *messages, struct acc_place place, const char *kind, const char *format,
    va_list list)
{
	struct acc_text *text = &messages->text;
	char message[MESSAGE_MAX];
	int length = vsnprintf(message, sizeof message, format, list);
	if (length < 0)
		message[0] = 0;
	if (length >= MESSAGE_MAX) {
		size_t end = MESSAGE_MAX - 4;
		while (end && ((unsigned char)message[end] & 0xc0) == 0x80)
			end--;
		memcpy(message + end, "...", 4);
	}
	if (messages->json) {
		put_json(text, place, kind, message);
		return;
	}
	put_place(text, place);
	acc_text_printf(text, "%s: ", kind);
	acc_text_put(text, message);
	acc_text_put(text, "\n");
}

static void
count_error(struct acc_messages *messages, enum acc_exit code)
{
	if (messages->code == ACC_EXIT_DONE)
		messages->code = code;
	messages->errors++;
}

void
acc_error(struct acc_messages *messages, enum acc_exit code, struct acc_place place,
	  const char *format, ...)
{
	count_error(messages, code);
	if (messages->errors > ACC_MESSAGES_SHOWN)
		return;
	va_list list;
	va_start(list, format);
	say(messages, place, "error", format, list);
	va_end(list);
}

void
acc_note(struct acc_messages *messages, struct acc_place place, const char *format, ...)
{
	messages->notes++;
	if (messages->notes > ACC_MESSAGES_SHOWN)
		return;
	va_list list;
	va_start(list, format);
	say(messages, place, "note", format, list);
	va_end(list);
}

void
acc_detail(struct acc_messages *messages, struct acc_place place, const char *format, ...)
{
	if (!messages->verbose)
		return;
	va_list list;
	va_start(list, format);
	say(messages, place, "info", format, list);
	va_end(list);
}

static const char memory_text[] = "accord: error: out of memory\n";
static const char memory_json[] = "{\"severity\": \"error\", \"message\": \"out of memory\"}\n";

void
acc_error_memory(struct acc_messages *messages)
{
	count_error(messages, ACC_EXIT_LIMIT);
	if (messages->errors <= ACC_MESSAGES_SHOWN)
		acc_text_put(&messages->text, messages->json ? memory_json : memory_text);
}

static void
print_rest(const struct acc_messages *messages, FILE *file, uint64_t said, const char *what)
{
	unsigned long long rest = said - ACC_MESSAGES_SHOWN;
	if (said <= ACC_MESSAGES_SHOWN)
		return;
	fprintf(file,
		messages->json
		    ? "{\"severity\": \"note\", \"message\": \"... and %llu more %s%s\"}\n"
		    : "accord: ... and %llu more %s%s\n",
		rest, what, rest == 1 ? "" : "s");
}

void
acc_messages_print(const struct acc_messages *messages, FILE *file)
{
	if (messages->text.bytes)
		fwrite(messages->text.bytes, 1, messages->text.length, file);
	if (messages->text.failed)
		fputs(messages->json ? memory_json : memory_text, file);
	print_rest(messages, file, messages->errors, "error");
	print_rest(messages, file, messages->notes, "note");
}

/* Capitals count as their small letters: most wrong names differ in case only. */
static char
fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Damerau-Levenshtein distance (adjacent swaps count once), rows rolled over three lines. */
static size_t
distance(const char *a, size_t length_a, const char *b, size_t length_b)
{
	size_t line[3][NEAREST_MAX + 1];
	for (size_t j = 0; j <= length_b; j++)
		line[0][j] = j;
	for (size_t i = 1; i <= length_a; i++) {
		size_t *now = line[i % 3], *last = line[(i + 2) % 3], *before = line[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= length_b; j++) {
			bool same = fold(a[i - 1]) == fold(b[j - 1]);
			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + !same);
			if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
			    fold(a[i - 2]) == fold(b[j - 1]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return line[length_a % 3][length_b];
}

const char *
acc_nearest(const char *name, const char *const *candidates, size_t count)
{
	size_t length = strlen(name);
	if (length > NEAREST_MAX)
		return NULL;
	const char *nearest = NULL;
	size_t best = length / 3 + 1;
	for (size_t k = 0; k < count; k++) {
		size_t other = strlen(candidates[k]);
		if (other > NEAREST_MAX)
			continue;
		size_t far = distance(name, length, candidates[k], other);
		if (far < best) {
			best = far;
			nearest = candidates[k];
		}
	}
	return nearest;
}
