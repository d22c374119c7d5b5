/* stress: things in the unit square so that what is near goes together and nothing lies on top of
 * something else. Not for measuring: places for the nodes of a drawing. */
#ifndef ACC_STRESS_H
#define ACC_STRESS_H

#include "stats/base.h"

/* From a symmetric count x count matrix of distances: classical scaling, then stress majorisation
 * with weights 1 / distance^2, thing by thing (Gansner, Koren & North 2004), then things that are
 * too close are moved apart; *apart is the smallest distance that remains. place[2 * i] and place[2
 * * i + 1] of thing i, from 0 to 1; the same distances give the same places. */
enum acc_status acc_stress_layout(const double *distance, size_t count, double *place,
				  double *apart);

#endif
