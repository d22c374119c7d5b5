/* locate: where this program is, and what was installed with it. */
#ifndef ACC_LOCATE_H
#define ACC_LOCATE_H

#include "plots/text.h"

/* The path of the running program. `said` is argv[0]. False: it cannot be found, or no memory. */
bool acc_locate_program(struct acc_text *path, const char *said);

/* The path of an installed file, such as "accord.mk": found from where the program is (a tree can
 * be moved), else where `make install` was told to put data, else in the source tree. */
bool acc_locate_data(struct acc_text *path, const char *name, const char *said);

#endif
