#include "plots/specification.h"
#include "plots/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Specification curves: one for each question (all themes, a theme, a pair of themes, in a group),
 * the values of all specifications in order of size, and below it which choices each one made. */

enum { MOST_LEVELS = 52 };

/* How many different choices there are. */
static size_t
levels(const struct acc_table *table, size_t kind)
{
	size_t count = 0;
	for (size_t c = 0; c < ACC_CHOICES; c++) {
		struct acc_names names = {0};
		for (size_t r = 0; r < table->rows; r++)
			if (acc_curve_kind_of(table, r) == kind && names.count <= MOST_LEVELS)
				acc_names_add(
				    &names, acc_table_text(table, r, acc_choice_columns[c].column));
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
		some |= acc_curve_drawn(table, r);
	*why = "the results of `accord specify` hold no coefficient or measure from -1 to 1";
	if (!some)
		return false;
	*why =
	    "a specification curve holds at most 52 choices; leave some out with --coders, --layer";
	return levels(table, ACC_CURVE_AGREEMENT) <= MOST_LEVELS &&
	       levels(table, ACC_CURVE_COOCCURRENCE) <= MOST_LEVELS &&
	       !acc_too_many(table, "theme", NULL, why);
}

/* ---- data ---- */

static void
put_marks(const struct acc_curves *curves, size_t q, size_t place, struct acc_text *data)
{
	const struct acc_question *question = &curves->question[q];
	const struct acc_curve_kind *kind = &curves->kind[question->kind];
	size_t r = question->row[place], at = 0;
	for (size_t c = 0; c < ACC_CHOICES; c++) {
		const char *level = acc_table_text(curves->table, r, acc_choice_columns[c].column);
		if (!kind->level[c].count)
			continue;
		size_t l =
		    acc_names_find(&kind->level[c], *level ? level : acc_choice_columns[c].none);
		acc_text_printf(data, "%zu\t%zu\t%zu\t", q + 1, place + 1, at + 2 + l);
		acc_text_put(data, place < question->defined ? "0" : "NaN");
		acc_text_put(data, "\tNaN\tNaN\t0\n");
		at += 1 + kind->level[c].count;
	}
}

static void
put_question(const struct acc_curves *curves, size_t q, struct acc_text *data,
	     struct acc_facts *facts)
{
	const struct acc_question *question = &curves->question[q];
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
put_scales(const struct acc_curves *curves, struct acc_text *gp)
{
	acc_text_put(gp, "# scales: of agreement, of co-occurrence\n"
			 "array YMIN[2]; array YMAX[2]; array YSTEP[2]\n");
	for (size_t k = 0; k < ACC_CURVE_KINDS; k++) {
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
put_kinds(const struct acc_curves *curves, struct acc_text *gp)
{
	acc_text_put(gp, "# rows of the matrix of choices: 1 for a heading\n");
	for (size_t k = 0; k < ACC_CURVE_KINDS; k++) {
		const struct acc_curve_kind *kind = &curves->kind[k];
		acc_text_printf(gp, "FIRST%zu = %zu; ROWS%zu = %zu; array HEADS%zu[%zu]", k + 1,
				kind->label, k + 1, kind->rows, k + 1, kind->rows + 1);
		acc_text_put(gp, " = [");
		for (size_t c = 0; c < ACC_CHOICES; c++)
			for (size_t l = 0; kind->level[c].count && l <= kind->level[c].count; l++)
				acc_text_put(gp, l ? "0, " : "1, ");
		acc_text_put(gp, "0]\n");
	}
}

static void
put_script(const struct acc_curves *curves, const struct acc_labels *labels, struct acc_text *gp)
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
		const struct acc_question *question = &curves->question[q];
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

static void
put_alt(const struct acc_curves *curves, const struct acc_facts *facts, struct acc_bundle *bundle)
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
	struct acc_curves curves = {.table = results->curve};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	(void)options;
	bool ready = acc_curves_gather(&curves);
	struct acc_text *data = acc_bundle_add(bundle, "specification.dat");
	acc_text_put(data, "# row 0: a specification of a question, in its place, and whether it "
			   "is the main one; other rows: a choice it made, by its row in the "
			   "matrix, value NaN where the specification is not defined\n"
			   "question\tplace\trow\tvalue\tlow\thigh\tmain\n");
	for (size_t q = 0; ready && q < curves.questions; q++)
		put_question(&curves, q, data, &facts);
	if (ready) {
		acc_curves_labels(&curves, &labels);
		put_script(&curves, &labels, &script);
	}
	acc_script_add(bundle, "specification.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "specification.caption.txt");
	acc_curves_caption(&curves, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&curves, &facts, bundle);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_curves_free(&curves);
}

const struct acc_figure acc_figure_specification = {
    .key = "specification",
    .title = "specification curve: a result by every way it could have been worked out",
    .needs = "specify",
    .applies = applies,
    .draw = draw,
};
