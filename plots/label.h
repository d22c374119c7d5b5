/* label: names that come from outside, made safe to print and to hand to gnuplot.
 *
 * A name is cleaned (what would break a line, hide or reverse text becomes U+FFFD), cut to a number
 * of display columns, and quoted. A quoted label is one double-quoted gnuplot string; it may stand
 * only on the right of `L[n] =` in a script, and only where gnuplot reads it `noenhanced`. */
#ifndef ACC_LABEL_H
#define ACC_LABEL_H

#include "plots/text.h"

enum {
	ACC_LABEL_COLUMNS = 60, /* longest label anywhere */
	ACC_LABEL_ROW = 40,     /* longest name of a row, broken into two lines if need be */
};

/* Append `name`, cleaned, and cut to `columns` display columns with an ellipsis (0: not cut).
 * True: it was cut. */
bool acc_label_clean(struct acc_text *text, const char *name, unsigned columns);

/* Append a cleaned label, broken into two lines of about equal width if it is wider than `em`. */
void acc_label_break(struct acc_text *text, const char *clean, double em);

/* Append a cleaned label as a gnuplot string. */
void acc_label_quote(struct acc_text *text, const char *clean);

/* Width in em of the widest line of a cleaned label. */
double acc_label_em(const char *clean);

#endif
