/* metrics: how wide text is, so that margins fit their longest label. */
#ifndef ACC_METRICS_H
#define ACC_METRICS_H

#include <stdbool.h>
#include <stdint.h>

/* Columns on a terminal: 0 for combining marks, 2 for East Asian wide characters, else 1. */
unsigned acc_char_columns(uint32_t character);

/* Is it an East Asian wide character? A line may be broken beside one. */
bool acc_char_wide(uint32_t character);

/* Width in em in the font of the figures; a generous guess where the font has no glyph. */
double acc_char_em(uint32_t character);

#endif
