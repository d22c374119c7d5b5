/* picture: the bytes of a picture, judged and settled. */
#ifndef ACC_PICTURE_H
#define ACC_PICTURE_H

#include "plots/text.h"
#include <stdbool.h>

/* Does it begin and end as a whole file of that format does? */
bool acc_picture_whole(const struct acc_text *picture, const char *format);

/* What differs between equal drawings is fixed: the date in PDF and EPS. An SVG gets title and
 * description (NULL: none) for those who hear it, in place of gnuplot's own. */
void acc_picture_settle(struct acc_text *picture, const char *format, const char *title,
			const char *alt);

#endif
