#include "plots/script.h"

// clang-format off

static const char head[] =
    "# style.gp: the look of every figure. Edit freely; sizes are true points and millimetres.\n"
    "# Anything tested by exists() can also be set on the command line:\n"
    "#   gnuplot -e \"JOURNAL='nature'; FORMAT='png'; WIDTH=89\" forest.gp\n";

static const char settings[] =
    "if (!exists(\"FORMAT\")) FORMAT = \"pdf\"    # pdf, svg, png or eps\n"
    "if (!exists(\"WIDTH\"))  WIDTH = 180       # mm: 85 is one column, 180 a full page\n"
    "if (!exists(\"FONT\"))   FONT = FORMAT eq \"svg\" ? \"Arial\" : \"Liberation Sans\" \\\n"
    "    # equally wide\n"
    "if (!exists(\"FS\"))     FS = JTEXT         # text, pt\n"
    "if (!exists(\"FSMIN\"))  FSMIN = JLEAST     # smallest text, pt\n"
    "if (!exists(\"LW\"))     LW = JLINE         # lines that carry data, pt\n"
    "if (!exists(\"TALLEST\")) TALLEST = JTALL   # mm: rows move closer to keep a page under this\n"
    "if (!exists(\"DPI\"))    DPI = JDPI         # png only\n"
    "if (!exists(\"LETTERS\")) LETTERS = JLETTER # panels: A, B, C or a, b, c\n";

static const char look[] =
    "NARROW = WIDTH < 120\n"
    "\n"
    "# ---- groups: Okabe and Ito's colours, which colour-blind readers tell apart, and shapes\n"
    "array COLOUR[8] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, \\\n"
    "    0x000000, 0x808080]\n"
    "array GREYS[8]  = [0x000000, 0x6E6E6E, 0xA0A0A0, 0x3C3C3C, 0x8C8C8C, 0xB4B4B4, \\\n"
    "    0x505050, 0xA8A8A8]\n"
    "array SHAPE[8]  = [7, 5, 9, 13, 11, 15, 7, 5]    # filled; one less is the open one\n"
    "array SIZE[8]   = [0.55, 0.48, 0.62, 0.68, 0.62, 0.60, 0.55, 0.48]\n"
    "colour(g) = COLOR ? COLOUR[(g-1)%8+1] : GREYS[(g-1)%8+1]\n"
    "shape(g) = SHAPE[(g-1)%8+1]\n"
    "size(g) = SIZE[(g-1)%8+1]*(LW > 1.5 ? 1.3 : 1)\n"
    "# lighter: transparent, but mixed with white in EPS, where transparency becomes pixels\n"
    "part(c,s,k) = int(255 - (255 - ((int(c)>>s)&255))*k + 0.5)<<s\n"
    "tint(c,k) = part(c,16,k) + part(c,8,k) + part(c,0,k)\n"
    "light(c,k) = FORMAT eq \"eps\" ? tint(c,k) : int(c) + (int(255*(1-k))<<24)\n"
    "INK = 0x222222; GREY = 0x6E6E6E; RULE = 0xD9D9D9; ZEBRA = 0xF5F5F5\n"
    "\n";

static const char helpers[] =
    "# ---- palettes, colour-blind safe; ink_...(z) is the text colour with most contrast on them\n"
    "# (z from 0 to 1; black or white text, 4.5:1 or better everywhere)\n"
    "DIVERGING = 1; SEQUENTIAL = 2\n"
    "ink_grey(z) = z > 0.586 ? 0xFFFFFF : 0x000000\n"
    "ink_diverging(z) = !COLOR ? ink_grey(z) : z < 0.188 || z > 0.888 ? 0xFFFFFF : 0x000000\n"
    "ink_sequential(z) = !COLOR ? ink_grey(z) : z > 0.715 ? 0xFFFFFF : 0x000000\n"
    "\n"
    "# ---- helpers\n"
    "pt(p) = sprintf(\"%s,%g\", FONT, p)          # font of a size in points\n"
    "BOLD = sprintf(\"%s:Bold,%g\", FONT, FS < 8 ? 8 : FS)   # panel letters\n"
    "pts(w) = 2.0*w                             # line width in points\n"
    "mm(em,p) = em*p*0.35278                    # width in mm of so many em at p points\n"
    "atleast(p) = p < FSMIN ? FSMIN : p\n"
    "FSX = atleast(FS-1)                        # notes and numbers, pt\n"
    "least(a,b) = a < b ? a : b\n"
    "most(a,b) = a > b ? a : b\n"
    "C(name) = column(name)\n"
    "pick(yes,v) = yes ? v : NaN\n"
    "given(name) = stringcolumn(name) ne \"NaN\"   # is the value defined?\n"
    "linecount(s) = strstrt(s, \"\\n\") ? 2 : 1\n"
    "lift(s) = linecount(s) == 2 ? 0.5 : 0.0        # raises a label of two lines to its middle\n"
    "bare(s) = s[1:1] eq \"0\" ? s[2:*] : s\n"
    "signed(s,v) = (v < 0 && s ne \".00\" ? \"−\" : \"\").s\n"
    "stat(v) = signed(bare(sprintf(\"%.2f\", abs(v))), v)     # .67, −.05: statistics \\\n"
    "    bounded by 1\n"
    "whole(v) = (v < 0 ? \"−\" : \"\").sprintf(\"%.0f\", abs(v))\n"
    "axis1(v) = abs(v) < 1e-9 ? \"0\" : (v < 0 ? \"−\" : \"\").sprintf(\"%.1f\", abs(v))\n"
    "bound(v) = bare(sprintf(abs(100*v - floor(100*v+0.5)) < 1e-6 ? \"%.2f\" : \"%.3f\", v))\n"
    "short(v) = (v < 0 ? \"−\" : \"\").sprintf(\"%g\", abs(v))\n"
    "CAPITALS = \"ABCDEFGHIJKLMNOPQRSTUVWXYZ\"; SMALL = \"abcdefghijklmnopqrstuvwxyz\"\n"
    "letter(i) = (LETTERS eq \"a\" ? SMALL : CAPITALS)[(i-1)%26+1:(i-1)%26+1]\n";

static const char page[] =
    "# page.gp: opens the page, WIDTH x HEIGHT mm. Coordinates are mm from its lower left corner.\n"
    "# A figure too long for one page has PAGES of them; PAGE=2 draws the second.\n"
    "if (!exists(\"PAGES\")) PAGES = 1\n"
    "if (PAGES > 1) { print sprintf(\"page %d of %d\", PAGE, PAGES) }\n"
    "if (!exists(\"OUTPUT\")) OUTPUT = sprintf(\"%s/%s-%g%s.%s\", HERE, FIGURE, WIDTH, \\\n"
    "    PAGES > 1 && PAGE > 1 ? sprintf(\"-p%d\", PAGE) : \"\", FORMAT)\n"
    "inches(mm) = (floor(mm*72/25.4 + 0.5) + 0.01)/72          # a whole number of points\n"
    "pixels(mm,dpi) = floor(mm*dpi/25.4 + 0.5)\n"
    "if (FORMAT ne \"pdf\" && FORMAT ne \"svg\" && FORMAT ne \"png\" && FORMAT ne \"eps\") { exit error \\\n"
    "    \"FORMAT is pdf, svg, png or eps; for TIFF: pdftoppm -tiff -r 300 -singlefile FIGURE.pdf FIGURE\" }\n"
    "# text is laid out at 96 dpi: these scales make font sizes true points, lw 2 one point\n"
    "if (FORMAT eq \"pdf\") {\n"
    "  set terminal pdfcairo enhanced color size (inches(WIDTH))in,(inches(HEIGHT))in font \\\n"
    "      pt(FS) fontscale 0.75 linewidth 1 butt\n"
    "}\n"
    "if (FORMAT eq \"eps\") {\n"
    "  set terminal epscairo enhanced color size (inches(WIDTH))in,(inches(HEIGHT))in font \\\n"
    "      pt(FS) fontscale 0.75 linewidth 1 butt background \"white\"\n"
    "}\n"
    "if (FORMAT eq \"svg\") {\n"
    "  set terminal svg enhanced size (pixels(WIDTH,96)),(pixels(HEIGHT,96)) font pt(FS) \\\n"
    "      fontscale 1.3333 linewidth 0.6667 butt background \"white\"\n"
    "}\n"
    "if (FORMAT eq \"png\") {\n"
    "  set terminal pngcairo enhanced color size (pixels(WIDTH,DPI)),(pixels(HEIGHT,DPI)) \\\n"
    "      font pt(FS) fontscale (DPI/96.) linewidth (DPI/144.) pointscale (DPI/72.) butt\n"
    "}\n"
    "set encoding utf8\n"
    "set output OUTPUT\n"
    "set lmargin at screen 0; set rmargin at screen 1; set bmargin at screen 0; set \\\n"
    "    tmargin at screen 1\n"
    "set xrange [0:WIDTH]; set yrange [0:HEIGHT]\n"
    "unset key; unset border; unset xtics; unset ytics; unset colorbox\n"
    "set style fill solid 1 noborder\n"
    "set pointintervalbox 0\n"
    "set datafile separator \"\\t\"\n"
    "set datafile columnheaders\n"
    "if (exists(\"PALETTE\")) {\n"
    "  if (!COLOR) { set palette defined (0 '#F7F7F7', 1 '#1A1A1A') }\n"
    "  if (COLOR && PALETTE == DIVERGING) { set palette defined (0 '#2D004B', 1 '#542788', 2 \\\n"
    "      '#8073AC', 3 '#B2ABD2', 4 '#D8DAEB', 5 '#F7F7F7', 6 '#FEE0B6', 7 '#FDB863', 8 \\\n"
    "      '#E08214', 9 '#B35806', 10 '#7F3B08') }\n"
    "  if (COLOR && PALETTE == SEQUENTIAL) { set palette defined (0 '#F7FBFF', 1 '#DEEBF7', 2 \\\n"
    "      '#C6DBEF', 3 '#9ECAE1', 4 '#6BAED6', 5 '#4292C6', 6 '#2171B5', 7 '#08519C', 8 \\\n"
    "      '#08306B') }\n"
    "}\n";

// clang-format on

/* What the journals ask for, a line each, and which of them is meant. */
static void
put_journals(struct acc_text *text, const struct acc_journal *chosen)
{
	acc_text_printf(text, "if (!exists(\"JOURNAL\")) JOURNAL = \"%s\"\n", chosen->key);
	acc_text_put(text, "# text, smallest text and data lines in pt, tallest page in mm, dpi\n");
	for (size_t j = 0; j < acc_journal_count; j++) {
		const struct acc_journal *journal = &acc_journals[j];
		acc_text_printf(text,
				"if (JOURNAL eq \"%s\") { JTEXT = %g; JLEAST = %g; JLINE = %g; "
				"JTALL = %g; JDPI = %d; JLETTER = \"%s\" }\n",
				journal->key, journal->text, journal->smallest, journal->line,
				journal->tallest, journal->dpi, journal->letters);
	}
	acc_text_put(text, "if (!exists(\"JTEXT\")) { exit error \"JOURNAL is none of these\" }\n");
}

void
acc_style_add(struct acc_bundle *bundle, const struct acc_look *chosen)
{
	struct acc_text style = {0}, opening = {0};
	acc_text_put(&style, head);
	put_journals(&style, chosen->journal ? chosen->journal : &acc_journals[0]);
	acc_text_put(&style, settings);
	acc_text_printf(&style,
			"if (!exists(\"COLOR\"))  COLOR = %d         # 0: greys; shapes tell the "
			"groups apart\n",
			!chosen->grey);
	acc_text_put(&style, look);
	acc_text_put(&style, helpers);
	acc_script_add(bundle, "style.gp", &style);
	acc_text_put(&opening, page);
	acc_script_add(bundle, "page.gp", &opening);
}
