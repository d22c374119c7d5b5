#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Coder by coder, a panel for all groups and one per group. Below the diagonal a coefficient with
 * its interval, above it per cent agreement and the units both rated, on it the units a coder
 * rated. */

static const char layout[] =
    "# ---- layout, in mm\n"
    "NAME_EM = 0.0; do for [c=1:NC] { NAME_EM = most(NAME_EM, EM[c]) }\n"
    "TITLE = 0.0; do for [p=1:NP] { TITLE = most(TITLE, mm(EM[NC+p],FS)+6) }\n"
    "MT = 11; FOOT = 12; GAP = 4; WIDTH1 = WIDTH - 2.0\n"
    "# names stand at every panel when they are short; else numbers, and names at the first "
    "column\n"
    "NUMBER = mm(NC > 9 ? 1.2 : 0.7, FS)\n"
    "NAME = mm(NAME_EM,FS); HEIGHT = TALLEST + 1\n"
    "high(cell) = cell < 8 ? cell : most(8.2, 0.56*cell)\n"
    "tall(k,cell) = ceil(NP/(1.0*k))*(MT + NC*high(cell) + 3) + FOOT\n"
    "fits(k,cell) = (k == 1 || NAME+2.5+NC*cell >= TITLE) && cell >= SMALLEST\n"
    "better(k) = try == 1 || HEIGHT > TALLEST || k == 1\n"
    "do for [try=1:2] { if (HEIGHT > TALLEST) {\n"
    "  if (try == 2) { SMALLEST = 5.5 }               # rather no intervals than a page too long\n"
    "  COLUMNS = 0; LONG = 0\n"
    "  do for [k=1:NP] {\n"
    "    cell = least(LARGEST, ((WIDTH1-(k-1)*GAP)/k - NAME-2.5)/NC)\n"
    "    if (fits(k,cell) && cell-1 >= NAME && better(k)) { COLUMNS = k; CW = cell; HEIGHT = "
    "tall(k,cell) }\n"
    "  }\n"
    "  if (COLUMNS == 0) {\n"
    "    LONG = 1\n"
    "    do for [k=1:NP] {\n"
    "      cell = least(LARGEST, (WIDTH1 - NAME-2 - k*(NUMBER+2.5) - (k-1)*GAP)/(1.0*k*NC))\n"
    "      if (k == 1 || (fits(k,cell) && better(k))) { COLUMNS = k; CW = cell; HEIGHT = "
    "tall(k,cell) }\n"
    "    }\n"
    "  }\n"
    "} }\n"
    "ROWS = int(ceil(NP/(1.0*COLUMNS))); COLUMNS = int(ceil(NP/(1.0*ROWS)))\n"
    "FIRST = LONG ? mm(NAME_EM,FS) + 2 : 0          # room for names left of the first column\n"
    "ML = LONG ? NUMBER + 2.5 : mm(NAME_EM,FS) + 2.5 # room at each panel\n"
    "CW = least(LARGEST, ((WIDTH1-FIRST-(COLUMNS-1)*GAP)/COLUMNS - ML)/NC)\n"
    "CH = high(CW)\n"
    "PW = most(ML + NC*CW, COLUMNS > 1 ? TITLE : 0); PH = MT + NC*CH + 3\n"
    "if (COLUMNS > 1) { GAP = least(14, (WIDTH1-FIRST-COLUMNS*PW)/(COLUMNS-1)) }\n"
    "LEFT = 1 + FIRST + (WIDTH1-FIRST-COLUMNS*PW-(COLUMNS-1)*GAP)/2.\n"
    "HEIGHT = ROWS*PH + FOOT\n"
    "FSK = least(FS, (CW-1)/mm(2.0,1)); FSC = least(FSX, (CW-1)/mm(3.9,1)); FSD = least(FS, "
    "(CW-1)/mm(0.556*DIGITS,1))\n"
    "VALUES = FSK >= 5; INTERVALS = FSC >= 5 && CH >= 8; TOTALS = FSD >= 4.5\n"
    "UP = INTERVALS ? 1.6 : 0.0\n"
    "load HERE.\"/page.gp\"\n"
    "X0(p) = LEFT + (int(p-1)%COLUMNS)*(PW+GAP) + ML  # upper left corner of a panel\n"
    "Y0(p) = HEIGHT - MT - (int(p-1)/COLUMNS)*PH\n"
    "CX(p,c) = X0(p) + (c-0.5)*CW\n"
    "CY(p,r) = Y0(p) - (r-0.5)*CH\n"
    "\n";

static const char frame[] =
    "# ---- panels and names\n"
    "do for [p=1:NP] {\n"
    "  x = X0(p) - (COLUMNS > 1 ? ML : least(ML+FIRST, most(0, TITLE-NC*CW))) + 1\n"
    "  if (NP > 1) { set label p letter(p) at x,Y0(p)+7.8 left font BOLD tc rgb INK }\n"
    "  if (NP > 1) { set label 100+p L[NC+p] at x+4.4,Y0(p)+7.8 left noenhanced font pt(FS) tc rgb "
    "INK "
    "}\n"
    "  do for [c=1:NC] {\n"
    "    if (LONG) {\n"
    "      set label 1000*p+c whole(c) at X0(p)-1.2,CY(p,c) right font pt(least(FS,CH/0.37)) tc "
    "rgb "
    "INK\n"
    "      set label 1000*p+200+c whole(c) at CX(p,c),Y0(p)+2.2 center font "
    "pt(least(FS,CW/0.42)) tc rgb INK\n"
    "      if ((p-1)%COLUMNS == 0) { set label 1000*p+400+c L[c] at X0(p)-ML-1,CY(p,c) right "
    "noenhanced "
    "font pt(least(FS,CH/0.37)) tc rgb INK }\n"
    "    } else {\n"
    "      set label 1000*p+c L[c] at X0(p)-1.2,CY(p,c) right noenhanced font pt(FS) tc rgb INK\n"
    "      set label 1000*p+200+c L[c] at CX(p,c),Y0(p)+2.2 center noenhanced font pt(FS) tc rgb "
    "INK\n"
    "    }\n"
    "  }\n"
    "}\n"
    "# key and colour scale, at the foot\n"
    "set label 50 \"Above: % agreement (units both rated)\" at 2,7.4 left font pt(FSX) tc rgb INK\n"
    "set label 51 \"Diagonal: units rated\" at 2,4.1 left font pt(FSX) tc rgb INK\n"
    "BAR = NARROW ? 30 : 42; BX = WIDTH-BAR-3; BY = 6.4\n"
    "set colorbox horizontal user origin 1.0*BX/WIDTH,1.0*BY/HEIGHT size 1.0*BAR/WIDTH,1.8/HEIGHT "
    "noborder\n"
    "set cbrange [LOWEST:HIGHEST]\n"
    "set cbtics LOWEST,HIGHEST-LOWEST,HIGHEST format \"\" scale 0\n"
    "do for [i=0:5] { set label 60+i axis1(LOWEST+i*(HIGHEST-LOWEST)/5.) at BX+i*BAR/5.,BY-1.9 "
    "center "
    "font pt(FSX) tc rgb INK }\n"
    "set label 66 MEASURE at BX+BAR/2.,BY+3.6 center font pt(FSX) tc rgb INK\n"
    "\n";

static const char drawing[] =
    "# ---- data; kind 0: a coder, 1: two coders\n"
    "Z(v) = v < LOWEST ? 0 : v > HIGHEST ? 1 : (v-LOWEST)/(1.0*HIGHEST-LOWEST)\n"
    "pair(yes) = C(\"kind\") == 1 && yes\n"
    "BX_(yes) = pick(pair(yes), CX(C(\"panel\"),C(\"column\")))    # below the diagonal\n"
    "BY_(up) = CY(C(\"panel\"),C(\"row\")) + up\n"
    "AX_(yes) = pick(pair(yes), CX(C(\"panel\"),C(\"row\")))       # above the diagonal\n"
    "AY_(up) = CY(C(\"panel\"),C(\"column\")) + up\n"
    "DX_(yes) = pick(C(\"kind\") == 0 && yes, CX(C(\"panel\"),C(\"column\")))\n"
    "between(d) = given(\"low\") ? stat(C(\"low\")).\"–\".stat(C(\"high\")) : \"\"\n"
    "agreed(d) = given(\"agreement\") ? sprintf(\"%.0f%%\", 100*C(\"agreement\")) : \"–\"\n"
    "plot \\\n"
    "  DATA using (DX_(1)):(BY_(0)):(CW/2):(CH/2) with boxxyerror fs solid 1 border lc rgb "
    "0xFFFFFF lw "
    "pts(0.7) fc rgb 0xE9E9E9, \\\n"
    "  DATA using (BX_(1)):(BY_(0)):(CW/2):(CH/2) with boxxyerror fs solid 1 border lc rgb "
    "0xFFFFFF lw "
    "pts(0.7) fc rgb 0xF5F5F5, \\\n"
    "  DATA using (AX_(1)):(AY_(0)):(CW/2):(CH/2) with boxxyerror fs solid 1 border lc rgb "
    "0xFFFFFF lw "
    "pts(0.7) fc rgb 0xF9F9F9, \\\n"
    "  DATA using (BX_(given(\"value\"))):(BY_(0)):(CW/2):(CH/2):(C(\"value\")) with boxxyerror fs "
    "solid 1 "
    "border lc rgb 0xFFFFFF lw pts(0.7) fc palette, \\\n"
    "  DATA using (BX_(VALUES && given(\"value\"))):(BY_(UP)):(stat(C(\"value\"))):"
    "(ink_sequential(Z(C(\"value\")))) with labels center font pt(FSK) tc rgb variable, \\\n"
    "  DATA using (BX_(INTERVALS && given(\"value\"))):(BY_(-1.75)):(between(0)):"
    "(ink_sequential(Z(C(\"value\")))) with labels center font pt(FSC) tc rgb variable, \\\n"
    "  DATA using (AX_(VALUES && C(\"units\") > 0)):(AY_(UP)):(agreed(0)) with labels center font "
    "pt(FSK) tc rgb INK, \\\n"
    "  DATA using (AX_(INTERVALS && C(\"units\") > "
    "0)):(AY_(-1.75)):(\"(\".whole(C(\"units\")).\")\") with "
    "labels center font pt(FSC) tc rgb INK, \\\n"
    "  DATA using (BX_(C(\"units\") == 0)):(BY_(0)):(\"×\") with labels center font pt(FSK) tc rgb "
    "GREY, "
    "\\\n"
    "  DATA using (AX_(C(\"units\") == 0)):(AY_(0)):(\"×\") with labels center font pt(FSK) tc rgb "
    "GREY, "
    "\\\n"
    "  DATA using (BX_(!given(\"value\") && C(\"units\") > 0)):(BY_(0)):(\"–\") with labels center "
    "font "
    "pt(FSK) tc rgb INK, \\\n"
    "  DATA using (DX_(TOTALS)):(BY_(0)):(whole(C(\"units\"))) with labels center font pt(FSD) tc "
    "rgb "
    "INK\n"
    "unset output\n";

struct panels {
	const struct acc_table *table;
	const char *coefficient, *weights, *theme;
	struct acc_names coders, groups;
	char *
	    *half; /* [2 * table->rows] owned halves of `coders`, NULL in rows that are not drawn */
	double most_units;
};

/* The rows of one coefficient between two coders, over all themes if there are such rows. */
static bool
of_coefficient(const struct panels *panels, size_t row, const char *coefficient)
{
	const struct acc_table *table = panels->table;
	return strchr(acc_table_text(table, row, "coders"), ',') &&
	       !strcmp(acc_table_text(table, row, "coefficient"), coefficient) &&
	       !strcmp(acc_table_text(table, row, "theme"), panels->theme);
}

static bool
drawn(const struct panels *panels, size_t row)
{
	return of_coefficient(panels, row, panels->coefficient) &&
	       !strcmp(acc_table_text(panels->table, row, "weights"), panels->weights);
}

static bool
choose(struct panels *panels, const struct acc_figure_options *options)
{
	const struct acc_table *table = panels->table;
	const char *wanted = options->coefficient ? options->coefficient : "cohen_kappa";
	bool found = false;
	for (size_t r = 0; table && r < table->rows; r++) {
		const char *theme = acc_table_text(table, r, "theme");
		if (!strchr(acc_table_text(table, r, "coders"), ',') || (found && *theme) ||
		    strcmp(acc_table_text(table, r, "coefficient"), wanted))
			continue;
		panels->coefficient = acc_table_text(table, r, "coefficient");
		panels->weights = acc_table_text(table, r, "weights");
		panels->theme = theme;
		found = true;
		if (!*theme)
			break;
	}
	return found;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	struct panels panels = {.table = results->agreement};
	*why = "it needs the results of `accord agree --by pair` with the coefficient cohen_kappa";
	return choose(&panels, options);
}

/* Split `A,B` at its comma. A name may hold commas itself: then at the middle one. */
static bool
split(const char *coders, char **first, char **second)
{
	size_t commas = 0, middle = 0;
	for (const char *c = coders; *c; c++)
		commas += *c == ',';
	const char *at = coders;
	for (; *at; at++)
		if (*at == ',' && middle++ == commas / 2)
			break;
	*first = strndup(coders, (size_t)(at - coders));
	*second = strdup(*at ? at + 1 : at);
	return *first && *second;
}

static bool
gather(struct panels *panels)
{
	const struct acc_table *table = panels->table;
	panels->half = calloc(2 * table->rows + 1, sizeof *panels->half);
	for (size_t r = 0; panels->half && r < table->rows; r++) {
		if (!drawn(panels, r))
			continue;
		char **half = panels->half + 2 * r;
		if (!split(acc_table_text(table, r, "coders"), &half[0], &half[1]))
			return false;
		acc_names_add(&panels->coders, half[0]);
		acc_names_add(&panels->coders, half[1]);
		acc_names_add(&panels->groups, acc_table_text(table, r, "group"));
		panels->most_units =
		    fmax(panels->most_units, acc_table_number(table, r, "units_a"));
		panels->most_units =
		    fmax(panels->most_units, acc_table_number(table, r, "units_b"));
	}
	return panels->half && !panels->coders.failed && !panels->groups.failed;
}

static double
percent_agreement(const struct panels *panels, size_t row)
{
	const struct acc_table *table = panels->table;
	for (size_t r = 0; r < table->rows; r++)
		if (of_coefficient(panels, r, "percent_agreement") &&
		    !strcmp(acc_table_text(table, r, "coders"),
			    acc_table_text(table, row, "coders")) &&
		    !strcmp(acc_table_text(table, r, "group"), acc_table_text(table, row, "group")))
			return acc_table_number(table, r, "value");
	return acc_table_number(table, row, "observed");
}

static void
put_pair(const struct panels *panels, size_t r, size_t panel, struct acc_text *data)
{
	const struct acc_table *table = panels->table;
	size_t a = acc_names_find(&panels->coders, panels->half[2 * r]) + 1;
	size_t b = acc_names_find(&panels->coders, panels->half[2 * r + 1]) + 1;
	double units = acc_table_number(table, r, "units");
	acc_text_printf(data, "%zu\t1\t%zu\t%zu", panel, a > b ? a : b, a > b ? b : a);
	acc_data_number(data, isnan(units) ? 0 : units);
	acc_data_number(data, percent_agreement(panels, r));
	acc_data_number(data, acc_table_number(table, r, "value"));
	acc_data_number(data, acc_table_number(table, r, "ci_low"));
	acc_data_number(data, acc_table_number(table, r, "ci_high"));
	acc_text_put(data, "\n");
}

/* Units a coder rated, from the first pair of the group that says it. */
static double
units_of(const struct panels *panels, const char *coder, const char *group)
{
	const struct acc_table *table = panels->table;
	for (size_t r = 0; r < table->rows; r++) {
		if (!panels->half[2 * r] || strcmp(acc_table_text(table, r, "group"), group))
			continue;
		if (!strcmp(panels->half[2 * r], coder))
			return acc_table_number(table, r, "units_a");
		if (!strcmp(panels->half[2 * r + 1], coder))
			return acc_table_number(table, r, "units_b");
	}
	return 0;
}

static void
put_panel(const struct panels *panels, const char *group, size_t panel, struct acc_text *data,
	  struct acc_facts *facts)
{
	for (size_t c = 0; c < panels->coders.count; c++) {
		acc_text_printf(data, "%zu\t0\t%zu\t%zu", panel, c + 1, c + 1);
		acc_data_number(data, units_of(panels, panels->coders.name[c], group));
		acc_text_put(data, "\tNaN\tNaN\tNaN\tNaN\n");
	}
	for (size_t r = 0; r < panels->table->rows; r++)
		if (drawn(panels, r) && !strcmp(acc_table_text(panels->table, r, "group"), group)) {
			put_pair(panels, r, panel, data);
			acc_facts_row(facts, panels->table, r);
		}
}

static bool
has_overall(const struct panels *panels)
{
	for (size_t r = 0; r < panels->table->rows; r++)
		if (drawn(panels, r) && !*acc_table_text(panels->table, r, "group"))
			return true;
	return false;
}

static void
put_script(const struct panels *panels, const struct acc_labels *labels, struct acc_text *gp)
{
	struct acc_text symbol = {0};
	acc_term_symbol(&symbol, panels->coefficient);
	acc_script_open(gp, "coders", "Agreement of each coder with each other one.");
	acc_text_put(gp, "# ---- what an author may want to change\n"
			 "LOWEST = 0; HIGHEST = 1                 # colour scale\n"
			 "PALETTE = SEQUENTIAL\n");
	acc_text_printf(gp, "MEASURE = \"%s\"\n", symbol.bytes ? symbol.bytes : "");
	acc_text_put(gp, "SMALLEST = 9.5; LARGEST = 20           # width of a cell, mm\n\n");
	acc_text_printf(gp, "NC = %zu; NP = %zu                        # coders, panels\n",
			panels->coders.count, labels->count - panels->coders.count);
	acc_text_printf(gp, "DIGITS = %.0f\n\n", 1 + floor(log10(fmax(1, panels->most_units))));
	acc_labels_put(labels, gp);
	acc_text_put(gp, layout);
	acc_text_put(gp, frame);
	acc_text_put(gp, drawing);
	gp->failed |= symbol.failed;
	acc_text_free(&symbol);
}

static void
put_caption(const struct panels *panels, const struct acc_facts *facts, struct acc_text *caption)
{
	acc_text_put(caption, "Agreement of each coder with each other one");
	if (*panels->theme) {
		acc_text_put(caption, " on the theme ");
		acc_label_clean(caption, panels->theme, 0);
	}
	acc_text_put(caption, ". Below the diagonal (coloured): ");
	acc_term_words(caption, panels->coefficient);
	acc_text_put(caption, " with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption,
		     "; above it: per cent agreement and, in brackets, the units that both "
		     "coders rated; on it: the units that the coder rated. ×: no unit in "
		     "common; –: not defined.");
}

static void
panels_free(struct panels *panels)
{
	for (size_t h = 0; panels->half && h < 2 * panels->table->rows; h++)
		free(panels->half[h]);
	free(panels->half);
	acc_names_free(&panels->coders);
	acc_names_free(&panels->groups);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct panels panels = {.table = results->agreement};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&panels, options) && gather(&panels);
	for (size_t c = 0; c < panels.coders.count; c++)
		acc_labels_add(&labels, panels.coders.name[c], 24);
	struct acc_text *data = acc_bundle_add(bundle, "coders.dat");
	acc_text_put(
	    data, "# row, column: numbers of two coders, labels L[1], L[2], ... in coders.gp; kind "
		  "0: the units of one coder\n"
		  "panel\tkind\trow\tcolumn\tunits\tagreement\tvalue\tlow\thigh\n");
	size_t panel = 0;
	if (ready && has_overall(&panels)) {
		acc_labels_add(&labels, panels.groups.count ? "All groups" : "All", ACC_LABEL_ROW);
		put_panel(&panels, "", ++panel, data, &facts);
	}
	for (size_t g = 0; ready && g < panels.groups.count; g++) {
		acc_labels_add(&labels, panels.groups.name[g], ACC_LABEL_ROW);
		put_panel(&panels, panels.groups.name[g], ++panel, data, &facts);
	}
	put_script(&panels, &labels, &script);
	acc_script_add(bundle, "coders.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "coders.caption.txt");
	put_caption(&panels, &facts, caption);
	acc_caption_close(caption, &labels, results);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	panels_free(&panels);
}

const struct acc_figure acc_figure_coders = {
    .key = "coders",
    .title = "agreement of each coder with each other one",
    .needs = "agree --by pair",
    .applies = applies,
    .draw = draw,
};
