/* json: strings as JSON has them. */
#ifndef ACC_JSON_H
#define ACC_JSON_H

#include "plots/text.h"

/* Append a string in quotes, with what JSON does not take escaped. */
void acc_json_string(struct acc_text *text, const char *string);

#endif
