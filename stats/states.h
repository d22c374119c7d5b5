/* states: units whose rows come in any order, each as the pattern of its rows so far.
 *
 * A unit is one number, that of the vector its rows have made; a further row leads from a vector to
 * the next. Which one is worked out once and remembered: there are few vectors where patterns
 * collapse, however many units. Where they do not, this is not the way (ACC_TOO_LARGE).
 *
 * While what coders gave fits into 32 bits (stats/packed.h) and all units are of one head, the
 * number is simply that. */
#ifndef ACC_STATES_H
#define ACC_STATES_H

#include "stats/states_steps.h"

void acc_states_free(struct acc_states *states);

/* Take a row. ACC_TOO_LARGE: there are too many vectors. */
enum acc_status acc_states_take(struct acc_states *states, const struct acc_unit_name *name,
				const struct acc_unit *about, const struct acc_assignment *row);

/* All rows are there: the vectors that units have come to, counted, take the place of all. */
enum acc_status acc_states_finish(struct acc_states *states);

#endif
