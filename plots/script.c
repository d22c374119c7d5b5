#include "plots/script.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* FNV-1a. */
uint64_t
acc_fingerprint(const char *bytes, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (size_t b = 0; b < length; b++)
		hash = (hash ^ (unsigned char)bytes[b]) * 0x100000001b3u;
	return hash;
}

static const char first_line[] =
    "# Made by accord, fingerprint %016" PRIx64 ". Once edited, it is not overwritten.\n";

struct acc_text
acc_script_sealed(struct acc_text *script)
{
	struct acc_text file = {0};
	acc_text_printf(&file, first_line, acc_fingerprint(script->bytes, script->length));
	acc_text_bytes(&file, script->bytes, script->length);
	file.failed |= script->failed;
	acc_text_free(script);
	return file;
}

void
acc_script_add(struct acc_bundle *bundle, const char *name, struct acc_text *script)
{
	struct acc_text *file = acc_bundle_add(bundle, name);
	acc_text_free(file);
	*file = acc_script_sealed(script);
}

bool
acc_script_untouched(const char *bytes, size_t length)
{
	const char *end = memchr(bytes, '\n', length);
	if (!end)
		return false;
	size_t line = (size_t)(end - bytes) + 1;
	char expected[sizeof first_line + 16];
	int written = snprintf(expected, sizeof expected, first_line,
			       acc_fingerprint(bytes + line, length - line));
	return (size_t)written == line && !memcmp(bytes, expected, line);
}

void
acc_script_open(struct acc_text *script, const char *figure, const char *sentence)
{
	acc_text_printf(
	    script,
	    "# %s\n"
	    "# Data: %s.dat. Look: style.gp. Draw it with  gnuplot %s.gp  or, say,\n"
	    "#   gnuplot -e \"FORMAT='svg'; WIDTH=85\" %s.gp\n"
	    "FIGURE = \"%s\"\n"
	    "HERE = \".\"; do for [i=1:strlen(ARG0)] { if (ARG0[i:i] eq \"/\") { HERE = "
	    "ARG0[1:i-1] } }\n"
	    "if (HERE[1:1] ne \"/\") { HERE = \"./\".HERE }\n"
	    "DATA = HERE.\"/%s.dat\"\n"
	    "load HERE.\"/style.gp\"\n\n",
	    sentence, figure, figure, figure, figure, figure);
}

void
acc_script_put(struct acc_text *script, const char *const *pieces)
{
	for (; *pieces; pieces++)
		acc_text_put(script, *pieces);
}

/* Lays out the key of groups 1..G, whose labels are L[R+1]..L[R+G]: as many in a line as fit. */
const char acc_script_key[] =
    "# key of the groups: as many in a line as fit before KEYTO\n"
    "KEYS = NAMED ? G : 0\n"
    "array KX[G]; array KLINE[G]\n"
    "ALL = 0; do for [g=1:KEYS] { ALL = ALL + mm(EM[R+g],FS) + 9 }\n"
    "KEYLEFT = ALL > KEYTO-ML ? 6 : ML\n"
    "KEYLINES = KEYS > 0; x = KEYLEFT\n"
    "do for [g=1:KEYS] {\n"
    "  w = mm(EM[R+g],FS) + 9\n"
    "  if (x > KEYLEFT && x + w - 5 > KEYTO) { x = KEYLEFT; KEYLINES = KEYLINES + 1 }\n"
    "  KX[g] = x + 1.5; KLINE[g] = KEYLINES; x = x + w\n"
    "}\n";

const char acc_script_rows[] = "HEIGHT = ON*ROW + MB + MT; TOP = HEIGHT - MT\n"
			       "load HERE.\"/page.gp\"\n"
			       "X(v) = ML + (v-XMIN)*(WIDTH-ML-MR)/(XMAX-XMIN)\n"
			       "MID(r) = shown(r) ? TOP - (r-R1+0.5)*ROW : NaN\n"
			       "Y(r,g) = MID(r) - (g-(G+1)/2.)*PITCH\n"
			       "inside(v) = v < XMIN ? XMIN : v > XMAX ? XMAX : v\n";

const char acc_script_names[] =
    "# ---- names\n"
    "do for [r=R1:R2] { set label 100+r L[r] at ML-2,MID(r) right offset character \\\n"
    "    0,lift(L[r]) noenhanced font pt(FS) tc rgb INK }\n"
    "do for [g=1:KEYS] {\n"
    "  y = HEIGHT - 2.4 - (KLINE[g]-1)*4.4\n"
    "  set label 400+g \"\" at KX[g],y point pt shape(g) ps size(g)*1.1 lc rgb colour(g)\n"
    "  set label 500+g L[R+g] at KX[g]+2.2,y left noenhanced font pt(FS) tc rgb INK\n"
    "}\n";

const char acc_script_intervals[] =
    "TIP = 1.8\n"
    "plot \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g), X(inside(C(\"low\"))))):(Y(C(\"row\"),g)) \\\n"
    "      :(X(inside(C(\"high\")))-X(inside(C(\"low\")))):(0) \\\n"
    "      with vectors nohead lw pts(LW*SCALE) lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && C(\"low\") < XMIN, X(XMIN)+TIP)) \\\n"
    "      :(Y(C(\"row\"),g)):(-TIP):(0) \\\n"
    "      with vectors head filled size first TIP*0.8,25 lw pts(LW*SCALE) lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && C(\"high\") > XMAX+1e-9, X(XMAX)-TIP)) \\\n"
    "      :(Y(C(\"row\"),g)):(TIP):(0) \\\n"
    "      with vectors head filled size first TIP*0.8,25 lw pts(LW*SCALE) lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && !pooled(C(\"row\")), X(C(\"value\")))) \\\n"
    "      :(Y(C(\"row\"),g)) \\\n"
    "      with points pt shape(g) ps size(g)*SCALE lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && pooled(C(\"row\")), X(C(\"value\")))) \\\n"
    "      :(Y(C(\"row\"),g)) \\\n"
    "      with points pt 13 ps 1.0*SCALE lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(isgroup(g) && !given(\"value\"), X(most(XMIN,0))+2)) \\\n"
    "      :(Y(C(\"row\"),g)) \\\n"
    "      with points pt shape(g)-1 ps size(g)*SCALE lc rgb colour(g), \\\n";

const char acc_script_pages[] =
    "# pages: as many rows on each as fit; -e \"PAGE=2\" draws the second\n"
    "if (!exists(\"PAGE\")) PAGE = 1\n"
    "PAGES = int(ceil(1.0*R/floor(most(1, ROOM/ROW + 1e-9)))); ON = int(ceil(R/(1.0*PAGES)))\n"
    "if (PAGE > PAGES) { exit error \"there is no such page\" }\n"
    "R1 = (PAGE-1)*ON + 1; R2 = int(least(R, PAGE*ON)); ON = R2 - R1 + 1\n"
    "shown(r) = r >= R1 && r <= R2\n";

const char acc_script_panels[] =
    "# pages: as many panels on each as fit; -e \"PAGE=2\" draws the second\n"
    "if (!exists(\"PAGE\")) PAGE = 1\n"
    "ROWS = int(ceil(NP/(1.0*COLUMNS)))\n"
    "FIT = int(least(ROWS, most(1, floor((TALLEST-FOOT)/PH + 1e-9))))\n"
    "PAGES = int(ceil(ROWS/(1.0*FIT))); FIT = int(ceil(ROWS/(1.0*PAGES)))\n"
    "if (PAGE > PAGES) { exit error \"there is no such page\" }\n"
    "P1 = (PAGE-1)*FIT*COLUMNS + 1; P2 = int(least(NP, PAGE*FIT*COLUMNS))\n"
    "HEIGHT = ceil((P2-P1+1)/(1.0*COLUMNS))*PH + FOOT\n";

static bool
more_than(const struct acc_table *table, const char *column, size_t most)
{
	struct acc_names names = {0};
	for (size_t r = 0; column && r < table->rows && names.count <= most; r++)
		acc_names_add(&names, acc_table_text(table, r, column));
	bool more = names.count > most;
	acc_names_free(&names);
	return more;
}

bool
acc_too_many(const struct acc_table *table, const char *theme, const char *pair, const char **why)
{
	*why = "a figure holds at most 150 themes, 24 groups and 50 coders; choose some";
	return more_than(table, theme, ACC_MOST_THEMES) || more_than(table, pair, ACC_MOST_PAIRS) ||
	       more_than(table, "group", ACC_MOST_GROUPS);
}

void
acc_data_number(struct acc_text *data, double value)
{
	acc_text_put(data, "\t");
	if (isnan(value))
		acc_text_put(data, "NaN");
	else
		acc_text_number(data, value);
}

static double
add(struct acc_labels *labels, const char *name, unsigned columns, double line_em)
{
	struct acc_text clean = {0}, broken = {0};
	if (acc_label_clean(&clean, name, columns)) {
		acc_text_put(&labels->cut, labels->cut.length ? "; " : "");
		acc_text_put(&labels->cut, clean.bytes ? clean.bytes : "");
		acc_text_put(&labels->cut, " stands for ");
		acc_label_clean(&labels->cut, name, 0);
	}
	acc_label_break(&broken, clean.bytes ? clean.bytes : "", line_em);
	const char *label = broken.bytes ? broken.bytes : "";
	double em = acc_label_em(label);
	labels->ems.line = 10;
	acc_text_printf(acc_array_next(&labels->ems), "%.2f", em);
	acc_text_printf(&labels->lines, "L[%zu] = ", ++labels->count);
	acc_label_quote(&labels->lines, label);
	acc_text_put(&labels->lines, "\n");
	labels->lines.failed |= clean.failed || broken.failed;
	acc_text_free(&clean);
	acc_text_free(&broken);
	return em;
}

double
acc_labels_row(struct acc_labels *labels, const char *name)
{
	return add(labels, name, ACC_LABEL_ROW, 13);
}

double
acc_labels_add(struct acc_labels *labels, const char *name, unsigned columns)
{
	return add(labels, name, columns, 1e9);
}

void
acc_labels_put(const struct acc_labels *labels, struct acc_text *script)
{
	acc_text_printf(script,
			"# ---- labels and their widths in em\n"
			"array L[%zu]\n",
			labels->count);
	acc_text_put(script, labels->lines.bytes ? labels->lines.bytes : "");
	acc_array_put(&labels->ems, "EM", "\n", script);
	script->failed |= labels->lines.failed;
}

void
acc_labels_free(struct acc_labels *labels)
{
	acc_text_free(&labels->lines);
	acc_array_free(&labels->ems);
	acc_text_free(&labels->cut);
}
