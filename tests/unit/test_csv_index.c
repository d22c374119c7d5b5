/* The quick way of the CSV reader against libcsv, on bytes drawn at random.
 *
 *   build/release/tests/unit/test_csv_index [ROUNDS [SEED]]     a longer run than the usual one */
#include "pipeline/read/csv.h"
#include "pipeline/read/csv_index.h"
#include "plots/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>

#include <cmocka.h>

static unsigned long rounds = 2500;
static uint64_t state = 20240607;

static uint32_t
below(uint32_t count)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % count);
}

/* ---- bytes ---- */

enum { SOUP_MAX = 3 * ACC_CSV_CHUNK };
static unsigned char soup[SOUP_MAX + ACC_CSV_PADDING];
static size_t soup_length;

static void
put(const char *piece)
{
	size_t length = *piece ? strlen(piece) : 1; /* "" is a NUL */
	if (soup_length + length <= SOUP_MAX) {
		memcpy(soup + soup_length, piece, length);
		soup_length += length;
	}
}

/* Pieces of text; `wild` is how often, of 1000, what is hardly ever right. */
static void
put_field(uint32_t wild, uint32_t quoted)
{
	static const char *const usual[] = {"a",   "bc",  "unit-17", "é",  "€", "\xf0\x9f\x98\x80",
					    "1.5", "x y", " ",       "\t", ""};
	static const char *const inside[] = {"\"\"", ",", "\n", "\r\n", "\r", ";", " "};
	static const char *const odd[] = {"\"",
					  "",
					  "\x1a",
					  "\xff",
					  "\xc3",
					  "\xe2\x82",
					  "\xef\xbb\xbf",
					  "\x80",
					  "\"\"",
					  " \"",
					  "\" ",
					  "\x01",
					  "\x7f",
					  "\xed\xa0\x80",
					  "\xf4\x90\x80\x80",
					  "\xe0\x80\x80",
					  "\xf0\x80\x80\x80"};
	bool quotes = below(100) < quoted;
	if (quotes)
		put("\"");
	for (uint32_t k = below(4); k; k--) {
		const char *piece = usual[below(10)];
		put(quotes && below(3) == 0 ? inside[below(7)] : piece);
		if (below(1000) < wild)
			put(odd[below(17)]);
	}
	if (quotes)
		put("\"");
}

static void
put_record(uint32_t fields, uint32_t wild, uint32_t quoted, const char *line_end)
{
	for (uint32_t k = 0; k < fields; k++) {
		put(k ? "," : "");
		if (!k)
			soup_length--; /* "" put a NUL */
		put_field(wild, quoted);
	}
	put(below(1000) < wild ? "\r" : line_end);
	if (below(20) == 0)
		put(below(2) ? line_end : " \n");
}

/* Write something over where a block of 64 begins, counted from the first record. */
static void
spoil(size_t first)
{
	static const char *const over[] = {",\"a\"b,", ",a\"b\",",     ",\"\"a\",", ",\"a\" ,",
					   ", \"a\",", ",\"a\"\"b\",", "\n\"a\"\n", ",\"\"\"\",",
					   ",a\"\"b,", "\r\n\"a\"",    "\"\r\n\"",  "a\x80",
					   "\xc3,",    "\xed\xa0\x80", "\""};
	const char *piece = over[below(15)];
	size_t length = strlen(piece), blocks = (soup_length - first) / 64;
	size_t at = first + 64 * (1 + below((uint32_t)blocks)) - below((uint32_t)length + 1);
	if (at + length < soup_length)
		memcpy(soup + at, piece, length);
}

/* A file of about so many bytes. */
static void
cook(size_t length, uint32_t wild)
{
	static const char *const line_ends[] = {"\n", "\r\n", "\r"};
	const char *line_end = line_ends[below(3)];
	uint32_t fields = 1 + below(5), quoted = below(3) * 45;
	soup_length = 0;
	for (uint32_t k = 0; k < fields; k++) {
		char name[24];
		snprintf(name, sizeof name, "%sh%u", k ? "," : "", k);
		put(name);
	}
	put(line_end);
	size_t first = soup_length;
	while (soup_length < length)
		put_record(below(1000) < wild ? 1 + below(6) : fields, wild, quoted, line_end);
	if (below(4) == 0)
		soup_length -= below(3);
	if (wild && soup_length > first + 64 && below(2))
		spoil(first);
}

/* ---- the two readers ---- */

static bool
on_record(void *context, const struct acc_csv_record *record)
{
	struct acc_text *text = context;
	for (size_t k = 0; k < record->fields; k++) {
		struct acc_place place = acc_csv_place(record, "", k);
		assert_int_equal(strlen(record->field[k]), record->length[k]);
		acc_text_printf(text, "%llu:%llu[", (unsigned long long)place.line,
				(unsigned long long)place.column);
		acc_text_put(text, record->field[k]);
		acc_text_put(text, "]");
	}
	acc_text_printf(text, "%llu\n", (unsigned long long)record->line);
	return true;
}

/* Everything a reading says, as one text. */
static struct acc_text
read_soup(struct acc_csv_options options, bool careful)
{
	char path[] = "/tmp/accord-test-index-XXXXXX";
	struct acc_text text = {0};
	struct acc_messages messages = {0};
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, soup, soup_length), (ssize_t)soup_length);
	close(fd);
	options.careful = careful;
	bool good = acc_csv_read(path, &options, on_record, &text, &messages);
	unlink(path);
	for (char *at = messages.text.bytes; at && (at = strstr(at, path)); at++)
		memset(at, '-', strlen(path));
	acc_text_printf(&text, "%d %d %d\n", good, (int)messages.errors, (int)messages.code);
	acc_text_put(&text, messages.text.bytes ? messages.text.bytes : "");
	acc_messages_free(&messages);
	return text;
}

static void
compare_readers(struct acc_csv_options options)
{
	struct acc_text quick = read_soup(options, false), careful = read_soup(options, true);
	if (strcmp(quick.bytes, careful.bytes)) {
		size_t at = 0;
		while (quick.bytes[at] == careful.bytes[at])
			at++;
		at = at > 60 ? at - 60 : 0;
		FILE *file = fopen("/tmp/accord-test-index.csv", "wb");
		if (file)
			fwrite(soup, 1, soup_length, file), fclose(file);
		fail_msg("/tmp/accord-test-index.csv\nquick:   %.200s\ncareful: %.200s",
			 quick.bytes + at, careful.bytes + at);
	}
	acc_text_free(&quick);
	acc_text_free(&careful);
}

static void
quick_reads_as_libcsv(void **unused)
{
	(void)unused;
	for (unsigned long k = 0; k < rounds; k++) {
		struct acc_csv_options options = {.separator = ',',
						  .ragged = below(2),
						  .headerless_ok = below(2),
						  .no_header = below(2)};
		cook(1 + below(below(8) ? 300 : 3000), below(3) ? below(4) : 20);
		compare_readers(options);
	}
}

static void
chunk_borders_do_not_show(void **unused)
{
	(void)unused;
	struct acc_csv_options options = {.separator = ','};
	for (unsigned long k = 0; k < rounds / 200; k++) {
		cook(ACC_CSV_CHUNK - 2000 + below(ACC_CSV_CHUNK + 4000), below(3) ? 0 : 1);
		compare_readers(options);
	}
}

/* A record that no chunk holds, among others. */
static void
long_records_are_read(void **unused)
{
	(void)unused;
	struct acc_csv_options options = {.separator = ','};
	for (unsigned long k = 0; k < 6; k++) {
		cook(500, 0);
		for (uint32_t n = ACC_CSV_CHUNK / 5 + below(20000); n; n--)
			put(k % 2 ? "a, \"" : "\"b\n\"");
		put("\n1,2\n");
		compare_readers(options);
	}
}

/* ---- the index alone ---- */

static bool
same_index(const struct acc_csv_index *a, const struct acc_csv_index *b)
{
	return a->ends == b->ends && a->inners == b->inners && a->stop == b->stop &&
	       a->stumbled == b->stumbled && !memcmp(a->end, b->end, a->ends * sizeof *a->end) &&
	       !memcmp(a->inner, b->inner, a->inners * sizeof *a->inner);
}

static void
words_index_as_vectors(void **unused)
{
	(void)unused;
	struct acc_csv_index bytes, words;
	assert_true(acc_csv_index_begin(&bytes) && acc_csv_index_begin(&words));
	for (unsigned long k = 0; k < rounds; k++) {
		cook(below(2000), below(3));
		for (uint32_t n = below(40); n; n--) /* and what is no text at all */
			soup[soup_length - n % (soup_length < 30 ? 1 : 30) - 1] =
			    (unsigned char)below(below(2) ? 256 : 40);
		soup_length = soup_length < 2500 ? soup_length : 2500;
		char separator = ",;\t|"[below(4)];
		acc_csv_index_bytes(&bytes, soup, soup_length, separator);
		acc_csv_index_words(&words, soup, soup_length, separator);
		assert_true(same_index(&bytes, &words));
	}
	acc_csv_index_free(&bytes);
	acc_csv_index_free(&words);
}

/* ---- libcsv by itself ---- */

struct cells {
	struct acc_text text;
	bool any;
};

static void
on_field(void *bytes, size_t length, void *context)
{
	struct cells *cells = context;
	acc_text_put(&cells->text, cells->any ? "|" : "");
	acc_text_printf(&cells->text, "%.*s", (int)length, length ? (const char *)bytes : "");
	cells->any = true;
}

static void
on_row(int end, void *context)
{
	struct cells *cells = context;
	(void)end;
	acc_text_put(&cells->text, "\n");
	cells->any = false;
}

static bool
on_cells(void *context, const struct acc_csv_record *record)
{
	struct cells *cells = context;
	for (size_t k = 0; k < record->fields; k++)
		on_field((void *)(uintptr_t)record->field[k], record->length[k], cells);
	on_row(0, cells);
	return true;
}

/* What is accepted is what libcsv reads. */
static void
records_are_those_of_libcsv(void **unused)
{
	(void)unused;
	struct acc_csv_options options = {.separator = ',', .ragged = true, .headerless_ok = true};
	unsigned long accepted = 0;
	for (unsigned long k = 0; k < rounds / 2; k++) {
		char path[] = "/tmp/accord-test-index-XXXXXX";
		struct acc_messages messages = {0};
		struct cells ours = {0}, theirs = {0};
		struct csv_parser parser;
		cook(1 + below(400), below(3) ? 0 : 5);
		int fd = mkstemp(path);
		assert_true(fd >= 0 && write(fd, soup, soup_length) == (ssize_t)soup_length);
		close(fd);
		if (acc_csv_read(path, &options, on_cells, &ours, &messages)) {
			csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
			assert_int_equal(
			    csv_parse(&parser, soup, soup_length, on_field, on_row, &theirs),
			    soup_length);
			assert_int_equal(csv_fini(&parser, on_field, on_row, &theirs), 0);
			csv_free(&parser);
			assert_string_equal(ours.text.bytes, theirs.text.bytes);
			accepted++;
		}
		unlink(path);
		acc_messages_free(&messages);
		acc_text_free(&ours.text);
		acc_text_free(&theirs.text);
	}
	assert_true(accepted > rounds / 5);
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		rounds = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		state = strtoull(argv[2], NULL, 10);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(quick_reads_as_libcsv),
	    cmocka_unit_test(chunk_borders_do_not_show),
	    cmocka_unit_test(long_records_are_read),
	    cmocka_unit_test(words_index_as_vectors),
	    cmocka_unit_test(records_are_those_of_libcsv),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
