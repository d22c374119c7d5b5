#include "plots/drawing.h"
#include "plots/order.h"
#include "plots/script.h"
#include "stats/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Specification curves: one for each question (all themes, a theme, a pair of themes, in a group),
 * the values of all specifications in order of size, and below it which choices each one made. */

/* The columns that say a choice, and what they are called. */
static const struct {
	const char *column, *heading,
	    *none; /* none: what an empty cell means; "": does not apply */
} choices[] = {{"quantity", "Coefficient", ""},
	       {"missing", "Missing rows", ""},
	       {"left_out", "Coder left out", "nobody"},
	       {"layer", "Layer of codings", ""},
	       {"window", "Window", ""}};
enum { CHOICES = sizeof choices / sizeof *choices, MOST_LEVELS = 52, MOST_QUESTIONS = 200 };

/* Agreement and co-occurrence have choices and a scale each. */
enum { AGREEMENT, COOCCURRENCE, KINDS };

struct kind {
	struct acc_names level[CHOICES];
	size_t label;     /* number of its first label, the heading of its first choice */
	size_t rows;      /* of the matrix: headings and levels */
	double low, high; /* of the values and limits drawn */
	size_t questions;
};

struct question {
	size_t first; /* a row of the table that asks it */
	size_t kind;
	size_t *row; /* owned: rows of the table, ascending, undefined ones last */
	size_t rows, defined;
	double median;
};

struct curves {
	const struct acc_table *table;
	struct kind kind[KINDS];
	struct question *question; /* owned */
	size_t questions;
	struct acc_names reasons, left; /* of undefined ones; measures without a common scale */
	size_t undefined;
};

static size_t
kind_of(const struct acc_table *table, size_t row)
{
	return strcmp(acc_table_text(table, row, "what"), "cooccurrence") ? AGREEMENT
									  : COOCCURRENCE;
}

/* Can the value be drawn beside others, from -1 to 1? */
static bool
drawn(const struct acc_table *table, size_t row)
{
	const struct acc_measure *measure =
	    acc_measure_find(acc_table_text(table, row, "quantity"));
	return kind_of(table, row) == AGREEMENT || (measure && measure->bounded);
}

static bool
same_question(const struct acc_table *table, size_t a, size_t b)
{
	static const char *const column[] = {"what", "group", "theme", "theme_a", "theme_b"};
	for (size_t c = 0; c < sizeof column / sizeof *column; c++)
		if (strcmp(acc_table_text(table, a, column[c]),
			   acc_table_text(table, b, column[c])))
			return false;
	return true;
}

/* How many different choices there are. */
static size_t
levels(const struct acc_table *table, size_t kind)
{
	size_t count = 0;
	for (size_t c = 0; c < CHOICES; c++) {
		struct acc_names names = {0};
		for (size_t r = 0; r < table->rows; r++)
			if (kind_of(table, r) == kind && names.count <= MOST_LEVELS)
				acc_names_add(&names, acc_table_text(table, r, choices[c].column));
		count += names.count;
		acc_names_free(&names);
	}
	return count;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	const struct acc_table *table = results->curve;
	bool some = false;
	(void)options;
	*why = "it needs the results of `accord specify`";
	if (!table)
		return false;
	for (size_t r = 0; r < table->rows; r++)
		some |= drawn(table, r);
	*why = "the results of `accord specify` hold no coefficient or measure from -1 to 1";
	if (!some)
		return false;
	*why =
	    "a specification curve holds at most 52 choices; leave some out with --coders, --layer";
	return levels(table, AGREEMENT) <= MOST_LEVELS &&
	       levels(table, COOCCURRENCE) <= MOST_LEVELS &&
	       !acc_too_many(table, "theme", NULL, why);
}

/* ---- questions and their specifications ---- */

static bool
add_question(struct curves *curves, size_t row)
{
	for (size_t q = 0; q < curves->questions; q++)
		if (same_question(curves->table, row, curves->question[q].first))
			return true;
	if (curves->questions == MOST_QUESTIONS)
		return true;
	struct question *question = &curves->question[curves->questions++];
	question->first = row;
	question->kind = kind_of(curves->table, row);
	question->row = calloc(curves->table->rows, sizeof *question->row);
	curves->kind[question->kind].questions++;
	return question->row != NULL;
}

/* All groups and themes come before one of them, agreement before co-occurrence. */
static bool
find_questions(struct curves *curves)
{
	const struct acc_table *table = curves->table;
	bool ready = true;
	curves->question = calloc(MOST_QUESTIONS, sizeof *curves->question);
	for (size_t pass = 0; curves->question && pass < 4; pass++)
		for (size_t r = 0; ready && r < table->rows; r++) {
			bool whole = !*acc_table_text(table, r, "group") &&
				     !*acc_table_text(table, r, "theme");
			if (drawn(table, r) && kind_of(table, r) == pass / 2 &&
			    whole == (pass % 2 == 0))
				ready = add_question(curves, r);
		}
	return curves->question && ready;
}

static bool
sort_question(struct curves *curves, struct question *question)
{
	const struct acc_table *table = curves->table;
	double *value = calloc(table->rows + 1, sizeof *value);
	size_t *row = calloc(table->rows + 1, sizeof *row);
	size_t *order = calloc(table->rows + 1, sizeof *order);
	bool ready = value && row && order;
	for (size_t r = 0; ready && r < table->rows; r++)
		if (drawn(table, r) && same_question(table, r, question->first)) {
			double number = acc_table_number(table, r, "value");
			question->defined += isnan(number) ? 0 : 1;
			value[question->rows] = isnan(number) ? -INFINITY : -number;
			row[question->rows++] = r;
		}
	if (ready)
		acc_rank(value, question->rows, order);
	for (size_t i = 0; ready && i < question->rows; i++)
		question->row[i] = row[order[i]];
	size_t n = question->defined;
	question->median = NAN;
	if (ready && n)
		question->median = -(value[order[(n - 1) / 2]] + value[order[n / 2]]) / 2;
	free(value);
	free(row);
	free(order);
	return ready;
}

static void
take_row(struct curves *curves, size_t r)
{
	const struct acc_table *table = curves->table;
	struct kind *kind = &curves->kind[kind_of(table, r)];
	double value = acc_table_number(table, r, "value");
	if (!drawn(table, r)) {
		acc_names_add(&curves->left, acc_table_text(table, r, "quantity"));
		return;
	}
	for (size_t c = 0; c < CHOICES; c++) {
		const char *level = acc_table_text(table, r, choices[c].column);
		bool none = !*level && kind == &curves->kind[AGREEMENT];
		acc_names_add(&kind->level[c], none ? choices[c].none : level);
	}
	if (isnan(value)) {
		curves->undefined++;
		acc_names_add(&curves->reasons, acc_table_text(table, r, "reason"));
		return;
	}
	kind->low = fmin(kind->low, fmax(-1, fmin(value, acc_table_number(table, r, "ci_low"))));
	kind->high = fmax(kind->high, fmin(1, fmax(value, acc_table_number(table, r, "ci_high"))));
}

static bool
gather(struct curves *curves)
{
	bool ready = find_questions(curves);
	for (size_t k = 0; k < KINDS; k++) {
		curves->kind[k].low = 1;
		curves->kind[k].high = -1;
	}
	for (size_t q = 0; ready && q < curves->questions; q++)
		ready = sort_question(curves, &curves->question[q]);
	for (size_t r = 0; r < curves->table->rows; r++)
		take_row(curves, r);
	for (size_t k = 0; k < KINDS; k++)
		for (size_t c = 0; c < CHOICES; c++) {
			ready = ready && !curves->kind[k].level[c].failed;
			if (curves->kind[k].level[c].count)
				curves->kind[k].rows += 1 + curves->kind[k].level[c].count;
		}
	return ready && !curves->reasons.failed && !curves->left.failed;
}

static void
free_curves(struct curves *curves)
{
	for (size_t k = 0; k < KINDS; k++)
		for (size_t c = 0; c < CHOICES; c++)
			acc_names_free(&curves->kind[k].level[c]);
	for (size_t q = 0; q < curves->questions; q++)
		free(curves->question[q].row);
	free(curves->question);
	acc_names_free(&curves->reasons);
	acc_names_free(&curves->left);
}

/* ---- labels: of each kind its headings and levels, then the questions ---- */

static void
add_level(struct acc_labels *labels, size_t choice, const char *level)
{
	struct acc_text words = {0};
	if (choice == 0)
		acc_term_name(&words, level);
	/* A name with a symbol is enhanced text, which labels are not. */
	if (words.bytes && strpbrk(words.bytes, "{_")) {
		acc_text_free(&words);
		acc_term_words(&words, level);
	}
	const char *name = choice == 0 && words.bytes ? words.bytes : level;
	acc_labels_add(labels, strncmp(name, "the ", 4) || choice ? name : name + 4, 30);
	labels->lines.failed |= words.failed;
	acc_text_free(&words);
}

static void
add_title(const struct curves *curves, const struct question *question, struct acc_labels *labels)
{
	const struct acc_table *table = curves->table;
	const char *theme = acc_table_text(table, question->first, "theme");
	const char *group = acc_table_text(table, question->first, "group");
	struct acc_text title = {0};
	if (question->kind == COOCCURRENCE) {
		acc_text_put(&title, acc_table_text(table, question->first, "theme_a"));
		acc_text_put(&title, " + ");
		acc_text_put(&title, acc_table_text(table, question->first, "theme_b"));
	} else
		acc_text_put(&title, *theme ? theme : "Agreement, all together");
	if (*group) {
		acc_text_put(&title, ", ");
		acc_text_put(&title, group);
	}
	acc_labels_row(labels, title.bytes ? title.bytes : "");
	labels->lines.failed |= title.failed;
	acc_text_free(&title);
}

static void
put_labels(struct curves *curves, struct acc_labels *labels)
{
	for (size_t k = 0; k < KINDS; k++) {
		struct kind *kind = &curves->kind[k];
		kind->label = labels->count + 1;
		for (size_t c = 0; c < CHOICES; c++) {
			if (!kind->level[c].count)
				continue;
			acc_labels_add(labels, c || k == AGREEMENT ? choices[c].heading : "Measure",
				       0);
			for (size_t l = 0; l < kind->level[c].count; l++)
				add_level(labels, c, kind->level[c].name[l]);
		}
	}
	for (size_t q = 0; q < curves->questions; q++)
		add_title(curves, &curves->question[q], labels);
}

/* ---- data ---- */

static void
put_marks(const struct curves *curves, size_t q, size_t place, struct acc_text *data)
{
	const struct question *question = &curves->question[q];
	const struct kind *kind = &curves->kind[question->kind];
	size_t r = question->row[place], at = 0;
	for (size_t c = 0; c < CHOICES; c++) {
		const char *level = acc_table_text(curves->table, r, choices[c].column);
		if (!kind->level[c].count)
			continue;
		size_t l = acc_names_find(&kind->level[c], *level ? level : choices[c].none);
		acc_text_printf(data, "%zu\t%zu\t%zu\t", q + 1, place + 1, at + 2 + l);
		acc_text_put(data, place < question->defined ? "0" : "NaN");
		acc_text_put(data, "\tNaN\tNaN\t0\n");
		at += 1 + kind->level[c].count;
	}
}

static void
put_question(const struct curves *curves, size_t q, struct acc_text *data, struct acc_facts *facts)
{
	const struct question *question = &curves->question[q];
	const struct acc_table *table = curves->table;
	for (size_t i = 0; i < question->rows; i++) {
		size_t r = question->row[i];
		acc_text_printf(data, "%zu\t%zu\t0", q + 1, i + 1);
		acc_data_number(data, acc_table_number(table, r, "value"));
		acc_data_number(data, acc_table_number(table, r, "ci_low"));
		acc_data_number(data, acc_table_number(table, r, "ci_high"));
		acc_text_printf(data, "\t%d\n", *acc_table_text(table, r, "main") != 0);
		put_marks(curves, q, i, data);
		acc_facts_row(facts, table, r);
	}
}

/* ---- script and words ---- */

/* The scale begins and ends at tenths around what is drawn. */
static void
put_scales(const struct curves *curves, struct acc_text *gp)
{
	acc_text_put(gp, "# scales: of agreement, of co-occurrence\n"
			 "array YMIN[2]; array YMAX[2]; array YSTEP[2]\n");
	for (size_t k = 0; k < KINDS; k++) {
		double low = curves->kind[k].low, high = curves->kind[k].high;
		if (low > high)
			low = 0, high = 1;
		low = floor(10 * low + 1e-9) / 10;
		high = fmax(low + 0.2, ceil(10 * high - 1e-9) / 10);
		double step = high - low > 1.2 ? 0.5 : high - low > 0.5 ? 0.2 : 0.1;
		low = step * floor(low / step + 1e-9);
		acc_text_printf(gp, "YMIN[%zu] = %g; YMAX[%zu] = %g; YSTEP[%zu] = %g\n", k + 1,
				fabs(low) < 1e-9 ? 0 : low, k + 1, high, k + 1, step);
	}
	acc_text_put(gp, "\n");
}

/* Which rows of the matrix are headings. */
static void
put_kinds(const struct curves *curves, struct acc_text *gp)
{
	acc_text_put(gp, "# rows of the matrix of choices: 1 for a heading\n");
	for (size_t k = 0; k < KINDS; k++) {
		const struct kind *kind = &curves->kind[k];
		acc_text_printf(gp, "FIRST%zu = %zu; ROWS%zu = %zu; array HEADS%zu[%zu]", k + 1,
				kind->label, k + 1, kind->rows, k + 1, kind->rows + 1);
		acc_text_put(gp, " = [");
		for (size_t c = 0; c < CHOICES; c++)
			for (size_t l = 0; kind->level[c].count && l <= kind->level[c].count; l++)
				acc_text_put(gp, l ? "0, " : "1, ");
		acc_text_put(gp, "0]\n");
	}
}

static void
put_script(const struct curves *curves, const struct acc_labels *labels, struct acc_text *gp)
{
	acc_script_open(gp, "specification",
			"A result by every way it could have been worked out.");
	acc_text_put(gp,
		     "# ---- what an author may want to change\n"
		     "CURVE = NARROW ? 38 : 45                # height of a curve, mm\n"
		     "FULLEST = 0.35; LOOSEST = 3.5           # width of a specification, mm\n");
	put_scales(curves, gp);
	acc_text_printf(gp, "NQ = %zu                                 # questions\n",
			curves->questions);
	put_kinds(curves, gp);
	acc_text_put(
	    gp, "# of each question: kind, specifications, how many of them are defined, median\n"
		"array KIND[NQ]; array N[NQ]; array DEFINED[NQ]; array MEDIAN[NQ]\n");
	for (size_t q = 0; q < curves->questions; q++) {
		const struct question *question = &curves->question[q];
		acc_text_printf(
		    gp, "KIND[%zu] = %zu; N[%zu] = %zu; DEFINED[%zu] = %zu; MEDIAN[%zu] = ", q + 1,
		    question->kind + 1, q + 1, question->rows, q + 1, question->defined, q + 1);
		if (isnan(question->median))
			acc_text_put(gp, "NaN");
		else
			acc_text_number(gp, question->median);
		acc_text_put(gp, "\n");
	}
	acc_text_printf(gp, "TITLES = %zu\n\n", labels->count - curves->questions);
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_specification);
}

static const char *
reason_sentence(const char *key)
{
	for (int r = 1; r < ACC_REASONS; r++)
		if (!strcmp(acc_reason_key((enum acc_reason)r), key))
			return acc_reason_sentence((enum acc_reason)r);
	return "no reason is given";
}

static void
put_undefined(const struct curves *curves, struct acc_text *caption)
{
	if (!curves->undefined)
		return;
	acc_text_printf(caption, " ×, on the right: not defined (%zu", curves->undefined);
	for (size_t r = 0; r < curves->reasons.count; r++)
		acc_text_printf(caption, "%s%s", r ? "; " : ": ",
				reason_sentence(curves->reasons.name[r]));
	acc_text_put(caption, ").");
}

static void
put_ranges(const struct curves *curves, struct acc_text *caption)
{
	for (size_t q = 0; q < curves->questions && curves->questions <= 6; q++) {
		const struct question *question = &curves->question[q];
		size_t n = question->defined;
		acc_text_put(caption, q ? "; " : " ");
		if (curves->questions > 1)
			acc_text_printf(caption, q ? "panel %c: " : "Panel %c: ", (int)('A' + q));
		acc_alt_count(caption, question->rows, "specification", "specifications");
		if (n)
			acc_text_printf(
			    caption, ", median %.2f, from %.2f to %.2f", question->median,
			    acc_table_number(curves->table, question->row[0], "value"),
			    acc_table_number(curves->table, question->row[n - 1], "value"));
	}
	acc_text_put(caption, curves->questions <= 6 ? "." : "");
}

static void
put_rules(const struct curves *curves, struct acc_text *caption)
{
	static const struct {
		const char *rule, *words;
	} rules[] = {
	    {"listed", "the coder did not look"},
	    {"document", "looked and applied nothing, if the coder worked on the document"},
	    {"all", "looked and applied nothing"},
	    {"available", "all units with two ratings or more"},
	    {"complete", "only units that every coder rated"}};
	const char *separator = " Missing rows: ";
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		bool found = false;
		for (size_t k = 0; k < KINDS; k++) {
			const struct acc_names *levels = &curves->kind[k].level[1];
			found |= acc_names_find(levels, rules[i].rule) < levels->count;
		}
		if (found) {
			acc_text_printf(caption, "%s%s, %s", separator, rules[i].rule,
					rules[i].words);
			separator = "; ";
		}
	}
	acc_text_put(caption, *separator == ';' ? "." : "");
}

static void
put_caption(const struct curves *curves, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Specification curve: the same question answered by every "
			      "combination of choices, in order of the value, each a dot with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, "; the marks below it are its choices. Diamond: what is reported "
			      "unless something else is asked for. Dashed: the median.");
	put_ranges(curves, caption);
	put_undefined(curves, caption);
	put_rules(curves, caption);
	for (size_t m = 0; m < curves->left.count; m++) {
		acc_text_put(caption, m ? ", " : " Not drawn, on another scale: ");
		acc_term_words(caption, curves->left.name[m]);
	}
	acc_text_put(caption, curves->left.count ? "." : "");
	acc_text_put(caption, " All specifications are of the same data: how many of them lie "
			      "above a bound is no test (Simonsohn, Simmons & Nelson 2020).");
}

static void
put_alt(const struct curves *curves, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	size_t points = 0;
	for (size_t q = 0; q < curves->questions; q++)
		points += curves->question[q].rows;
	acc_text_put(&opening, "Specification curves, ");
	acc_alt_count(&opening, points, "value", "values");
	acc_text_put(&opening, " in ");
	acc_alt_count(&opening, curves->questions, "panel", "panels");
	acc_text_put(&opening, ", rising from left to right, each a dot with its interval as a "
			       "line, over a matrix of marks that shows the choices behind it.");
	acc_alt_add(bundle, "specification", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct curves curves = {.table = results->curve};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	(void)options;
	bool ready = gather(&curves);
	struct acc_text *data = acc_bundle_add(bundle, "specification.dat");
	acc_text_put(data, "# row 0: a specification of a question, in its place, and whether it "
			   "is the main one; other rows: a choice it made, by its row in the "
			   "matrix, value NaN where the specification is not defined\n"
			   "question\tplace\trow\tvalue\tlow\thigh\tmain\n");
	for (size_t q = 0; ready && q < curves.questions; q++)
		put_question(&curves, q, data, &facts);
	if (ready) {
		put_labels(&curves, &labels);
		put_script(&curves, &labels, &script);
	}
	acc_script_add(bundle, "specification.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "specification.caption.txt");
	put_caption(&curves, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&curves, &facts, bundle);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	free_curves(&curves);
}

const struct acc_figure acc_figure_specification = {
    .key = "specification",
    .title = "specification curve: a result by every way it could have been worked out",
    .needs = "specify",
    .applies = applies,
    .draw = draw,
};
