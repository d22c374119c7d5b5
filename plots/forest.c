#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Forest plot: a coefficient per theme and group with its interval; the themes are sorted by their
 * value over all groups, and the value over all themes stands under a rule at the end. */

static const char layout[] =
    "# ---- layout, in mm\n"
    "NT = R - POOLED\n"
    "NAME_EM = 0.0; do for [r=1:R] { NAME_EM = most(NAME_EM, EM[r]) }\n"
    "TALL = 1; do for [r=1:R] { TALL = most(TALL, linecount(L[r])) }\n"
    "ML = mm(NAME_EM,FS) + 4                       # room for the widest name\n"
    "UNITSMM = mm(most(2.4, 0.556*UNIT_DIGITS), FSN)\n"
    "TEXTMM = mm(9.2, FSN)                         # room for “−.07 [−.12, −.48]”\n"
    "MB = 10.5; KEYTO = WIDTH - 1\n";

static const char fitting[] =
    "MT = 5.2 + 4.4*KEYLINES\n"
    "NATURAL(pitch) = most(G*pitch + 1.8, FS*0.36*TALL + 1.6)   # height of a row\n"
    "PITCH = NUMBERS ? 0.39*FSN : 2.4              # between the groups of one theme\n"
    "if (R*NATURAL(PITCH) + MB + MT > TALLEST) { NUMBERS = 0; PITCH = 2.1 }\n"
    "if (R*NATURAL(PITCH) + MB + MT > TALLEST) { PITCH = 1.4 }\n"
    "ROW = NATURAL(PITCH); SCALE = least(1, PITCH/2.1)\n"
    "MR = NUMBERS ? UNITSMM + TEXTMM + 12 : 4\n"
    "HEIGHT = R*ROW + MB + MT; TOP = HEIGHT - MT\n"
    "load HERE.\"/page.gp\"\n"
    "X(v) = ML + (v-XMIN)*(WIDTH-ML-MR)/(XMAX-XMIN)\n"
    "MID(r) = TOP - (r-0.5)*ROW\n"
    "Y(r,g) = MID(r) - (g-(G+1)/2.)*PITCH\n"
    "inside(v) = v < XMIN ? XMIN : v > XMAX ? XMAX : v\n"
    "\n"
    "# ---- frame\n"
    "do for [r=1:R:2] { set object r rectangle from 0,MID(r)-ROW/2. to WIDTH,MID(r)+ROW/2. behind "
    "fc "
    "rgb ZEBRA fs solid noborder }\n"
    "do for [i=0:floor((XMAX-XMIN)/XSTEP+0.01)] {\n"
    "  v = XMIN + i*XSTEP; if (abs(v) < 1e-9) { v = 0 }\n"
    "  set arrow 10+i from X(v),MB rto 0,-0.9 nohead lw pts(0.5) lc rgb INK\n"
    "  set label 10+i axis1(v) at X(v),MB-2.8 center font pt(FS) tc rgb INK\n"
    "}\n"
    "set arrow 1 from X(XMIN),MB to X(XMAX),MB nohead lw pts(0.5) lc rgb INK\n"
    "if (XMIN < 0) { set arrow 2 from X(0),MB to X(0),TOP nohead back lw pts(0.5) lc rgb GREY }\n"
    "set label 1 XLABEL at X((XMIN+XMAX)/2.),MB-7.2 center font pt(FS) tc rgb INK\n"
    "do for [i=1:|THRESHOLD|] {\n"
    "  set arrow 2+i from X(THRESHOLD[i]),MB to X(THRESHOLD[i]),TOP nohead back lw pts(0.5) lc rgb "
    "GREY "
    "dt (4,4)\n"
    "  set label 90+i bound(THRESHOLD[i]) at X(THRESHOLD[i]),TOP+1.7 center font "
    "pt(FSMIN) tc rgb GREY\n"
    "}\n"
    "if (POOLED && R > 1) { set arrow 9 from 0.5,MID(R)+ROW/2. to WIDTH-0.5,MID(R)+ROW/2. nohead "
    "lw "
    "pts(0.5) lc rgb GREY }\n"
    "\n"
    "# ---- names\n"
    "do for [r=1:R] { set label 100+r L[r] at ML-2,MID(r) right offset character 0,lift(L[r]) "
    "noenhanced font pt(FS) tc rgb INK }\n"
    "do for [g=1:KEYS] {\n"
    "  y = HEIGHT - 2.4 - (KLINE[g]-1)*4.4\n"
    "  set label 400+g \"\" at KX[g],y point pt shape(g) ps size(g)*1.1 lc rgb colour(g)\n"
    "  set label 500+g L[R+g] at KX[g]+2.2,y left noenhanced font pt(FS) tc rgb INK\n"
    "}\n"
    "UX = WIDTH - TEXTMM - 6; TX = UX + 4\n"
    "if (NUMBERS) {\n"
    "  set label 4 \"Units\" at UX,TOP+1.9 right font pt(FSN) tc rgb INK\n"
    "  set label 5 NUMBERS_HEAD at TX,TOP+1.9 left font pt(FSN) tc rgb INK\n"
    "}\n"
    "\n";

static const char drawing[] =
    "# ---- data: intervals, arrows where they leave the scale, values, pooled values, undefined\n"
    "isgroup(g) = C(\"group\") == g\n"
    "pooled(r) = POOLED && r == R\n"
    "interval(d) = given(\"low\") ? \" [\".stat(C(\"low\")).\", \".stat(C(\"high\")).\"]\" : \"\"\n"
    "text(d) = given(\"value\") ? stat(C(\"value\")).interval(d) : \"–\"\n"
    "TIP = 1.8\n"
    "plot \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g), X(inside(C(\"low\"))))):(Y(C(\"row\"),g)):"
    "(X(inside(C(\"high\")))-X(inside(C(\"low\")))):(0) with vectors nohead lw pts(LW) lc rgb "
    "colour(g), "
    "\\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && C(\"low\") < XMIN, "
    "X(XMIN)+TIP)):(Y(C(\"row\"),g)):"
    "(-TIP):(0) with vectors head filled size first TIP*0.8,25 lw pts(LW) lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && C(\"high\") > XMAX+1e-9, "
    "X(XMAX)-TIP)):(Y(C(\"row\"),g)):"
    "(TIP):(0) with vectors head filled size first TIP*0.8,25 lw pts(LW) lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && !pooled(C(\"row\")), "
    "X(C(\"value\")))):(Y(C(\"row\"),g)) with "
    "points pt shape(g) ps size(g)*SCALE lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && pooled(C(\"row\")), "
    "X(C(\"value\")))):(Y(C(\"row\"),g)) with "
    "points pt 13 ps 1.0*SCALE lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && !given(\"value\"), X(most(XMIN,0))+2)):"
    "(Y(C(\"row\"),g)) with points pt shape(g)-1 ps size(g)*SCALE lc rgb colour(g), \\\n"
    "  DATA using (pick(PITCH > 2 && !given(\"value\"), X(most(XMIN,0))+3.6)):"
    "(Y(C(\"row\"),C(\"group\"))):(\"not defined\") with labels left font pt(FSN) tc rgb INK, \\\n"
    "  DATA using (pick(NUMBERS, UX)):(Y(C(\"row\"),C(\"group\"))):(whole(C(\"units\"))) with "
    "labels "
    "right font pt(FSN) tc rgb INK, \\\n"
    "  DATA using (pick(NUMBERS, TX)):(Y(C(\"row\"),C(\"group\"))):(text(0)) with labels left font "
    "pt(FSN) tc rgb INK\n"
    "unset output\n";

struct row {
	const char *theme; /* "" for all themes */
	double value;      /* over all groups: what themes are sorted by */
};

struct forest {
	const struct acc_table *table;
	const char *coefficient, *weights;
	struct acc_names themes, groups;
	struct row *row; /* [rows] in drawing order, the pooled one last */
	size_t rows;
	bool pooled;
	double lowest, most_units, level;
};

static bool
drawn(const struct forest *forest, size_t row)
{
	const struct acc_table *table = forest->table;
	return !*acc_table_text(table, row, "coders") &&
	       !strcmp(acc_table_text(table, row, "coefficient"), forest->coefficient) &&
	       !strcmp(acc_table_text(table, row, "weights"), forest->weights);
}

/* Where there are groups, the rows over all groups only sort the themes. */
static bool
shown(const struct forest *forest, size_t row)
{
	return drawn(forest, row) &&
	       (*acc_table_text(forest->table, row, "group") || !forest->groups.count);
}

/* The first row over all coders of one coefficient, or of any but one. */
static size_t
first_row(const struct acc_table *table, const char *coefficient, const char *other_than)
{
	size_t r = 0;
	for (; r < table->rows; r++) {
		const char *key = acc_table_text(table, r, "coefficient");
		if (!*acc_table_text(table, r, "coders") &&
		    (!coefficient || !strcmp(key, coefficient)) &&
		    (!other_than || strcmp(key, other_than)))
			break;
	}
	return r;
}

/* What is drawn unless a coefficient is asked for: the first that is corrected for chance. */
static size_t
choose(const struct acc_table *table, const struct acc_figure_options *options)
{
	if (options->coefficient)
		return first_row(table, options->coefficient, NULL);
	size_t row = first_row(table, NULL, "percent_agreement");
	return row < table->rows ? row : first_row(table, NULL, NULL);
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord agree`";
	if (!results->agreement)
		return false;
	*why = "the results of `accord agree` have no such coefficient over all coders";
	return choose(results->agreement, options) < results->agreement->rows;
}

static void
gather(struct forest *forest)
{
	const struct acc_table *table = forest->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!drawn(forest, r))
			continue;
		acc_names_add(&forest->themes, acc_table_text(table, r, "theme"));
		acc_names_add(&forest->groups, acc_table_text(table, r, "group"));
		forest->pooled |= !*acc_table_text(table, r, "theme");
	}
	for (size_t r = 0; r < table->rows; r++) {
		if (!shown(forest, r))
			continue;
		forest->most_units = fmax(forest->most_units, acc_table_number(table, r, "units"));
		forest->lowest = fmin(forest->lowest, acc_table_number(table, r, "value"));
		double low = acc_table_number(table, r, "ci_low");
		forest->lowest = fmin(forest->lowest, fmax(low, -0.2));
	}
}

/* Value of a theme over all groups; without one, the mean of its groups. */
static double
overall(const struct forest *forest, const char *theme)
{
	double sum = 0, values = 0;
	for (size_t r = 0; r < forest->table->rows; r++) {
		double value = acc_table_number(forest->table, r, "value");
		if (!drawn(forest, r) || isnan(value) ||
		    strcmp(acc_table_text(forest->table, r, "theme"), theme))
			continue;
		if (!*acc_table_text(forest->table, r, "group"))
			return value;
		sum += value;
		values++;
	}
	return values > 0 ? sum / values : -INFINITY;
}

/* Descending, ties in order of appearance. */
static void
sort_rows(struct forest *forest)
{
	size_t themes = forest->themes.count;
	forest->row = calloc(themes + 1, sizeof *forest->row);
	for (size_t t = 0; forest->row && t < themes; t++) {
		struct row new = {forest->themes.name[t], overall(forest, forest->themes.name[t])};
		size_t at = t;
		for (; at > 0 && forest->row[at - 1].value < new.value; at--)
			forest->row[at] = forest->row[at - 1];
		forest->row[at] = new;
	}
	if (forest->row && forest->pooled)
		forest->row[themes] = (struct row){"", 0};
	forest->rows = forest->row ? themes + forest->pooled : 0;
}

static void
put_data(const struct forest *forest, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = forest->table;
	acc_text_put(data, "# row: number of the theme, from above: label L[row] in forest.gp; "
			   "group: its number\n"
			   "row\tgroup\tunits\tvalue\tlow\thigh\n");
	for (size_t place = 0; place < forest->rows; place++)
		for (size_t r = 0; r < table->rows; r++) {
			const char *group = acc_table_text(table, r, "group");
			if (!shown(forest, r) ||
			    strcmp(acc_table_text(table, r, "theme"), forest->row[place].theme))
				continue;
			size_t g =
			    acc_names_find(&forest->groups, group) % (forest->groups.count + 1);
			acc_text_printf(data, "%zu\t%zu", place + 1, *group ? g + 1 : 1);
			acc_data_number(data, acc_table_number(table, r, "units"));
			acc_data_number(data, acc_table_number(table, r, "value"));
			acc_data_number(data, acc_table_number(table, r, "ci_low"));
			acc_data_number(data, acc_table_number(table, r, "ci_high"));
			acc_text_put(data, "\n");
			acc_facts_row(facts, table, r);
		}
}

/* The scale begins at 0, or at a round number under the lowest value. */
static double
scale_start(const struct forest *forest, double step)
{
	return forest->lowest < 0 ? step * floor(forest->lowest / step + 1e-9) : 0;
}

static void
put_script(const struct forest *forest, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	struct acc_text symbol = {0};
	acc_term_symbol(&symbol, forest->coefficient);
	const char *name = symbol.bytes ? symbol.bytes : "";
	double step = forest->lowest < -0.4 ? 0.5 : 0.2;
	acc_script_open(gp, "forest", "Agreement per theme and group, with intervals.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "XMIN = %g; XMAX = 1; XSTEP = %g\n", scale_start(forest, step), step);
	acc_text_printf(gp, "XLABEL = \"%s (%g%% CI)\"\n", name, 100 * level);
	acc_text_printf(gp, "NUMBERS_HEAD = \"Value [%g%% CI]\"\n", 100 * level);
	acc_text_put(gp,
		     "array THRESHOLD[2] = [0.667, 0.8]       # thin lines, named in the caption\n"
		     "NUMBERS = !NARROW                       # columns of numbers on the right\n"
		     "FSN = FSX                               # their text, pt\n\n");
	acc_text_printf(
	    gp,
	    "R = %zu; G = %zu                          # rows, groups\n"
	    "POOLED = %d                             # the last row pools the themes\n"
	    "NAMED = %d                              # there are groups, and they have names\n"
	    "UNIT_DIGITS = %.0f\n\n",
	    forest->rows, forest->groups.count ? forest->groups.count : 1, forest->pooled,
	    forest->groups.count > 0, 1 + floor(log10(fmax(1, forest->most_units))));
	acc_labels_put(labels, gp);
	acc_text_put(gp, layout);
	acc_text_put(gp, acc_script_key);
	acc_text_put(gp, fitting);
	acc_text_put(gp, drawing);
	gp->failed |= symbol.failed;
	acc_text_free(&symbol);
}

static void
put_caption(const struct forest *forest, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Agreement between coders");
	acc_text_put(caption, forest->themes.count ? " per theme" : "");
	acc_text_put(caption, forest->groups.count ? " and group: " : ": ");
	acc_term_words(caption, forest->coefficient);
	if (*forest->weights && strcmp(forest->weights, "identity")) {
		acc_text_put(caption, ", weights ");
		acc_term_words(caption, forest->weights);
	}
	acc_text_put(caption, " with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, ". Units: units with two ratings or more.");
	if (forest->themes.count > 1)
		acc_text_put(caption, " Themes are sorted by their value over all groups.");
	if (forest->pooled && forest->themes.count)
		acc_text_put(caption, " Diamonds: all themes pooled.");
	acc_text_put(caption,
		     " An open mark stands for a value that is not defined, an arrow for an "
		     "interval that goes on past the scale. Dashed lines: .667 and .80, the "
		     "bounds Krippendorff suggests for tentative conclusions and for reliable "
		     "data; they are conventions, not tests.");
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	const struct acc_table *table = results->agreement;
	size_t first = choose(table, options);
	struct forest forest = {.table = table,
				.coefficient = acc_table_text(table, first, "coefficient"),
				.weights = acc_table_text(table, first, "weights")};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	gather(&forest);
	sort_rows(&forest);
	for (size_t r = 0; r < forest.rows; r++)
		acc_labels_row(&labels, *forest.row[r].theme  ? forest.row[r].theme
					: forest.themes.count ? "All themes"
							      : "All units");
	for (size_t g = 0; g < forest.groups.count; g++)
		acc_labels_add(&labels, forest.groups.name[g], ACC_LABEL_ROW);
	put_data(&forest, acc_bundle_add(bundle, "forest.dat"), &facts);
	put_script(&forest, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "forest.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "forest.caption.txt");
	put_caption(&forest, &facts, caption);
	acc_caption_close(caption, &labels, results);
	bundle->failed |= !forest.row || forest.themes.failed || forest.groups.failed;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&forest.themes);
	acc_names_free(&forest.groups);
	free(forest.row);
}

const struct acc_figure acc_figure_forest = {
    .key = "forest",
    .title = "agreement per theme and group, with intervals",
    .needs = "agree",
    .applies = applies,
    .draw = draw,
};
