#include "pipeline/read/patterns_file.h"
#include "pipeline/command/status.h"

#include <stdlib.h>
#include <string.h>

const char *const acc_design_names[3] = {"codes", "themes", "theme codes"};
const char *const acc_seen_names[3] = {"listed", "document", "all"};
const char *const acc_section_names[ACC_SECTIONS] = {"panel", "folded", "pair"};

/* The word that begins the line of a unit in each section. */
static const char *const unit_words[ACC_SECTIONS] = {"pattern", "folded", "pair"};

enum acc_section
acc_patterns_section(const struct acc_patterns *patterns)
{
	return patterns->folded   ? ACC_SECTION_FOLDED
	       : patterns->paired ? ACC_SECTION_PAIR
				  : ACC_SECTION_PANEL;
}

void
acc_label_kinds(struct acc_patterns *patterns, struct acc_label_kind kind[ACC_LABEL_KINDS])
{
	kind[0] = (struct acc_label_kind){"coder", &patterns->coder};
	kind[1] = (struct acc_label_kind){"theme", &patterns->theme};
	kind[2] = (struct acc_label_kind){"code", &patterns->code};
	kind[3] = (struct acc_label_kind){"group", &patterns->group};
	kind[4] = (struct acc_label_kind){"participant", &patterns->participant};
	kind[5] = (struct acc_label_kind){"document", &patterns->document};
}

enum { HEAD = 3 }; /* words of a vector before its ratings */

struct input {
	struct acc_patterns *patterns;
	struct acc_shard *shard;
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

/* Spread the "value:times" pairs at input->word[HEAD], `pairs` of them, to (place, value) pairs; 0:
 * there are more ratings than coders. */
static size_t
spread(struct input *input, size_t pairs)
{
	size_t ratings = 0, coders = input->patterns->coder.count;
	for (size_t i = 0; i < pairs; i++)
		ratings += input->word[HEAD + 2 * i + 1];
	if (ratings > coders ||
	    !acc_array_reserve((void **)&input->word, &input->word_capacity,
			       HEAD + 2 * (ratings + pairs), sizeof *input->word))
		return SIZE_MAX;
	uint32_t *from = input->word + HEAD + 2 * ratings, *to = input->word + HEAD;
	memmove(from, to, 2 * pairs * sizeof *from);
	for (size_t i = 0, at = 0; i < pairs; i++)
		for (uint32_t times = 0; times < from[2 * i + 1]; times++, at++) {
			to[2 * at] = (uint32_t)at;
			to[2 * at + 1] = from[2 * i];
		}
	return ratings;
}

/* Read the ratings from field `first` on; *length becomes that of the whole vector. */
static bool
read_ratings(struct input *input, const struct acc_csv_record *record, size_t first, size_t *length)
{
	const struct acc_patterns *patterns = input->patterns;
	uint32_t coders = patterns->coder.count, values = patterns->value.count;
	size_t ratings = record->fields - first;
	if (patterns->folded) {
		if (!read_pairs(input, record, first, HEAD, values, coders + 1))
			return false;
		if ((ratings = spread(input, ratings)) == SIZE_MAX)
			return broken(input, record,
				      "a pattern has more ratings than there are coders");
	} else if (!read_pairs(input, record, first, HEAD, coders, values))
		return false;
	*length = HEAD + 2 * ratings;
	return true;
}

/* Of a vector of pairs: how many ratings its units have, which ends it, and whether these two are
 * of different coders. read_pairs left room. */
static bool
read_size(struct input *input, const struct acc_csv_record *record, size_t *length)
{
	size_t ratings = (*length - HEAD) / 2;
	uint32_t *end = input->word + *length;
	uint64_t size;
	if (ratings > 2 || !whole_number(record->field[5], input->patterns->coder.count, &size) ||
	    size < ratings || (ratings == 2 && input->word[HEAD] >= input->word[HEAD + 2]))
		return broken(input, record, "a pair line");
	end[0] = ACC_NONE;
	end[1] = (uint32_t)size;
	*length += 2;
	return true;
}

static bool
read_pattern(struct input *input, const struct acc_csv_record *record)
{
	struct acc_patterns *patterns = input->patterns;
	const struct acc_vocabulary *of[HEAD] = {&patterns->group, &patterns->participant,
						 &patterns->document};
	uint64_t count;
	size_t length, first = patterns->paired ? 6 : 5;
	if (record->fields < first ||
	    strcmp(record->field[0], unit_words[acc_patterns_section(patterns)]) != 0 ||
	    !whole_number(record->field[1], UINT64_MAX, &count) || !count)
		return broken(input, record, "a pattern line");
	if (!read_ratings(input, record, first, &length) ||
	    (patterns->paired && !read_size(input, record, &length)))
		return false;
	for (size_t i = 0; i < HEAD; i++) {
		input->word[i] = ACC_NONE;
		if (*record->field[2 + i] &&
		    !in_range(record->field[2 + i], of[i]->count, &input->word[i]))
			return broken(input, record, "a pattern names what is not there");
	}
	return acc_status_ok(input->messages,
			     acc_patterns_add(patterns, input->word, length, count, NULL));
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

/* section,NAME; without it they are of a panel. */
static bool
read_section(struct input *input, const struct acc_csv_record *record)
{
	struct acc_patterns *patterns = input->patterns;
	size_t section;
	if (!read_word(record, acc_section_names, &section) || patterns->vector.count)
		return broken(input, record, "a section line");
	patterns->folded = section == ACC_SECTION_FOLDED;
	patterns->paired = section == ACC_SECTION_PAIR;
	return true;
}

/* shard,INDEX,PARTS,KEY,HASH,SEED,ROWS,STUDY */
static bool
read_shard(struct input *input, const struct acc_csv_record *record)
{
	struct acc_shard *shard = input->shard;
	uint64_t parts, index;
	if (record->fields != 8 || !whole_number(record->field[2], ACC_SHARD_PARTS_MAX, &parts) ||
	    !parts || !whole_number(record->field[1], parts - 1, &index) ||
	    strcmp(record->field[4], ACC_UNIT_HASH) ||
	    !whole_number(record->field[5], UINT64_MAX, &shard->seed) ||
	    !whole_number(record->field[6], UINT64_MAX, &shard->rows) ||
	    strlen(record->field[7]) >= sizeof shard->study)
		return broken(input, record, "a shard line");
	strcpy(shard->study, record->field[7]);
	shard->index = (uint32_t)index;
	shard->parts = (uint32_t)parts;
	for (shard->key = 0; shard->key < ACC_SHARD_KEYS; shard->key++)
		if (!strcmp(record->field[3], acc_shard_keys[shard->key]))
			return true;
	return broken(input, record, "a shard line");
}

/* version,VERSION and columns,FORM,ROLE=COLUMN,...: only compared, so kept as text. */
static bool
read_columns(struct input *input, const struct acc_csv_record *record)
{
	struct acc_text text = {0};
	for (size_t i = 1; i < record->fields; i++) {
		acc_text_put(&text, i > 1 ? "," : "");
		acc_text_csv(&text, record->field[i]);
	}
	if (text.failed) {
		acc_error_memory(input->messages);
		acc_text_free(&text);
		return false;
	}
	free(input->shard->columns);
	input->shard->columns = text.bytes;
	return true;
}

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct input *input = context;
	const char *word = record->field[0];
	struct acc_label_kind kind[ACC_LABEL_KINDS];
	size_t at;
	if (input->ended)
		return broken(input, record, "something stands after its end");
	if (word[0] == '#')
		return true;
	for (size_t i = 0; i < ACC_SECTIONS; i++)
		if (!strcmp(word, unit_words[i]))
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
	if (!strcmp(word, "section"))
		return read_section(input, record);
	if (!strcmp(word, "shard"))
		return read_shard(input, record);
	if (!strcmp(word, "columns"))
		return read_columns(input, record);
	if (!strcmp(word, "version") && record->fields == 2 &&
	    strlen(record->field[1]) < sizeof input->shard->version) {
		strcpy(input->shard->version, record->field[1]);
		return true;
	}
	acc_label_kinds(input->patterns, kind);
	for (size_t i = 0; i < ACC_LABEL_KINDS; i++)
		if (!strcmp(word, kind[i].word))
			return read_label(input, record, kind[i].vocabulary);
	return broken(input, record, "a line of an unknown kind");
}

bool
acc_patterns_read(struct acc_patterns *patterns, struct acc_shard *shard,
		  struct acc_csv_stream *stream, const char *file, struct acc_messages *messages)
{
	struct input input = {
	    .patterns = patterns, .shard = shard, .messages = messages, .file = file};
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
