/* pipeline/report: numbers as APA has them, escapes, digests, and sources for all that is
 * registered. */
#include "pipeline/report/encode.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "pipeline/report/report.h"
#include "stats/coefficient.h"
#include "stats/measure.h"
#include "stats/method.h"
#include "stats/pair_test.h"
#include "stats/sets.h"
#include "stats/weights.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- numbers ---- */

#define MINUS "\xe2\x88\x92"
#define DASH  "\xe2\x80\x94"

static void
numbers_are_in_apa_style(void **state)
{
	(void)state;
	static const struct {
		const char *digits;
		enum acc_cell_kind kind;
		const char *people;
	} cases[] = {
	    {"0.6910055922056183", ACC_CELL_BOUNDED, ".69"},
	    {"-0.0618", ACC_CELL_BOUNDED, MINUS ".06"},
	    {"-0.001", ACC_CELL_BOUNDED, ".00"},
	    {"1", ACC_CELL_BOUNDED, "1.00"},
	    {"-1", ACC_CELL_BOUNDED, MINUS "1.00"},
	    {"0.9951", ACC_CELL_BOUNDED, ".995"},
	    {"0.99996", ACC_CELL_BOUNDED, "1.00"},
	    {"0.0034", ACC_CELL_ERROR, ".003"},
	    {"0.00099", ACC_CELL_P, "< .001"},
	    {"0.001", ACC_CELL_P, ".001"},
	    {"0.0436", ACC_CELL_P, ".044"},
	    {"0.9996", ACC_CELL_P, "> .999"},
	    {"1", ACC_CELL_P, "1.000"},
	    {"0.0436", ACC_CELL_P_SAID, "= .044"},
	    {"1e-9", ACC_CELL_P_SAID, "< .001"},
	    {"8.61328125", ACC_CELL_NUMBER, "8.61"},
	    {"-0.5", ACC_CELL_NUMBER, MINUS "0.50"},
	    {"12345.6", ACC_CELL_NUMBER, "12346"},
	    {"2", ACC_CELL_DEGREES, "2"},
	    {"4.2349", ACC_CELL_DEGREES, "4.23"},
	    {"9099", ACC_CELL_COUNT, "9099"},
	    {"0.178", ACC_CELL_PERCENT, "17.8%"},
	    {"", ACC_CELL_BOUNDED, DASH},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct acc_text text = {0};
		acc_number_people(&text, cases[i].digits, cases[i].kind);
		assert_string_equal(text.bytes, cases[i].people);
		acc_text_free(&text);
	}
}

static void
cells_hold_intervals(void **state)
{
	(void)state;
	static const struct {
		struct acc_cell cell;
		const char *people;
	} cases[] = {
	    {{.kind = ACC_CELL_BOUNDED, .parts = 3, .text = {".5", "-0.25", "1"}},
	     ".50 [" MINUS ".25, 1.00]"},
	    {{.kind = ACC_CELL_BOUNDED, .parts = 3, .text = {".5", "", ""}}, ".50"},
	    {{.kind = ACC_CELL_BOUNDED, .parts = 3, .text = {"", "", ""}}, DASH},
	    {{.kind = ACC_CELL_BOUNDED, .parts = 2, .text = {".25", ".75"}}, "[.25, .75]"},
	    {{.kind = ACC_CELL_PERCENT, .parts = 3, .text = {".5", ".25", ".75"}},
	     "50.0% [25.0, 75.0]"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct acc_text text = {0};
		acc_cell_people(&text, &cases[i].cell);
		assert_string_equal(text.bytes, cases[i].people);
		acc_text_free(&text);
	}
}

/* ---- escapes ---- */

static void
escapes(void (*escape)(struct acc_text *, const char *), const char *string, const char *expected)
{
	struct acc_text text = {0};
	escape(&text, string);
	assert_string_equal(text.bytes, expected);
	acc_text_free(&text);
}

static void
names_are_escaped(void **state)
{
	(void)state;
	escapes(acc_escape_html, "<a href=\"x\">&amp;</a>\r\n'",
		"&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;&#13;\n'");
	escapes(acc_escape_json, "\"\\\x01\n\xc3\xa9", "\"\\\"\\\\\\u0001\\u000a\xc3\xa9\"");
	escapes(acc_escape_markdown, "a|b *c* [d](e)\n# f", "a\\|b \\*c\\* \\[d\\](e)&#10;\\# f");
	escapes(acc_escape_markdown, "- x", "\\- x");
	escapes(acc_escape_markdown, "12. x", "12\\. x");
	escapes(acc_escape_markdown, " a  b ", "&#32;a &#32;b&#32;");
	escapes(acc_escape_markdown, "see https://x.y", "see https\\://x.y");
	escapes(acc_escape_markdown, "self-care, e.g. 3.5", "self-care, e.g. 3.5");
	escapes(acc_escape_latex, "50% & $x_1$ {\\a} ~^#",
		"50\\% \\& \\$x\\_1\\$ \\{\\textbackslash{}a\\} "
		"\\textasciitilde{}\\textasciicircum{}\\#");
	escapes(acc_escape_latex, "[a]* -- ,,", "{[}a]* -{}- ,{},{}");
	escapes(acc_escape_latex, "\xf0\x9f\x98\x80\x1b", "\\accordchar{1F600}\\accordchar{001B}");
}

/* ---- digests ---- */

static void
digests_are_those_of_the_standard(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *digest;
	} cases[] = {
	    {"", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
	    {"abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="},
	    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	     "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned char digest[32];
		struct acc_text text = {0};
		acc_sha256(cases[i].bytes, strlen(cases[i].bytes), digest);
		acc_base64(&text, digest, sizeof digest);
		assert_string_equal(text.bytes, cases[i].digest);
		acc_text_free(&text);
	}
}

static void
base64_pads(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
	    {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}};
	for (size_t i = 0; i < 4; i++) {
		struct acc_text text = {0};
		acc_base64(&text, (const unsigned char *)pairs[i][0], strlen(pairs[i][0]));
		assert_string_equal(text.bytes, pairs[i][1]);
		acc_text_free(&text);
	}
}

/* ---- sources ---- */

/* Every part of "A 1960; B 1971" has its reference. */
static void
has_sources(const char *key, const char *citation)
{
	const struct acc_reference *reference[ACC_CITED_MAX];
	size_t parts = 1;
	for (const char *c = citation; *c; c++)
		parts += *c == ';';
	if (acc_references_find(citation, reference) != parts)
		fail_msg("%s: pipeline/report/references.def lacks %s", key, citation);
}

static void
all_that_is_registered_has_sources(void **state)
{
	(void)state;
	for (size_t i = 0; i < acc_coefficient_count; i++)
		has_sources(acc_coefficients[i]->key, acc_coefficients[i]->citation);
	for (size_t i = 0; i < acc_scheme_count; i++)
		has_sources(acc_schemes[i]->key, acc_schemes[i]->citation);
	for (size_t i = 0; i < acc_set_distance_count; i++)
		has_sources(acc_set_distances[i]->key, acc_set_distances[i]->citation);
	for (size_t i = 0; i < acc_measure_count; i++)
		has_sources(acc_measures[i]->key, acc_measures[i]->citation);
	for (size_t i = 0; i < acc_method_count; i++)
		has_sources(acc_methods[i]->key, acc_methods[i]->citation);
	for (size_t i = 0; i < acc_pair_test_count; i++)
		has_sources(acc_pair_tests[i]->key, acc_pair_tests[i]->citation);
}

static void
sources_read_well(void **state)
{
	(void)state;
	struct acc_text text = {0};
	acc_reference_cited(&text, acc_reference_by_key("brennan1981"));
	assert_string_equal(text.bytes, "Brennan & Prediger, 1981");
	acc_text_free(&text);
	acc_reference_cited(&text, acc_reference_by_key("fleiss1969"));
	assert_string_equal(text.bytes, "Fleiss et al., 1969");
	acc_text_free(&text);
	acc_reference_line(&text, acc_reference_by_key("bergsma2013"));
	assert_string_equal(text.bytes,
			    "Bergsma, W. (2013). A bias-correction for Cram\xc3\xa9r's V and "
			    "Tschuprow's T. Journal of the Korean Statistical Society, 42, "
			    "323\xe2\x80\x93"
			    "328.");
	acc_text_free(&text);
	for (size_t i = 0; i < acc_reference_count; i++)
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(acc_references[i].key, acc_references[j].key);
			assert_string_not_equal(acc_references[i].cited, acc_references[j].cited);
		}
}

static void
citations_are_remembered_once(void **state)
{
	(void)state;
	struct acc_document document = {0};
	acc_add_section(&document, "a", "A");
	acc_add_block(&document, ACC_BLOCK_PARAGRAPH);
	acc_cite(&document, "Cohen 1960; Nobody 1900");
	acc_cite(&document, "Cohen 1960; Gwet 2014");
	assert_false(document.failed);
	assert_int_equal(document.citations, 2);
	assert_string_equal(document.cited[0], "cohen1960");
	assert_string_equal(document.cited[1], "gwet2014");
	acc_document_free(&document);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_in_apa_style),
	    cmocka_unit_test(cells_hold_intervals),
	    cmocka_unit_test(names_are_escaped),
	    cmocka_unit_test(digests_are_those_of_the_standard),
	    cmocka_unit_test(base64_pads),
	    cmocka_unit_test(all_that_is_registered_has_sources),
	    cmocka_unit_test(sources_read_well),
	    cmocka_unit_test(citations_are_remembered_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
