/* number: how people read numbers: APA style, from the digits that stand in a results file.
 *
 * Two decimals; no leading zero for what cannot leave [-1, 1], and up to four decimals rather than
 * a false 1.00; p to three, or "< .001"; a true minus (U+2212), never one before zero. */
#ifndef ACC_NUMBER_H
#define ACC_NUMBER_H

#include "pipeline/report/document.h"

/* Append one part of a cell that is a number. An empty or broken one: a dash. */
void acc_number_people(struct acc_text *text, const char *digits, enum acc_cell_kind kind);

/* Append a whole cell that holds numbers: "value", "[low, high]" or "value [low, high]". Limits
 * that are missing are left out; a missing value is a dash. */
void acc_cell_people(struct acc_text *text, const struct acc_cell *cell);

/* Append the name of a coefficient's key, with typographic apostrophes; a key that is none as it
 * is. */
void acc_coefficient_name(struct acc_text *text, const char *key);

/* Is it printed as a number? */
bool acc_cell_is_number(enum acc_cell_kind kind);

#endif
