/* cooccur window: the units of a study made as wide as --window says. */
#ifndef ACC_COOCCUR_WINDOW_H
#define ACC_COOCCUR_WINDOW_H

#include "pipeline/cooccur_options.h"
#include "pipeline/read/study.h"

/* What became of the units. All zero before; free after. */
struct acc_windows {
	struct acc_patterns units; /* owned: as they were, where each coder has windows of their
				    * own; else empty */
	bool by_coder;
	bool shared; /* some unit is in several of the windows of all coders */
};

/* Does a window need the units themselves? */
bool acc_window_needs_units(enum acc_window window);

/* Put windows in the place of units. False with a message. */
bool acc_cooccur_widen(struct acc_command *command, const struct acc_cooccur_options *options,
		       struct acc_study *study, struct acc_windows *windows);

/* The windows of what one coder looked at, where they are not those of all (by_coder): `made` is
 * empty before and the caller's after. False with a message. */
bool acc_windows_of_coder(struct acc_command *command, const struct acc_windows *windows,
			  const struct acc_study *study, uint32_t coder, struct acc_patterns *made,
			  bool *shared);

/* Say once what may surprise: units without text, documents that are not told apart. */
void acc_windows_say(struct acc_command *command, const struct acc_study *study);

void acc_windows_free(struct acc_windows *windows);

#endif
