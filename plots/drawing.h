/* drawing: the part of each figure's script that is the same for all results.
 *
 * NAME_gp.c holds it, in gnuplot's language: the layout in millimetres, the frame, the data. It
 * knows labels only by number, as L[n], and draws them `noenhanced`. */
#ifndef ACC_DRAWING_H
#define ACC_DRAWING_H

/* acc_drawing_NAME: pieces of text, NULL last. */
#define ACC_FIGURE(key) extern const char *const acc_drawing_##key[];
#include "plots/figures.def"
#undef ACC_FIGURE

#endif
