/* simulated: what simulated studies have in common. */
#ifndef SIMULATED_H
#define SIMULATED_H

#include "stats/random.h"
#include "stats/vocabulary.h"

/* Give up, saying that memory is out, unless all is well. */
void must_be_ok(enum acc_status status);

/* A number between 0 and 1 of mean m; r: correlation of the draws that share it (beta). 0 and 1
 * stay what they are. */
double draw_beta(gsl_rng *rng, double m, double r);

/* Add the label PREFIXNNN. */
void add_label(struct acc_vocabulary *vocabulary, const char *prefix, unsigned number);

#endif
