/* matrix: theme by theme matrices as heat maps, a panel each: the drawing that the figures
 * cooccurrence and difference share.
 *
 * Above it a script sets: LIMIT, LOWEST, PALETTE, LOGARITHM (colour scale), NT, NP (themes,
 * panels), COUNTS (numbers in the cells), DIGITS (room for them), LARGEST, COMFORT (cells, mm),
 * MARKED, MARK (dots and their meaning), ABSENT (what a cross means), TOTALS (what the diagonal
 * holds, or ""), BARLABEL, SUB[p] (second line of a title) and CELLTEXT(x), which gives the number
 * of the cell at hand. Labels: themes, then titles of panels. Data: panel, row, column, units,
 * shade, marked. */
#ifndef ACC_MATRIX_H
#define ACC_MATRIX_H

/* In this order, with acc_script_panels after `listed`. */
extern const char acc_matrix_layout[], acc_matrix_listed[], acc_matrix_frame[], acc_matrix_foot[],
    acc_matrix_drawing[];

#endif
