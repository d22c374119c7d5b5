/* report_check: every number and name of a report against the results it was made from.
 *
 *   report_check FOLDER RESULTS...     FOLDER holds report.html, .json, .md, .tex of these results
 *   report_check --study               print ratings whose themes, groups and coders are hostile
 * names
 *
 * It shares nothing with the writers: it takes the page apart by itself, undoes each format's
 * escapes by its own rules, and judges a printed number by the digits of the CSV cell that the page
 * says it is from. Prints "ok" and "not ok" lines for tests/check.sh. */
#include "pipeline/read/csv.h"
#include "plots/table.h"
#include "plots/text.h"
#include "tests/parts/hostile_study.h"
#include "tests/parts/unescape.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCES = 64, PARTS = 3, SHOWN = 5 };

static struct acc_table source[SOURCES];
static size_t sources, good, bad;

static void
judge(bool right, const char *what, const char *shown, const char *expected)
{
	good += right;
	if (!right && bad++ < SHOWN)
		printf("# %s: '%s', the results have '%s'\n", what, shown, expected);
}

static bool
say(const char *name)
{
	bool right = good > 0 && bad == 0;
	printf("%s %s (%zu compared, %zu wrong)\n", right ? "ok" : "not ok", name, good, bad);
	good = bad = 0;
	return right;
}

/* ---- results ---- */

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct acc_table *table = context;
	return table->columns ? acc_table_row(table, record->field)
			      : acc_table_header(table, record->field, record->fields);
}

static void
read_results(char **file, int count)
{
	struct acc_messages messages = {0};
	for (int i = 0; i < count && sources < SOURCES; i++)
		if (!acc_csv_read(file[i], &(struct acc_csv_options){0}, take, &source[sources++],
				  &messages)) {
			acc_messages_print(&messages, stderr);
			exit(1);
		}
	acc_messages_free(&messages);
}

static void
read_file(struct acc_text *text, const char *folder, const char *name)
{
	char path[4096], chunk[16384];
	size_t got;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	if (!file) {
		printf("not ok there is no %s\n", path);
		exit(1);
	}
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
		acc_text_bytes(text, chunk, got);
	fclose(file);
}

/* ---- judging ---- */

/* Is `shown` ("−.05", "12.3%", "< .001", "1,5"?) what `digits` rounds to? */
static bool
rounds_to(const char *shown, const char *digits)
{
	double value = strtod(digits, NULL), scale = 1;
	char plain[128] = "";
	if (!strncmp(shown, "= ", 2))
		shown += 2;
	if (!strncmp(shown, "< ", 2))
		return value < strtod(shown + 2, NULL);
	if (!strncmp(shown, "> ", 2))
		return value > strtod(shown + 2, NULL) && value < 1;
	bool minus = !strncmp(shown, "\xe2\x88\x92", 3);
	shown += minus ? 3 : 0;
	snprintf(plain, sizeof plain, "%s", shown);
	size_t length = strlen(plain);
	if (length && plain[length - 1] == '%') {
		plain[--length] = 0;
		scale = 100;
	}
	if (!length || strspn(plain, "0123456789.e+") != length)
		return false;
	const char *point = strchr(plain, '.'), *exponent = strchr(plain, 'e');
	double unit = exponent ? pow(10, atof(exponent + 1) - 2)
			       : pow(10, point ? -(double)strlen(point + 1) : 0);
	double is = strtod(plain, NULL) * (minus ? -1 : 1);
	return fabs(is - value * scale) <= unit / 2 * (1 + 1e-9) + fabs(value) * 1e-12 &&
	       (!minus || is < 0);
}

/* APA: what cannot leave [-1, 1] has no leading zero, other numbers have one. */
static bool
is_apa(const char *shown, const char *column)
{
	static const char *const free[] = {"statistic", "odds_ratio", "lift", "df",
					   "inertia",   "x",          "y"};
	bool unbounded = false;
	for (size_t i = 0; i < sizeof free / sizeof *free; i++)
		unbounded = unbounded || !strncmp(column, free[i], strlen(free[i]));
	const char *digit = strpbrk(shown, ".0123456789");
	if (!digit || strchr(shown, '%') || !strchr(shown, '.'))
		return true;
	if (unbounded)
		return *digit != '.';
	return *digit != '0' || strcmp(column, "value") == 0 || strstr(column, "clusters") ||
	       strstr(column, "gini");
}

static bool
is_words_for_empty(const char *shown)
{
	return !*shown || !strncmp(shown, "All", 3);
}

static void
judge_number(const char *shown, const char *cell, const char *column, const char *where)
{
	if (!*cell)
		judge(!strcmp(shown, "\xe2\x80\x94"), where, shown, cell);
	else
		judge(rounds_to(shown, cell) && is_apa(shown, column), where, shown, cell);
}

/* Split "value [low, high]" or "[low, high]" or "value" into its numbers; returns how many. */
static size_t
split(char *shown, char *number[PARTS])
{
	size_t count = 0;
	char *bracket = strchr(shown, '[');
	if (bracket != shown)
		number[count++] = shown;
	if (bracket) {
		char *comma = strstr(bracket, ", "), *end = strchr(bracket, ']');
		if (!comma || !end)
			return 0;
		if (bracket > shown)
			bracket[-1] = 0;
		*comma = *end = 0;
		number[count++] = bracket + 1;
		number[count++] = comma + 2;
	}
	return count;
}

static void
judge_numbers(char *shown, const struct acc_table *table, size_t row, char **column, size_t columns)
{
	char *number[PARTS] = {NULL};
	size_t count = split(shown, number), first = columns > count && count == 2 ? 1 : 0;
	bool percent = false;
	for (size_t i = 0; i < count; i++)
		percent = percent || strchr(number[i], '%');
	if (columns - first > count && columns == 3 && count == 1)
		judge(!*acc_table_text(table, row, column[1]) &&
			  !*acc_table_text(table, row, column[2]),
		      "limits left out", shown, acc_table_text(table, row, column[1]));
	for (size_t i = 0; i < count && first + i < columns; i++) {
		char whole[160];
		snprintf(whole, sizeof whole, "%s%s", number[i],
			 percent && !strchr(number[i], '%') && strcmp(number[i], "\xe2\x80\x94")
			     ? "%"
			     : "");
		judge_number(whole, acc_table_text(table, row, column[first + i]),
			     column[first + i], column[0]);
	}
}

static bool
is_text(const char *column)
{
	static const char *const texts[] = {
	    "group",    "theme",    "theme_a",     "theme_b", "coder",       "coders",   "gave",
	    "unit",     "document", "participant", "name",    "kind",        "coder_a",  "coder_b",
	    "category", "versus",   "what",        "layer",   "coefficient", "benchmark"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!strcmp(texts[i], column))
			return true;
	return false;
}

/* An element of the page: `from` is "source:row:column,column", `shown` what people read. */
static void
judge_element(char *from, char *shown)
{
	char *rest, *column[PARTS] = {NULL};
	size_t number = strtoul(from, &rest, 10), row = strtoul(rest + 1, &rest, 10), columns = 0;
	for (char *name = strtok(rest + 1, ","); name && columns < PARTS; name = strtok(NULL, ","))
		column[columns++] = name;
	if (number < 1 || number > sources || row < 1 || row > source[number - 1].rows ||
	    !columns) {
		judge(false, "place", from, "no such row");
		return;
	}
	const struct acc_table *table = &source[number - 1];
	const char *cell = acc_table_text(table, row - 1, column[0]);
	if (!strcmp(column[0], "coefficient"))
		judge(strlen(shown) > 3 && strcmp(shown, "\xe2\x80\x94") != 0, "coefficient", shown,
		      cell);
	else if (is_text(column[0]))
		judge(*cell ? !strcmp(shown, cell) : is_words_for_empty(shown), column[0], shown,
		      cell);
	else
		judge_numbers(shown, table, row - 1, column, columns);
}

/* ---- the formats ---- */

/* Every element with a data-from. What it shows is added to `shown`, each ended by 0. */
static void
check_html(const char *html, struct acc_text *all)
{
	static const char mark[] = " data-from=\"";
	for (const char *at = html; (at = strstr(at, mark));) {
		struct acc_text from = {0}, shown = {0};
		const char *value = at + sizeof mark - 1, *end = strchr(value, '"');
		const char *open = strchr(end, '>') + 1, *tag = at;
		while (*tag != '<')
			tag--;
		char close[16];
		snprintf(close, sizeof close, "</%.*s>", (int)strcspn(tag + 1, " >"), tag + 1);
		unescape_html(&from, value, (size_t)(end - value));
		unescape_html(&shown, open, (size_t)(strstr(open, close) - open));
		acc_text_put(&shown, "");
		acc_text_bytes(all, shown.bytes, shown.length + 1);
		judge_element(from.bytes, shown.bytes);
		acc_text_free(&from);
		acc_text_free(&shown);
		at = end;
	}
	say("every number and name of the page is in the results");
}

/* Do all that the page shows stand in `text`, in the same order? */
static void
check_order(const struct acc_text *all, const char *text, const char *name)
{
	const char *at = text;
	for (size_t i = 0; i < all->length; i += strlen(all->bytes + i) + 1) {
		const char *found = strstr(at, all->bytes + i);
		judge(found != NULL, name, all->bytes + i, all->bytes + i);
		at = found ? found + strlen(all->bytes + i) : at;
	}
	say(name);
}

/* `"values": [a, b], ... "from": {"source": S, "row": R, "columns": ["x"]}`: the same doubles. No
 * string holds these marks, for its quotes are escaped. */
static void
check_json(const char *json)
{
	for (const char *at = json; (at = strstr(at, "\"values\": ["));) {
		const char *end = strchr(at + 11, '\n'),
			   *from = strstr(at, "\"from\": {\"source\": ");
		const char *next = strstr(at + 11, "\"values\": [");
		at += 11;
		if (!from || (next && from > next) || *at == '"' || *at == ']' ||
		    (end && from > end))
			continue;
		char *rest;
		size_t number = strtoul(from + 19, &rest, 10), row = strtoul(rest + 9, &rest, 10);
		rest = strchr(rest, '[') + 1;
		for (bool more = true; more;) {
			char column[64], *value_end;
			snprintf(column, sizeof column, "%.*s", (int)strcspn(rest + 1, "\""),
				 rest + 1);
			const char *cell = acc_table_text(&source[number - 1], row - 1, column);
			double value = strtod(at, &value_end);
			judge(!strncmp(at, "null", 4) ? !*cell
						      : *cell && value == strtod(cell, NULL),
			      column, "JSON", cell);
			at += strcspn(at, ",]");
			more = *at == ',';
			at += more ? 2 : 0;
			rest = strchr(rest + 1, '"');
			rest += more ? 3 : 0;
		}
	}
	say("every number of the JSON is the same double as in the results");
}

static void
check(const char *folder)
{
	struct acc_text html = {0}, json = {0}, markdown = {0}, latex = {0}, plain = {0}, all = {0};
	read_file(&html, folder, "report.html");
	read_file(&json, folder, "report.json");
	read_file(&markdown, folder, "report.md");
	read_file(&latex, folder, "report.tex");
	check_html(html.bytes, &all);
	check_json(json.bytes);
	unescape_markdown(&plain, markdown.bytes);
	check_order(&all, plain.bytes, "the Markdown has the same numbers and names");
	acc_text_free(&plain);
	unescape_latex(&plain, latex.bytes);
	check_order(&all, plain.bytes, "the LaTeX has the same numbers and names");
	struct acc_text *const texts[] = {&html, &json, &markdown, &latex, &plain, &all};
	for (size_t i = 0; i < 6; i++)
		acc_text_free(texts[i]);
}

int
main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--study"))
		print_hostile_study();
	else if (argc > 2) {
		read_results(argv + 2, argc - 2);
		check(argv[1]);
	}
	for (size_t i = 0; i < sources; i++)
		acc_table_free(&source[i]);
	return argc < 2;
}
