#include "pipeline/command/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct acc_place nowhere;

static void
places_stand_in_front(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	struct acc_place place = {.file = "a b.csv", .line = 12, .column = 3};
	acc_error(&messages, ACC_EXIT_DATA, place, "%d themes", 2);
	place.column = 0;
	acc_error(&messages, ACC_EXIT_IO, place, "one");
	place = (struct acc_place){.file = "-"};
	acc_error(&messages, ACC_EXIT_IO, place, "two");
	acc_error(&messages, ACC_EXIT_USAGE, nowhere, "three");
	acc_note(&messages, nowhere, "four");
	place = (struct acc_place){.file = "\x1b[31m\n", .line = 1, .column = 1};
	acc_note(&messages, place, "five");
	assert_string_equal(messages.text.bytes, "a b.csv:12:3: error: 2 themes\n"
						 "a b.csv:12: error: one\n"
						 "<stdin>: error: two\n"
						 "accord: error: three\n"
						 "accord: note: four\n"
						 "\\x1b[31m\\n:1:1: note: five\n");
	assert_int_equal(messages.code, ACC_EXIT_DATA);
	assert_int_equal(messages.errors, 4);
	assert_int_equal(messages.notes, 2);
	acc_messages_free(&messages);
	assert_int_equal(messages.code, ACC_EXIT_DONE);
}

static void
printed(const struct acc_messages *messages, char *bytes, size_t size)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	acc_messages_print(messages, file);
	rewind(file);
	bytes[fread(bytes, 1, size - 1, file)] = 0;
	fclose(file);
}

static void
twenty_are_shown(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	for (int k = 0; k < 1234; k++)
		acc_error(&messages, ACC_EXIT_DATA, nowhere, "e%d.", k);
	for (int k = 0; k < 21; k++)
		acc_note(&messages, nowhere, "n%d.", k);
	char bytes[4096];
	printed(&messages, bytes, sizeof bytes);
	assert_non_null(strstr(bytes, "e19."));
	assert_null(strstr(bytes, "e20."));
	assert_non_null(strstr(bytes, "n19."));
	assert_null(strstr(bytes, "n20."));
	assert_non_null(strstr(bytes, "accord: ... and 1214 more errors\n"));
	assert_non_null(strstr(bytes, "accord: ... and 1 more note\n"));
	acc_messages_free(&messages);
}

static void
long_messages_are_cut(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	char words[6001];
	for (size_t k = 0; k + 1 < sizeof words; k += 2)
		memcpy(words + k, "é", 3);
	acc_error(&messages, ACC_EXIT_DATA, nowhere, "x%s", words);
	assert_true(messages.text.length < 2200);
	assert_string_equal(messages.text.bytes + messages.text.length - 6, "é...\n");
	acc_messages_free(&messages);
}

/* A text that has failed is what running out of memory leaves behind. */
static void
no_memory_is_said_without_any(void **state)
{
	(void)state;
	struct acc_messages messages = {.text.failed = true};
	acc_error_memory(&messages);
	assert_int_equal(messages.code, ACC_EXIT_LIMIT);
	assert_int_equal(messages.errors, 1);
	assert_null(messages.text.bytes);
	char bytes[256];
	printed(&messages, bytes, sizeof bytes);
	assert_string_equal(bytes, "accord: error: out of memory\n");
	messages = (struct acc_messages){0};
	acc_error_memory(&messages);
	assert_string_equal(messages.text.bytes, "accord: error: out of memory\n");
	acc_messages_free(&messages);
}

static void
hidden_characters_are_shown(void **state)
{
	(void)state;
	assert_string_equal(acc_visible(""), "");
	assert_string_equal(acc_visible("théme 日本 😀 \\ %s"), "théme 日本 😀 \\ %s");
	assert_string_equal(acc_visible("\x01\x1b\x7f\t\r\n"), "\\x01\\x1b\\x7f\\t\\r\\n");
	assert_string_equal(acc_visible("\xff\xc3"), "\\xff\\xc3");
	assert_string_equal(acc_visible("\xc0\x80\xed\xa0\x80"), "\\xc0\\x80\\xed\\xa0\\x80");
	assert_string_equal(acc_visible("\u202egnp\u2066\u200f\ufeff\u200b\u2028"),
			    "\\u202egnp\\u2066\\u200f\\ufeff\\u200b\\u2028");
	assert_string_equal(acc_visible("\xc2\x9b"), "\\u009b");
	char large[1001];
	memset(large, 'x', 1000);
	large[1000] = 0;
	const char *cut = acc_visible(large);
	assert_true(strlen(cut) < 256);
	assert_string_equal(cut + strlen(cut) - strlen("x…"), "x…");
	memset(large, '\n', 1000);
	assert_true(strlen(acc_visible(large)) < 256);
}

static void
several_fit_in_one_message(void **state)
{
	(void)state;
	const char *seen[16];
	char name[2] = "a";
	for (size_t k = 0; k < 16; k++) {
		name[0] = (char)('a' + k);
		seen[k] = acc_visible(name);
	}
	for (size_t k = 0; k < 16; k++)
		assert_int_equal(seen[k][0], (char)('a' + k));
}

static void
nearest_name(void **state)
{
	(void)state;
	const char *const names[] = {"unit", "coder", "theme", "kappa", "participant"};
	assert_string_equal(acc_nearest("kapa", names, 5), "kappa");
	assert_string_equal(acc_nearest("kapap", names, 5), "kappa");
	assert_string_equal(acc_nearest("THEME", names, 5), "theme");
	assert_string_equal(acc_nearest("particpants", names, 5), "participant");
	assert_string_equal(acc_nearest("cdoer", names, 5), "coder");
	assert_null(acc_nearest("zebra", names, 5));
	assert_null(acc_nearest("", names, 5));
	assert_null(acc_nearest("x", names, 0));
	char large[201];
	memset(large, 'x', 200);
	large[200] = 0;
	const char *const larges[] = {large};
	assert_null(acc_nearest(large, larges, 1));
	assert_null(acc_nearest("xxx", larges, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(places_stand_in_front),
	    cmocka_unit_test(twenty_are_shown),
	    cmocka_unit_test(long_messages_are_cut),
	    cmocka_unit_test(no_memory_is_said_without_any),
	    cmocka_unit_test(hidden_characters_are_shown),
	    cmocka_unit_test(several_fit_in_one_message),
	    cmocka_unit_test(nearest_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
