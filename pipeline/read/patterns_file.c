#include "pipeline/read/patterns_file.h"
#include "pipeline/command/status.h"

#include <stdlib.h>
#include <string.h>

const char *const acc_design_names[3] = {"codes", "themes", "theme codes"};
const char *const acc_seen_names[3] = {"listed", "document", "all"};

/* The labels of a patterns file: the word that begins their lines, and where they are kept. */
struct kind {
	const char *word;
	struct acc_vocabulary *vocabulary;
};

enum { KINDS = 6 };

static void
kinds_of(struct acc_patterns *patterns, struct kind kind[KINDS])
{
	kind[0] = (struct kind){"coder", &patterns->coder};
	kind[1] = (struct kind){"theme", &patterns->theme};
	kind[2] = (struct kind){"code", &patterns->code};
	kind[3] = (struct kind){"group", &patterns->group};
	kind[4] = (struct kind){"participant", &patterns->participant};
	kind[5] = (struct kind){"document", &patterns->document};
}

/* ---- writing ---- */

static void
write_labels(struct acc_text *text, struct acc_patterns *patterns)
{
	struct kind kind[KINDS];
	kinds_of(patterns, kind);
	acc_text_put(text, "# labels: kind, number, declared (1) or found (0), label\n");
	for (size_t i = 0; i < KINDS; i++)
		for (uint32_t n = 0; n < kind[i].vocabulary->count; n++) {
			acc_text_printf(text, "%s,%lu,%d,", kind[i].word, (unsigned long)n,
					n < kind[i].vocabulary->declared);
			acc_text_csv(text, kind[i].vocabulary->label[n]);
			acc_text_put(text, "\n");
		}
}

static void
write_values(struct acc_text *text, const struct acc_patterns *patterns)
{
	acc_text_put(text, "# what a coder gave: value, number, then theme:code pairs\n");
	for (uint32_t v = 0; v < patterns->value.count; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&patterns->value, v, &length);
		acc_text_printf(text, "value,%lu", (unsigned long)v);
		for (size_t i = 0; i < length; i += 2)
			acc_text_printf(text, ",%lu:%lu", (unsigned long)word[i],
					(unsigned long)word[i + 1]);
		acc_text_put(text, "\n");
	}
}

static void
write_number(struct acc_text *text, uint32_t number)
{
	if (number == ACC_NONE)
		acc_text_put(text, ",");
	else
		acc_text_printf(text, ",%lu", (unsigned long)number);
}

void
acc_patterns_write(struct acc_text *text, const struct acc_patterns *patterns)
{
	struct acc_patterns view = *patterns;
	acc_text_put(text, ACC_PATTERNS_SIGNATURE "\n");
	acc_text_put(text,
		     "# Distinct rating vectors of a study with the number of units that have "
		     "each; made by accord tabulate,\n"
		     "# added by accord merge. docs/formats.md section 3 explains it.\n");
	acc_text_printf(text, "design,%s\n", acc_design_names[patterns->design]);
	if (patterns->design == ACC_THEMES)
		acc_text_printf(text, "seen,%s\n", acc_seen_names[patterns->seen]);
	write_labels(text, &view);
	write_values(text, patterns);
	acc_text_put(text, "# units: pattern, how many, group, participant, document, then "
			   "coder:value pairs\n");
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		acc_text_printf(text, "pattern,%llu", (unsigned long long)pattern.count);
		write_number(text, pattern.group);
		write_number(text, pattern.participant);
		write_number(text, pattern.document);
		for (size_t i = 0; i < pattern.ratings; i++)
			acc_text_printf(text, ",%lu:%lu", (unsigned long)pattern.rating[2 * i],
					(unsigned long)pattern.rating[2 * i + 1]);
		acc_text_put(text, "\n");
	}
	acc_text_printf(text, "end,%lu,%llu\n", (unsigned long)patterns->vector.count,
			(unsigned long long)acc_patterns_units(patterns));
}

/* ---- reading ---- */

struct input {
	struct acc_patterns *patterns;
	struct acc_messages *messages;
	const char *file;
	uint32_t *word; /* scratch, owned */
	size_t word_capacity;
	bool ended;
};

static bool
broken(const struct input *input, const struct acc_csv_record *record, const char *what)
{
	acc_error(input->messages, ACC_EXIT_DATA, (struct acc_place){input->file, record->line, 0},
		  "not a whole patterns file: %s; tabulate it again", what);
	return false;
}

static bool
whole_number(const char *text, uint64_t most, uint64_t *number)
{
	uint64_t value = 0;
	if (!*text || strspn(text, "0123456789") != strlen(text))
		return false;
	for (; *text; text++)
		if (__builtin_mul_overflow(value, 10u, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(*text - '0'), &value))
			return false;
	*number = value;
	return value <= most;
}

static bool
in_range(const char *text, uint32_t count, uint32_t *number)
{
	uint64_t value;
	if (!count || !whole_number(text, count - 1, &value))
		return false;
	*number = (uint32_t)value;
	return true;
}

static bool
read_label(struct input *input, const struct acc_csv_record *record,
	   struct acc_vocabulary *vocabulary)
{
	uint32_t number;
	uint64_t said;
	if (record->fields != 4 || !whole_number(record->field[1], UINT32_MAX, &said))
		return broken(input, record, "a label line has four fields");
	bool declared = !strcmp(record->field[2], "1");
	if (declared && vocabulary->declared < vocabulary->count)
		return broken(input, record, "a declared label after a found one");
	enum acc_status status = acc_vocabulary_add(vocabulary, record->field[3], &number);
	if (status == ACC_OK && declared)
		vocabulary->declared = vocabulary->count;
	if (status == ACC_OK && number != said)
		return broken(input, record, "labels are not in order");
	return acc_status_ok(input->messages, status);
}

/* Read "a:b" fields from `first` on into input->word[at...]. */
static bool
read_pairs(struct input *input, const struct acc_csv_record *record, size_t first, size_t at,
	   uint32_t lefts, uint32_t rights)
{
	if (!acc_array_reserve((void **)&input->word, &input->word_capacity,
			       at + 2 * record->fields, sizeof *input->word)) {
		acc_error_memory(input->messages);
		return false;
	}
	for (size_t i = first; i < record->fields; i++) {
		char left[24];
		const char *colon = strchr(record->field[i], ':');
		size_t length = colon ? (size_t)(colon - record->field[i]) : sizeof left;
		if (length >= sizeof left)
			return broken(input, record, "a pair is two numbers with a colon");
		memcpy(left, record->field[i], length);
		left[length] = 0;
		if (!in_range(left, lefts, &input->word[at]) ||
		    !in_range(colon + 1, rights, &input->word[at + 1]))
			return broken(input, record, "a pair names what is not there");
		at += 2;
	}
	return true;
}

static bool
read_value(struct input *input, const struct acc_csv_record *record)
{
	struct acc_patterns *patterns = input->patterns;
	uint64_t said;
	uint32_t number;
	if (record->fields < 2 || !whole_number(record->field[1], UINT32_MAX, &said) ||
	    !read_pairs(input, record, 2, 0, patterns->theme.count, patterns->code.count))
		return input->messages->errors ? false : broken(input, record, "a value line");
	if (!acc_status_ok(input->messages, acc_pool_add(&patterns->value, input->word,
							 2 * (record->fields - 2), &number)))
		return false;
	return number == said || broken(input, record, "values are not in order");
}

static bool
read_pattern(struct input *input, const struct acc_csv_record *record)
{
	struct acc_patterns *patterns = input->patterns;
	const struct acc_vocabulary *of[3] = {&patterns->group, &patterns->participant,
					      &patterns->document};
	uint64_t count;
	if (record->fields < 5 || !whole_number(record->field[1], UINT64_MAX, &count) || !count)
		return broken(input, record, "a pattern line");
	if (!read_pairs(input, record, 5, 3, patterns->coder.count, patterns->value.count))
		return false;
	for (size_t i = 0; i < 3; i++) {
		input->word[i] = ACC_NONE;
		if (*record->field[2 + i] &&
		    !in_range(record->field[2 + i], of[i]->count, &input->word[i]))
			return broken(input, record, "a pattern names what is not there");
	}
	return acc_status_ok(
	    input->messages,
	    acc_patterns_add(patterns, input->word, 3 + 2 * (record->fields - 5), count, NULL));
}

static bool
read_word(const struct acc_csv_record *record, const char *const *names, size_t *at)
{
	for (*at = 0; record->fields == 2 && *at < 3; ++*at)
		if (!strcmp(record->field[1], names[*at]))
			return true;
	return false;
}

static bool
read_end(struct input *input, const struct acc_csv_record *record)
{
	uint64_t patterns, units;
	input->ended = record->fields == 3 &&
		       whole_number(record->field[1], UINT64_MAX, &patterns) &&
		       whole_number(record->field[2], UINT64_MAX, &units) &&
		       patterns == input->patterns->vector.count &&
		       units == acc_patterns_units(input->patterns);
	return input->ended || broken(input, record, "its counts do not add up");
}

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct input *input = context;
	const char *word = record->field[0];
	struct kind kind[KINDS];
	size_t at;
	if (input->ended)
		return broken(input, record, "something stands after its end");
	if (word[0] == '#')
		return true;
	if (!strcmp(word, "pattern"))
		return read_pattern(input, record);
	if (!strcmp(word, "value"))
		return read_value(input, record);
	if (!strcmp(word, "end"))
		return read_end(input, record);
	if (!strcmp(word, "design") && read_word(record, acc_design_names, &at)) {
		input->patterns->design = (enum acc_design)at;
		return true;
	}
	if (!strcmp(word, "seen") && read_word(record, acc_seen_names, &at)) {
		input->patterns->seen = (enum acc_seen)at;
		return true;
	}
	kinds_of(input->patterns, kind);
	for (size_t i = 0; i < KINDS; i++)
		if (!strcmp(word, kind[i].word))
			return read_label(input, record, kind[i].vocabulary);
	return broken(input, record, "a line of an unknown kind");
}

bool
acc_patterns_read(struct acc_patterns *patterns, struct acc_csv_stream *stream, const char *file,
		  struct acc_messages *messages)
{
	struct input input = {.patterns = patterns, .messages = messages, .file = file};
	struct acc_csv_options options = {.separator = ',', .ragged = true, .comments = true};
	bool good = acc_csv_read_stream(stream, &options, take, &input, messages);
	if (good && !input.ended) {
		acc_error(messages, ACC_EXIT_DATA, (struct acc_place){file, 0, 0},
			  "the patterns file was cut short: its last line 'end' is missing; "
			  "tabulate it again");
		good = false;
	}
	free(input.word);
	return good;
}
