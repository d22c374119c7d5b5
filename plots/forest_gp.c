/* The drawing of the forest plot, in gnuplot's language; forest.c writes the settings and labels
 * above it. */
#include "plots/drawing.h"
#include "plots/script.h"

#include <stddef.h>

// clang-format off
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
    "if (R*NATURAL(PITCH) + MB + MT > TALLEST) {\n"
    "  TIGHT = ((TALLEST-MB-MT)/R-1.8)/G; PITCH = TIGHT >= 1.6 ? TIGHT : 2.1\n"
    "}\n"
    "ROW = NATURAL(PITCH); SCALE = least(1, most(0.7, PITCH/2.1)); ROOM = TALLEST - MB - MT\n";

static const char margin[] =
    "MR = NUMBERS ? UNITSMM + TEXTMM + 12 : 4\n";

static const char frame[] =
    "\n"
    "# ---- frame\n"
    "do for [r=R1:R2:2] { set object r rectangle from 0,MID(r)-ROW/2. to WIDTH,MID(r)+ROW/2. \\\n"
    "    behind fc rgb ZEBRA fs solid noborder }\n"
    "do for [i=0:floor((XMAX-XMIN)/XSTEP+0.01)] {\n"
    "  v = XMIN + i*XSTEP; if (abs(v) < 1e-9) { v = 0 }\n"
    "  set arrow 10+i from X(v),MB rto 0,-0.9 nohead lw pts(0.5) lc rgb INK\n"
    "  set label 10+i axis1(v) at X(v),MB-2.8 center font pt(FS) tc rgb INK\n"
    "}\n"
    "set arrow 1 from X(XMIN),MB to X(XMAX),MB nohead lw pts(0.5) lc rgb INK\n"
    "if (XMIN < 0) { set arrow 2 from X(0),MB to X(0),TOP nohead back lw pts(0.5) lc rgb GREY }\n"
    "set label 1 XLABEL at X((XMIN+XMAX)/2.),MB-7.2 center font pt(FS) tc rgb INK\n"
    "CLOSE = |THRESHOLD| == 2 && X(THRESHOLD[2])-X(THRESHOLD[1]) < mm(2.2,FSMIN)\n"
    "do for [i=1:|THRESHOLD|] {\n"
    "  set arrow 2+i from X(THRESHOLD[i]),MB to X(THRESHOLD[i]),TOP nohead back lw \\\n"
    "      pts(0.5) lc rgb GREY dt (4,4)\n"
    "  set label 90+i bound(THRESHOLD[i]) at X(THRESHOLD[i])+CLOSE*(i-1.5)*mm(1.6,FSMIN),TOP+1.7 center font pt(FSMIN) \\\n"
    "      tc rgb GREY\n"
    "}\n"
    "if (POOLED && R > 1 && R2 == R) { set arrow 9 from 0.5,MID(R)+ROW/2. to WIDTH-0.5,MID(R)+ROW/2. \\\n"
    "    nohead lw pts(0.5) lc rgb GREY }\n"
    "\n";

static const char columns[] =
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
    "interval(d) = given(\"low\") ? \" [\".stat(C(\"low\")).\", \".stat(C(\"high\")).\"]\" \\\n"
    "    : \"\"\n"
    "text(d) = given(\"value\") ? stat(C(\"value\")).interval(d) : \"–\"\n"
    "ALONE = R*G == 1      # gnuplot 5.4 crashes on labels of which there is one, undefined\n";

static const char numbers[] =
    "  DATA using (pick(ALONE || (PITCH > 2 && !given(\"value\")), X(most(XMIN,0))+3.6)) \\\n"
    "      :(Y(C(\"row\"),C(\"group\"))):(given(\"value\") ? \"\" : \"not defined\") \\\n"
    "      with labels left font pt(FSN) tc rgb INK, \\\n"
    "  for [i=1:NUMBERS] DATA using (UX):(Y(C(\"row\"),C(\"group\"))):(whole(C(\"units\"))) \\\n"
    "      with labels right font pt(FSN) tc rgb INK, \\\n"
    "  for [i=1:NUMBERS] DATA using (TX):(Y(C(\"row\"),C(\"group\"))):(text(0)) \\\n"
    "      with labels left font pt(FSN) tc rgb INK\n"
    "unset output\n";

const char *const acc_drawing_forest[] = {
    layout, acc_script_key,   fitting, acc_script_pages, margin,  acc_script_rows,
    frame,  acc_script_names, columns, drawing,          acc_script_intervals, numbers, NULL};
