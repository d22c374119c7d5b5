/* incidence: made-up mentions of themes by participants, for the tests of saturation. */
#ifndef ACC_TESTS_INCIDENCE_H
#define ACC_TESTS_INCIDENCE_H

#include "stats/base.h"
#include "stats/saturation.h"

/* Theme t is mentioned by mentions[t] participants, spread so that themes do not all share their
 * speakers. To be freed with acc_incidence_free. */
static inline struct acc_incidence
incidence_of(const double *mentions, size_t themes, size_t participants)
{
	struct acc_incidence incidence = {participants, themes, acc_array(participants * themes, 1),
					  acc_array(themes, sizeof(double))};
	for (size_t t = 0; t < themes; t++) {
		incidence.mentions[t] = mentions[t];
		for (size_t i = 0; i < (size_t)mentions[t]; i++)
			incidence.has[(i * 3 + t) % participants * themes + t] = 1;
	}
	return incidence;
}

#endif
