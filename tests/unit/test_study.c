/* study.ini: every option that is a key has one place; values come back as they were written. */
#include "pipeline/study/digest.h"
#include "pipeline/study/section.h"
#include "pipeline/study/study_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A key in its section means that option and no other. */
static void
each_key_has_one_place(void **state)
{
	(void)state;
	size_t keys = 0;
	for (size_t i = 0; i < acc_option_count; i++) {
		const char *section = acc_section_of(i);
		if (!acc_section_key(i))
			continue;
		keys++;
		assert_int_equal(
		    acc_section_option(section, acc_stage_find(section), acc_options[i].name), i);
	}
	assert_true(keys > 30);
}

static char name[] = "/tmp/accord-test-study.XXXXXX";

static void
write_file(const char *bytes)
{
	FILE *file = fopen(name, "wb");
	assert_non_null(file);
	assert_true(fputs(bytes, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* The value of the only key in a file. */
static void
read_back(const char *expected, const char *bytes)
{
	struct acc_study_file file = {0};
	struct acc_messages messages = {0};
	write_file(bytes);
	bool good = acc_study_file_read(&file, name, &messages);
	if (!good)
		fail_msg("%s\n%s", messages.text.bytes, bytes);
	assert_int_equal(file.settings, 1);
	assert_string_equal(file.setting[0].value, expected);
	assert_int_equal(file.setting[0].line, 3);
	acc_study_file_free(&file);
	acc_messages_free(&messages);
}

/* xorshift64 (Marsaglia 2003). */
static uint64_t
below(uint64_t *random, uint64_t count)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	*random ^= *random << 17;
	return *random % count;
}

/* Any text without control characters, of any length, in quotes. */
static void
values_come_back(void **state)
{
	(void)state;
	static const char *const piece[] = {
	    "a", " ",  "  ", ";", " ;", "#",  "\"",           "=", ":", "[",
	    "]", "\\", ",",  "é", "字", "\t", "longer words", "%s"};
	uint64_t random = 1;
	for (int round = 0; round < 400; round++) {
		char value[4096] = "", line[8400] = "; x\n [input]\n\tunit = \"";
		int pieces = (int)(below(&random, round < 200 ? 12 : 260));
		for (int p = 0; p < pieces; p++)
			strcat(value, piece[below(&random, 18)]);
		char *to = line + strlen(line);
		for (const char *c = value; *c; c++) {
			if (*c == '"')
				*to++ = '"';
			*to++ = *c;
		}
		strcpy(to, "\"   ; a comment\n");
		read_back(value, line);
	}
}

static void
digests_are_known(void **state)
{
	(void)state;
	struct acc_digest digest;
	write_file("abc"); /* FIPS 180-2, B.1 */
	assert_true(acc_digest_file(&digest, name));
	assert_string_equal(digest.hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(digest.bytes, 3);
	write_file("");
	assert_true(acc_digest_file(&digest, name));
	assert_string_equal(digest.hex,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_false(acc_digest_file(&digest, "/nonexistent/file"));
	assert_false(acc_digest_file(&digest, "/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_key_has_one_place),
	    cmocka_unit_test(values_come_back),
	    cmocka_unit_test(digests_are_known),
	};
	int fd = mkstemp(name);
	if (fd < 0)
		return 1;
	close(fd);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(name);
	return failed;
}
