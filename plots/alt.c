#include "plots/alt.h"

#include "plots/label.h"
#include <math.h>

void
acc_alt_point(struct acc_alt *alt, const char *theme, const char *group, double value)
{
	if (isnan(value)) {
		alt->undefined++;
		return;
	}
	if (!alt->points || value < alt->low.value)
		alt->low = (struct acc_alt_point){theme, group, value};
	if (!alt->points || value > alt->high.value)
		alt->high = (struct acc_alt_point){theme, group, value};
	alt->points++;
}

static void
put_point(struct acc_text *text, const struct acc_alt_point *point)
{
	acc_text_printf(text, "%.2f", point->value);
	acc_text_put(text, " (");
	acc_label_clean(text, *point->theme ? point->theme : "all", ACC_LABEL_COLUMNS);
	if (*point->group) {
		acc_text_put(text, ", ");
		acc_label_clean(text, point->group, ACC_LABEL_COLUMNS);
	}
	acc_text_put(text, ")");
}

void
acc_alt_range(const struct acc_alt *alt, struct acc_text *text)
{
	if (alt->points == 1)
		put_point(text, &alt->low);
	else if (alt->points) {
		acc_text_put(text, "from ");
		put_point(text, &alt->low);
		acc_text_put(text, " to ");
		put_point(text, &alt->high);
	} else
		acc_text_put(text, "none is defined");
	if (alt->points && alt->undefined)
		acc_text_printf(text, "; %zu not defined", alt->undefined);
}

void
acc_alt_count(struct acc_text *text, size_t count, const char *one, const char *many)
{
	acc_text_printf(text, "%zu %s", count, count == 1 ? one : many);
}

void
acc_alt_themes(struct acc_text *text, size_t themes, size_t groups)
{
	if (themes)
		acc_alt_count(text, themes, "theme", "themes");
	else
		acc_text_put(text, "all units");
	if (groups)
		acc_text_put(text, " by ");
	if (groups)
		acc_alt_count(text, groups, "group", "groups");
}
