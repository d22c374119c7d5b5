/* The reader on odd files: tests/odd_csv/README.md says what is there and where it comes from. */
#include "pipeline/read/csv.h"
#include "plots/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- reading into one text: fields end with the symbol for a unit, records with that for one ----
 */

struct seen {
	struct acc_text text;
	uint64_t records, stop_after;
	uint64_t line, last_column; /* of the last record */
};

static bool
on_record(void *context, const struct acc_csv_record *record)
{
	struct seen *seen = context;
	for (size_t k = 0; k < record->fields; k++) {
		assert_int_equal(strlen(record->field[k]), record->length[k]);
		acc_text_put(&seen->text, k ? "␟" : seen->records ? "␞" : "");
		acc_text_put(&seen->text, record->field[k]);
	}
	seen->records++;
	seen->line = record->line;
	seen->last_column = acc_csv_place(record, NULL, record->fields - 1).column;
	return seen->records != seen->stop_after;
}

/* A file of these bytes; its name is in a static buffer until the next call. */
static const char *
file_of(const char *bytes, size_t length)
{
	static char path[] = "/tmp/accord-test-csv-XXXXXX";
	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), (ssize_t)length);
	close(fd);
	return path;
}

struct result {
	bool good;
	struct seen seen;
	struct acc_messages messages;
};

static struct result
read_bytes(const char *bytes, size_t length, struct acc_csv_options options)
{
	struct result result = {0};
	const char *path = file_of(bytes, length);
	result.good = acc_csv_read(path, &options, on_record, &result.seen, &result.messages);
	assert_int_equal(result.good, result.messages.errors == 0);
	assert_int_equal(result.good, result.messages.code == ACC_EXIT_DONE);
	unlink(path);
	return result;
}

static struct result
read_string(const char *string)
{
	return read_bytes(string, strlen(string), (struct acc_csv_options){0});
}

static void
result_free(struct result *result)
{
	acc_text_free(&result->seen.text);
	acc_messages_free(&result->messages);
}

static void
expect_text(const char *input, const char *text)
{
	struct result result = read_string(input);
	assert_true(result.good);
	assert_string_equal(result.seen.text.bytes, text);
	result_free(&result);
}

/* Refused, with a message that contains `words` (place and text). */
static void
expect_error_bytes(const char *input, size_t length, enum acc_exit code, const char *words)
{
	struct result result = read_bytes(input, length, (struct acc_csv_options){0});
	assert_int_equal(result.messages.code, code);
	assert_non_null(result.messages.text.bytes);
	if (!strstr(result.messages.text.bytes, words))
		fail_msg("expected \"%s\" in: %s", words, result.messages.text.bytes);
	result_free(&result);
}

static void
expect_error(const char *input, const char *words)
{
	expect_error_bytes(input, strlen(input), ACC_EXIT_DATA, words);
}

/* ---- the files and cases of tests/odd_csv ---- */

/* Undo \n \r \t \\ and \xNN. Returns the length; the result may hold zeros. */
static size_t
unescape(const char *from, char *to)
{
	size_t length = 0;
	for (; *from; from++) {
		char c = *from;
		if (c == '\\') {
			c = *++from;
			c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
			if (c == 'x') {
				char digits[3] = {from[1], from[2], 0};
				c = (char)strtol(digits, NULL, 16);
				from += 2;
			}
		}
		to[length++] = c;
	}
	to[length] = 0;
	return length;
}

static unsigned cases;

/* case,source,input,result,deviation; the result is empty for what must be refused. */
static bool
on_case(void *context, const struct acc_csv_record *record)
{
	(void)context;
	if (!cases++)
		return true;
	char input[4096], wanted[4096];
	assert_true(record->length[2] < sizeof input && record->length[3] < sizeof wanted);
	size_t length = unescape(record->field[2], input);
	unescape(record->field[3], wanted);
	struct acc_csv_options options = {.separator = ',', .ragged = true, .headerless_ok = true};
	struct result result = read_bytes(input, length, options);
	const char *text = result.seen.text.bytes ? result.seen.text.bytes : "";
	bool refused = !strcmp(wanted, "refused");
	if (result.good == refused || (!refused && strcmp(text, wanted)))
		fail_msg("case %s: got %s \"%s\", wanted \"%s\"", record->field[0],
			 result.good ? "rows" : "refusal", text, wanted);
	result_free(&result);
	return true;
}

static void
known_answers_of_other_readers(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	struct acc_csv_options options = {.separator = ','};
	cases = 0;
	assert_true(acc_csv_read("tests/odd_csv/cases.csv", &options, on_case, NULL, &messages));
	assert_int_equal(cases, 64);
}

/* file,records,errors,message: the records delivered, the errors said, how the first begins. */
static bool
on_file(void *context, const struct acc_csv_record *record)
{
	(void)context;
	if (!cases++)
		return true;
	char path[256];
	snprintf(path, sizeof path, "tests/odd_csv/own/%s", record->field[0]);
	struct result result = {0};
	struct acc_csv_options options = {0};
	result.good = acc_csv_read(path, &options, on_record, &result.seen, &result.messages);
	const char *said = result.messages.text.bytes ? result.messages.text.bytes : "";
	const char *wanted = record->field[3];
	if (result.seen.records != strtoull(record->field[1], NULL, 10) ||
	    result.messages.errors != strtoull(record->field[2], NULL, 10))
		fail_msg("%s: %d records, %d errors: %s", path, (int)result.seen.records,
			 (int)result.messages.errors, said);
	if (strncmp(said, "tests/odd_csv/own/", *said ? 18 : 0) ||
	    strncmp(said + (*said ? 18 : 0), wanted, strlen(wanted)))
		fail_msg("%s said: %s", path, said);
	result_free(&result);
	return true;
}

static void
every_odd_file(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	struct acc_csv_options options = {.separator = ','};
	cases = 0;
	assert_true(acc_csv_read("tests/odd_csv/own.csv", &options, on_file, NULL, &messages));
	assert_int_equal(cases, 89);
}

/* ---- places ---- */

static void
lines_are_those_of_the_file(void **state)
{
	(void)state;
	struct result result = read_string("\n\r\n\ra,b\r\n \t \n\"x\r\ny\nz\rw\",\"é\"\"€\"\n1,2");
	assert_true(result.good);
	assert_int_equal(result.seen.records, 3);
	assert_int_equal(result.seen.line, 10);
	result_free(&result);
	expect_error("a,b\r\n\r\n\"1\r\n2\",\xff\n", ":4:4: error: byte 0xFF");
	expect_error("a,b\n\n\n1,2,3\n", ":4:5: error: this line has 3 fields, the header has 2");
	expect_error("a,b\r1,2\r1\r", ":3:1: error: this line has 1 field, the header has 2");
}

static void
columns_count_characters(void **state)
{
	(void)state;
	struct result result = read_string("\xef\xbb\xbf"
					   "ä,€,\xf0\x9f\x98\x80,d\né,\"x\",ü,  y\n");
	assert_true(result.good);
	assert_int_equal(result.seen.last_column, 9);
	result_free(&result);
	expect_error("a,b\né€,\xf0\x9f\x98\x80\x80", ":2:5: error: byte 0x80");
	expect_error("a,b\né,x\"y\"\n", ":2:4: error: a quote inside a field");
	expect_error("a,b\n\"é\"x,2\n", ":2:4: error: text after a closing quote");
}

static void
an_open_quote_is_told_where_it_opened(void **state)
{
	(void)state;
	expect_error("a,b\n1,2\n3, \"4\n5,6\n", ":3:4: error: the quote that opens here never");
	expect_error("a,b\n1,\"2\n3,4\n5,\"6\"\n", ":2:3: error: the quote that opens here closes "
						   "on line 4, column 4");
	expect_error("a,b\n1,\"", ":2:3: error: the quote that opens here never closes");
}

static void
ragged_lines_are_all_told(void **state)
{
	(void)state;
	struct result result = read_string("a,b\n1\n1,2\n1,2,\n3,4\n1,2,3\n");
	assert_false(result.good);
	assert_int_equal(result.messages.errors, 3);
	assert_int_equal(result.seen.records, 3);
	assert_string_equal(result.seen.text.bytes, "a␟b␞1␟2␞3␟4");
	assert_non_null(strstr(result.messages.text.bytes, "remove the separator at its end"));
	result_free(&result);
}

/* ---- bytes ---- */

static void
encodings_are_named(void **state)
{
	(void)state;
	expect_error("a\n\xe9,", "looks like Windows-1252");
	expect_error("a\n\x80", "byte 0x80");
	expect_error("a\n\xe0\x80\x80", "(an overlong form)");
	expect_error("a\n\xf0\x8f\xbf\xbf", "(an overlong form)");
	expect_error("a\n\xed\xa0\x80", "(half a surrogate pair)");
	expect_error("a\n\xf4\x90\x80\x80", "(beyond U+10FFFF)");
	expect_error("a\n\xf5\x80\x80\x80", "byte 0xF5");
	expect_error("a\nx\xe2\x82", ":2:2: error: the file ends inside a UTF-8 character");
	expect_error("a\n\xe2\x82,", ":2:1: error: byte 0xE2");
	expect_error_bytes("a\nb\0c", 5, ACC_EXIT_DATA, ":2:2: error: a NUL byte");
	expect_error("a\nb\x1a", ":2:2: error: Ctrl-Z");
	expect_error_bytes("\xff\xfe\0\0", 4, ACC_EXIT_DATA, "UTF-32");
	expect_error("\xff\xfe"
		     "a",
		     "UTF-16");
	expect_text("a\n\xf4\x8f\xbf\xbf\n", "a␞\xf4\x8f\xbf\xbf");
	expect_text("a\n\xed\x9f\xbf\xee\x80\x80\n", "a␞\xed\x9f\xbf\xee\x80\x80");
}

static void
no_file_is_empty_by_accident(void **state)
{
	(void)state;
	expect_error("", ": error: empty input");
	expect_error("\xef\xbb\xbf", ": error: empty input");
	expect_error(" \n\t\r\n", ": error: empty input");
	expect_error("a,b\n\n", ": error: no data rows");
	expect_error("a,,b,a\n1,2,3,4\n", ":1:3: error: column 2 of the header has no name");
	expect_error("a,,b,a\n1,2,3,4\n", ":1:6: error: columns 1 and 4 are both named \"a\"");
	struct acc_csv_options lenient = {.headerless_ok = true};
	struct result result = read_bytes("", 0, lenient);
	assert_true(result.good);
	result_free(&result);
}

/* ---- separators, comments, sections ---- */

static void
separators_are_found(void **state)
{
	(void)state;
	expect_text("a;b\n1,5;2\n", "a␟b␞1,5␟2");
	expect_text("a\tb\n\t2\n", "a␟b␞␟2");
	expect_text("a|b\n1|2\n", "a␟b␞1␟2");
	expect_text("\"a,b,c\";d\n1;2\n", "a,b,c␟d␞1␟2");
	expect_text("a\n1\n", "a␞1");
	expect_text("sep=;\r\na,b;c\r\n1;2\r\n", "a,b␟c␞1␟2");
	expect_text("\xef\xbb\xbfSEP=\t\na\tb\n1\t2\n", "a␟b␞1␟2");
	expect_text("\"sep=|\"\na|b\n1|2\n", "a␟b␞1␟2");
	expect_text("sep=x\n1\n", "sep=x␞1");
	expect_error("sep=;\na;b\n1\n", ":3:1: error: this line has 1 field");
}

static void
comments_and_sections(void **state)
{
	(void)state;
	struct acc_csv_options comments = {.comments = true};
	const char *input = "# one, \"two\n\n# three; four; five\na,b\n#1,2\n";
	struct result result = read_bytes(input, strlen(input), comments);
	assert_true(result.good);
	assert_string_equal(result.seen.text.bytes, "a␟b␞#1␟2");
	assert_int_equal(result.seen.line, 5);
	result_free(&result);
	struct acc_csv_options sections = {.ragged = true, .separator = ','};
	input = "x\n1,2\n,,\n";
	result = read_bytes(input, strlen(input), sections);
	assert_true(result.good);
	assert_string_equal(result.seen.text.bytes, "x␞1␟2␞␟␟");
	result_free(&result);
}

static void
a_callback_stops(void **state)
{
	(void)state;
	const char *path = file_of("a\n1\n\xff\n", 6);
	struct seen seen = {.stop_after = 2};
	struct acc_messages messages = {0};
	struct acc_csv_options options = {0};
	assert_false(acc_csv_read(path, &options, on_record, &seen, &messages));
	assert_int_equal(seen.records, 2);
	assert_int_equal(messages.errors, 0);
	acc_text_free(&seen.text);
	unlink(path);
}

static void
the_first_bytes_are_not_lost(void **state)
{
	(void)state;
	const char *path = file_of("a,b\n1,2\n", 8);
	struct acc_messages messages = {0};
	struct acc_csv_options options = {0};
	struct seen seen = {0};
	char head[4];
	size_t length;
	struct acc_csv_stream *stream = acc_csv_open(path, head, sizeof head, &length, &messages);
	assert_non_null(stream);
	assert_int_equal(length, 4);
	assert_memory_equal(head, "a,b\n", 4);
	assert_true(acc_csv_read_stream(stream, &options, on_record, &seen, &messages));
	assert_string_equal(seen.text.bytes, "a␟b␞1␟2");
	acc_text_free(&seen.text);
	stream = acc_csv_open(path, head, sizeof head, &length, &messages);
	acc_csv_close(stream);
	unlink(path);
}

static void
what_cannot_be_read(void **state)
{
	(void)state;
	const char *paths[] = {"/", "tests/odd_csv/no such file"};
	const char *words[] = {"/: error: cannot read: Is a directory",
			       "tests/odd_csv/no such file: error: cannot open: No such file"};
	for (size_t k = 0; k < 2; k++) {
		struct acc_messages messages = {0};
		struct acc_csv_options options = {0};
		struct seen seen = {0};
		assert_false(acc_csv_read(paths[k], &options, on_record, &seen, &messages));
		assert_int_equal(messages.code, ACC_EXIT_IO);
		assert_non_null(strstr(messages.text.bytes, words[k]));
		acc_messages_free(&messages);
	}
}

/* ---- sizes ---- */

/* head, then `unit` until there are `length` bytes. */
static char *
filled(const char *head, const char *unit, size_t length)
{
	char *bytes = malloc(length + 1);
	assert_non_null(bytes);
	size_t at = strlen(head), step = strlen(unit);
	memcpy(bytes, head, at);
	for (; at < length; at++)
		bytes[at] = unit[(at - strlen(head)) % step];
	bytes[length] = 0;
	return bytes;
}

static void
limits_are_told(void **state)
{
	(void)state;
	char wide[501] = "";
	memset(wide, '1', 499);
	wide[499] = ',';
	const struct {
		const char *head, *unit, *words;
	} large[] = {
	    {"a,b\n1,", "x", ":2:3: error: this field is longer than 1048576 bytes\n"},
	    {"a,b\n1,\"", "2,3\n",
	     ":2:3: error: this field is longer than 1048576 bytes; is its "
	     "closing quote missing?"},
	    {"a,b\n", ",", ":2:10001: error: more than 10000 fields in one record"},
	    {"a,b\n\n", wide, ":3:1: error: this record is longer than 4194304 bytes"},
	};
	for (size_t k = 0; k < sizeof large / sizeof *large; k++) {
		char *bytes = filled(large[k].head, large[k].unit, 5000000);
		expect_error_bytes(bytes, 5000000, ACC_EXIT_LIMIT, large[k].words);
		free(bytes);
	}
}

/* What stands on both sides of a chunk's end must read as elsewhere: move it over the border. */
static void
chunks_do_not_show(void **state)
{
	(void)state;
	const char *tail = "\",\"\"\"é€\xf0\x9f\x98\x80\r\n\"\"\"\r\n x ,y \r\r\n1,2";
	for (size_t shift = 0; shift < 40; shift++) {
		size_t length = ACC_CSV_CHUNK - shift;
		char *bytes = filled("a,b\n\"", "0", length);
		char *whole = realloc(bytes, length + strlen(tail) + 1);
		assert_non_null(whole);
		strcpy(whole + length, tail);
		struct result result =
		    read_bytes(whole, strlen(whole), (struct acc_csv_options){0});
		assert_true(result.good);
		assert_int_equal(result.seen.records, 4);
		assert_int_equal(result.seen.line, 6);
		assert_string_equal(result.seen.text.bytes + strlen("a␟b␞") + length - 5,
				    "␟\"é€\xf0\x9f\x98\x80\r\n\"␞x␟y␞1␟2");
		result_free(&result);
		free(whole);
	}
}

static void
blank_lines_cost_nothing(void **state)
{
	(void)state;
	char *bytes = filled("a,b\n1,2\n", "\n", 4000000);
	memcpy(bytes + 4000000 - 4, "1,2,", 4);
	clock_t begin = clock();
	expect_error(bytes, ":3999991:5: error: this line has 3 fields");
	assert_true(clock() - begin < 2 * CLOCKS_PER_SEC);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_answers_of_other_readers),
	    cmocka_unit_test(every_odd_file),
	    cmocka_unit_test(lines_are_those_of_the_file),
	    cmocka_unit_test(columns_count_characters),
	    cmocka_unit_test(an_open_quote_is_told_where_it_opened),
	    cmocka_unit_test(ragged_lines_are_all_told),
	    cmocka_unit_test(encodings_are_named),
	    cmocka_unit_test(no_file_is_empty_by_accident),
	    cmocka_unit_test(separators_are_found),
	    cmocka_unit_test(comments_and_sections),
	    cmocka_unit_test(a_callback_stops),
	    cmocka_unit_test(the_first_bytes_are_not_lost),
	    cmocka_unit_test(what_cannot_be_read),
	    cmocka_unit_test(limits_are_told),
	    cmocka_unit_test(chunks_do_not_show),
	    cmocka_unit_test(blank_lines_cost_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
