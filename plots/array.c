#include "plots/array.h"

#include <math.h>

struct acc_text *
acc_array_next(struct acc_array *array)
{
	bool wrapped = array->line && array->count % array->line == 0;
	if (array->count++)
		acc_text_put(&array->items, wrapped ? ", \\\n  " : ", ");
	return &array->items;
}

void
acc_array_number(struct acc_array *array, double value)
{
	struct acc_text *item = acc_array_next(array);
	if (isnan(value))
		acc_text_put(item, "NaN");
	else
		acc_text_number(item, value);
}

void
acc_array_put(const struct acc_array *array, const char *name, const char *remark,
	      struct acc_text *script)
{
	acc_text_printf(script, "array %s[%zu] = [%s]%s\n", name, array->count ? array->count : 1,
			array->count && array->items.bytes ? array->items.bytes : "0", remark);
	script->failed |= array->items.failed;
}

void
acc_array_free(struct acc_array *array)
{
	acc_text_free(&array->items);
	array->count = 0;
}
