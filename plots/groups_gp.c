/* The drawing of agreement by group, in gnuplot's language; groups.c writes the settings and labels
 * above it. */
#include "plots/drawing.h"
#include "plots/script.h"

#include <stddef.h>

// clang-format off
static const char layout[] =
    "# ---- layout, in mm\n"
    "NAME_EM = 0.0; do for [r=1:R] { NAME_EM = most(NAME_EM, EM[r]) }\n"
    "TALL = 1; do for [r=1:R] { TALL = most(TALL, linecount(L[r])) }\n"
    "ML = mm(NAME_EM,FS) + 4                       # room for the widest name\n"
    "MR = mm(NARROW ? 4.7 : DF_DIGITS > 0 ? 13.2 + 0.556*DF_DIGITS : 8.8, FSN) + 5\n"
    "MB = 10.5; KEYTO = WIDTH - 1\n";

static const char fitting[] =
    "MT = 5.2 + 4.4*KEYLINES\n"
    "NATURAL(pitch) = most(most(G*pitch + 1.8, FS*0.36*TALL + 1.6), \\\n"
    "    NARROW && REFUSED ? FSN*0.72 + 1.8 : 0)   # height of a row\n"
    "PITCH = 2.4                                   # between the groups of one theme\n"
    "if (R*NATURAL(PITCH) + MB + MT > TALLEST) {\n"
    "  TIGHT = ((TALLEST-MB-MT)/R-1.8)/G; PITCH = TIGHT >= 1.6 ? TIGHT : 2.1\n"
    "}\n"
    "ROW = NATURAL(PITCH); SCALE = least(1, most(0.7, PITCH/2.1)); ROOM = TALLEST - MB - MT\n";

static const char frame[] =
    "TX = WIDTH - MR + 4\n"
    "CROWDED = X(XMIN+XSTEP) - X(XMIN) < mm(2.7,FS) ? 2 : 1    # then every second number\n"
    "\n"
    "# ---- frame\n"
    "do for [r=R1:R2:2] { set object r rectangle from 0,MID(r)-ROW/2. to WIDTH,MID(r)+ROW/2. \\\n"
    "    behind fc rgb ZEBRA fs solid noborder }\n"
    "do for [i=0:floor((XMAX-XMIN)/XSTEP+0.01)] {\n"
    "  v = XMIN + i*XSTEP; if (abs(v) < 1e-9) { v = 0 }\n"
    "  set arrow 10+i from X(v),MB to X(v),TOP nohead back lw pts(0.4) lc rgb RULE\n"
    "  if (int(floor(v/XSTEP+0.5))%CROWDED == 0) { set label 10+i axis1(v) at X(v),MB-2.8 center font pt(FS) tc rgb INK }\n"
    "}\n"
    "set arrow 1 from X(XMIN),MB to X(XMAX),MB nohead lw pts(0.5) lc rgb INK\n"
    "if (XMIN < 0) { set arrow 2 from X(0),MB to X(0),TOP nohead back lw pts(0.5) lc rgb GREY }\n"
    "set label 1 XLABEL at X((XMIN+XMAX)/2.),MB-7.2 center font pt(FS) tc rgb INK\n"
    "set label 2 TEST_HEAD at TX,TOP+1.9 left font pt(FSN) tc rgb INK\n"
    "if (POOLED && R > 1 && R2 == R) { set arrow 9 from 0.5,MID(R)+ROW/2. to WIDTH-0.5,MID(R)+ROW/2. \\\n"
    "    nohead lw pts(0.5) lc rgb GREY }\n"
    "\n";

static const char drawing[] =
    "\n"
    "# ---- data: intervals, arrows where they leave the scale, values, pooled values, undefined;\n"
    "# group 0: the test\n"
    "isgroup(g) = C(\"group\") == g\n"
    "pooled(r) = POOLED && r == R\n"
    "pvalue(v) = v < 0.001 ? \"< .001\" : bare(sprintf(\"%.3f\", v))\n"
    "pshort(v) = v < 0.001 ? \"{/:Italic p} < .001\" : \"{/:Italic p} = \".pvalue(v)\n"
    "df(d) = given(\"df2\") ? sprintf(\"(%.0f, %.1f)\", C(\"df1\"), C(\"df2\")) : \"\"\n"
    "long(d) = sprintf(\"{/:Italic F}%s = %.2f, %s\", df(0), C(\"F\"), pshort(C(\"p\")))\n"
    "text(d) = !given(\"p\") ? (NARROW ? \"not\\nestimable\" : \"not estimable\") : NARROW ? pvalue(C(\"p\")) : long(0)\n";

static const char numbers[] =
    "  DATA using (pick(PITCH > 2 && C(\"group\") > 0 && !given(\"value\"), X(most(XMIN,0))+3.6)) \\\n"
    "      :(Y(C(\"row\"),C(\"group\"))):(\"not defined\") \\\n"
    "      with labels left font pt(FSN) tc rgb INK, \\\n"
    "  DATA using (pick(isgroup(0), TX)):(MID(C(\"row\")) + (NARROW && !given(\"p\") ? FSN*0.2 : 0)) \\\n"
    "      :(text(0)) \\\n"
    "      with labels left font pt(FSN) tc rgb INK\n"
    "unset output\n";

const char *const acc_drawing_groups[] = {
    layout, acc_script_key,   fitting, acc_script_pages,     acc_script_rows,
    frame,  acc_script_names, drawing, acc_script_intervals, numbers, NULL};
