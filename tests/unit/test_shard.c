/* shard: names in one form, a hash that never changes, first lines, files written side by side. */
#include "pipeline/read/nfc.h"
#include "pipeline/read/shard_head.h"
#include "pipeline/write/output_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- NFC ---- */

static void
assert_nfc(const char *text, const char *expected)
{
	char *made = acc_nfc(text, strlen(text));
	assert_non_null(made);
	assert_string_equal(made, expected);
	free(made);
}

static void
test_nfc(void **state)
{
	(void)state;
	assert_nfc("Zoe\xcc\x88", "Zo\xc3\xab");                  /* a letter and a mark */
	assert_nfc("a\xcc\xa3\xcc\x82", "\xe1\xba\xad");          /* two marks */
	assert_nfc("a\xcc\x82\xcc\xa3", "\xe1\xba\xad");          /* in the other order */
	assert_nfc("\xe2\x84\xab", "\xc3\x85");                   /* Angstrom sign */
	assert_nfc("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한"); /* jamo */
	assert_nfc("\xef\xac\x81", "\xef\xac\x81"); /* the ligature fi: another name than fi */
	assert_nfc("Trust", "Trust");
	assert_nfc("\xff\xfe", "\xff\xfe"); /* no UTF-8: left as it is */
}

static size_t
encode(uint32_t c, char *to)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = n; i-- > 1; c >>= 6)
		to[i] = (char)(0x80 | (c & 0x3f));
	to[0] = (char)(n == 1 ? c : lead[n] | c);
	to[n] = 0;
	return n;
}

/* What the quick look lets pass is never changed, whatever stands before it. */
static void
test_nfc_plain(void **state)
{
	(void)state;
	static const char *const before[] = {"a", "\xe3\x82\xab", "\xe1\x84\x92", "\xed\x95\x98"};
	size_t plain = 0;
	for (uint32_t c = 1; c < 0x110000; c++) {
		char text[16];
		if (c >= 0xd800 && c < 0xe000)
			continue;
		encode(c, text);
		if (!acc_nfc_plain(text, strlen(text)))
			continue;
		plain++;
		for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
			char both[32];
			snprintf(both, sizeof both, "%s%s", before[i], text);
			char *made = acc_nfc(both, strlen(both));
			assert_non_null(made);
			if (strcmp(made, both))
				fail_msg("U+%04lX is not plain", (unsigned long)c);
			free(made);
		}
	}
	assert_true(plain > 25000);
	assert_false(acc_nfc_plain("Zoe\xcc\x88", 5));
	assert_true(acc_nfc_plain("a long text without any marks, and \xe2\x80\x99", 38));
	assert_false(acc_nfc_plain("a long text without any marks, e\xcc\x88", 34));
}

static void
test_nfc_record(void **state)
{
	(void)state;
	const char *const field[] = {"1", "Zoe\xcc\x88", "", "joy"};
	const size_t length[] = {1, 5, 0, 3};
	struct acc_csv_record record = {.field = field, .length = length, .fields = 4};
	struct acc_nfc nfc = {0};
	for (int i = 0; i < 2; i++) {
		record.field = field;
		record.length = length;
		assert_true(acc_nfc_record(&nfc, &record));
		assert_string_equal(record.field[1], "Zo\xc3\xab");
		assert_int_equal(record.length[1], 4);
		assert_string_equal(record.field[3], "joy");
		assert_ptr_equal(record.field[0], field[0]);
	}
	acc_nfc_free(&nfc);
}

/* ---- the hash ---- */

/* XXH3 of nothing is 0x2d06800538d394c2, XXH3-128 of nothing 99aa06d3014798d86001c324468d497f
 * (xxHash's own sanity check); the others keep shards made by earlier versions valid. */
static void
test_hash(void **state)
{
	(void)state;
	char text[ACC_DIGEST_TEXT];
	assert_int_equal(acc_unit_shard("", 0, 0, 100000), 0x2d06800538d394c2u % 100000);
	assert_int_equal(acc_unit_shard("", 0, 0, 64), 0x2d06800538d394c2u % 64);
	assert_int_equal(acc_unit_shard("u1", 2, 0, 100000), 10385);
	assert_int_equal(acc_unit_shard("u1", 2, 1, 100000), 85141);
	assert_int_equal(acc_unit_shard("d1\x1fu1", 5, 0, 100000), 83357);
	struct acc_digest *digest = acc_digest_new();
	assert_non_null(digest);
	acc_digest_text(digest, text);
	assert_string_equal(text, "99aa06d3014798d86001c324468d497f");
	acc_digest_add(digest, "u", 1);
	acc_digest_add(digest, "1", 1);
	acc_digest_text(digest, text);
	assert_string_equal(text, "794ce9f2bf410d7d9dc02546854d5df1");
	acc_digest_free(digest);
}

/* ---- first lines ---- */

static void
test_head(void **state)
{
	(void)state;
	struct acc_shard shard = {.index = 63,
				  .parts = 64,
				  .key = ACC_SHARD_DOCUMENT,
				  .seed = UINT64_MAX,
				  .rows = 12345678901u,
				  .study = "0123456789abcdef0123456789abcdef"};
	struct acc_shard again = {0};
	char line[ACC_SHARD_HEAD_MAX], other[ACC_SHARD_HEAD_MAX];
	acc_shard_write_head(&shard, line);
	assert_int_equal(line[strlen(line) - 1], '\n');
	assert_true(acc_shard_read_head(&again, line));
	assert_int_equal(again.index, 63);
	assert_int_equal(again.parts, 64);
	assert_int_equal(again.key, ACC_SHARD_DOCUMENT);
	assert_true(again.seed == UINT64_MAX && again.rows == 12345678901u);
	assert_string_equal(again.study, shard.study);
	assert_string_equal(again.version, ACC_VERSION);
	shard.rows = UINT64_MAX;
	acc_shard_write_head(&shard, other);
	assert_int_equal(strlen(other), strlen(line));
	assert_false(acc_shard_read_head(&again, "# accord shard 64/64, key unit, xxh3_64 seed 0, "
						 "rows 1, study 0, version 1"));
	assert_false(acc_shard_read_head(&again, "# accord shard 0/1, key unit, md5 seed 0, "
						 "rows 1, study 0, version 1"));
	assert_false(acc_shard_read_head(&again, "# accord shard 0/1, key theme, xxh3_64 seed 0, "
						 "rows 1, study 0, version 1"));
}

/* ---- parts ---- */

static char *
slurp(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t length = file ? fread(text, 1, size - 1, file) : 0;
	if (file)
		fclose(file);
	text[length] = 0;
	return file ? text : NULL;
}

static void
test_parts(void **state)
{
	(void)state;
	char folder[] = "/tmp/accord-parts.XXXXXX", a[64], b[64], text[64];
	assert_non_null(mkdtemp(folder));
	snprintf(a, sizeof a, "%s/a", folder);
	snprintf(b, sizeof b, "%s/b", folder);
	char *path[] = {a, b};
	struct acc_messages messages = {0};
	struct acc_parts *parts = acc_parts_new(path, 2, NULL, 0, &messages);
	assert_non_null(parts);
	assert_true(acc_parts_put(parts, 0, "....one", 7));
	assert_true(acc_parts_put(parts, 1, "....two", 7));
	assert_true(acc_parts_head(parts, 0, "1234", 4));
	assert_null(slurp(a, text, sizeof text)); /* nothing has its name yet */
	assert_true(acc_parts_finish(parts));
	acc_parts_free(parts);
	assert_string_equal(slurp(a, text, sizeof text), "1234one");
	assert_string_equal(slurp(b, text, sizeof text), "....two");
	/* Given up: what was there stays. */
	parts = acc_parts_new(path, 2, NULL, 0, &messages);
	assert_non_null(parts);
	assert_true(acc_parts_put(parts, 0, "new", 3));
	acc_parts_free(parts);
	assert_string_equal(slurp(a, text, sizeof text), "1234one");
	/* Never over the input. */
	const char *const input[] = {b};
	assert_null(acc_parts_new(path, 2, input, 1, &messages));
	assert_int_equal(messages.code, ACC_EXIT_USAGE);
	acc_messages_free(&messages);
	assert_int_equal(unlink(a) | unlink(b) | rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nfc),        cmocka_unit_test(test_nfc_plain),
	    cmocka_unit_test(test_nfc_record), cmocka_unit_test(test_hash),
	    cmocka_unit_test(test_head),       cmocka_unit_test(test_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
