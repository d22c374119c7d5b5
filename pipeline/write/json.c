#include "pipeline/write/json.h"

void
acc_json_string(struct acc_text *text, const char *string)
{
	acc_text_put(text, "\"");
	for (const char *c = string; *c; c++) {
		if (*c == '"' || *c == '\\')
			acc_text_put(text, "\\");
		if ((unsigned char)*c < 0x20)
			acc_text_printf(text, "\\u%04x", (unsigned)*c);
		else
			acc_text_bytes(text, c, 1);
	}
	acc_text_put(text, "\"");
}
