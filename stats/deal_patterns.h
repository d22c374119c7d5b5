/* deal patterns: rows of units that were dealt (deal.h) become patterns.
 *
 * A row is a number of stats/list_words.h: its coder and what was given, a code in the codes
 * design, a theme in the themes design. Not for theme codes, nor where anything else is known of
 * units. */
#ifndef ACC_DEAL_PATTERNS_H
#define ACC_DEAL_PATTERNS_H

#include "stats/deal.h"
#include "stats/gather.h"

/* The number of a row: ACC_NONE where it is a missing rating. Sets *full where it does not fit. */
uint32_t acc_deal_row(enum acc_design design, uint32_t coder, uint32_t theme, uint32_t code,
		      bool *full);

/* Tabulate what deal[deals] have (at least one), by numbers of the labels of from[deals], into
 * `patterns`, which is empty before and canonical afterwards, with so many threads. ACC_TOO_LARGE:
 * rows contradict each other, or are too many. */
enum acc_status acc_deal_tabulate(const struct acc_deal *const *deal,
				  const struct acc_patterns *const *from, size_t deals,
				  struct acc_patterns *patterns, unsigned threads);

#endif
