#include "stats/layer.h"

#include <string.h>

uint32_t
acc_layer_themes(const struct acc_patterns *patterns)
{
	return patterns->design == ACC_CODES ? patterns->code.count : patterns->theme.count;
}

const char *
acc_layer_theme(const struct acc_patterns *patterns, uint32_t theme)
{
	return patterns->design == ACC_CODES ? patterns->code.label[theme]
					     : patterns->theme.label[theme];
}

/* Count one coder's value: which themes were looked at, and which applied. */
static void
count_value(const struct acc_patterns *patterns, uint32_t present, uint32_t value, uint32_t themes,
	    uint32_t *looked, uint32_t *applied)
{
	size_t length;
	const uint32_t *word = acc_pool_get(&patterns->value, value, &length);
	/* Only in the theme codes design can a coder have looked for some themes and not for
	 * others. */
	if (patterns->design != ACC_THEME_CODES)
		for (uint32_t t = 0; t < themes; t++)
			looked[t]++;
	for (size_t i = 0; i < length; i += 2) {
		if (patterns->design == ACC_CODES)
			applied[word[i + 1]]++;
		else if (patterns->design == ACC_THEMES)
			applied[word[i]]++;
		else {
			looked[word[i]]++;
			applied[word[i]] += word[i + 1] == present;
		}
	}
}

static bool
has(enum acc_layer_kind kind, uint32_t looked, uint32_t applied)
{
	if (kind == ACC_LAYER_ANY || kind == ACC_LAYER_CODER)
		return applied > 0;
	return kind == ACC_LAYER_ALL ? applied == looked : 2 * applied > looked;
}

bool
acc_layer_read(const struct acc_patterns *patterns, uint32_t present, const struct acc_layer *layer,
	       const struct acc_pattern *pattern, signed char *state, uint32_t *looked,
	       uint32_t *applied)
{
	uint32_t themes = acc_layer_themes(patterns);
	bool anybody = false;
	memset(looked, 0, themes * sizeof *looked);
	memset(applied, 0, themes * sizeof *applied);
	for (size_t i = 0; i < pattern->ratings; i++)
		if (layer->kind != ACC_LAYER_CODER || pattern->rating[2 * i] == layer->coder)
			count_value(patterns, present, pattern->rating[2 * i + 1], themes, looked,
				    applied);
	for (uint32_t t = 0; t < themes; t++) {
		anybody = anybody || looked[t];
		state[t] = -1;
		if (looked[t])
			state[t] = has(layer->kind, looked[t], applied[t]);
	}
	return anybody;
}

static void
sort(uint32_t *theme, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		uint32_t moving = theme[i], at = i;
		for (; at > 0 && theme[at - 1] > moving; at--)
			theme[at] = theme[at - 1];
		theme[at] = moving;
	}
}

uint32_t
acc_layer_list(const struct acc_patterns *patterns, const struct acc_layer *layer,
	       const struct acc_pattern *pattern, uint32_t *theme, uint32_t *count,
	       uint32_t *applied)
{
	uint32_t looked = 0, some = 0;
	size_t length, label = patterns->design == ACC_CODES; /* codes are the themes there */
	for (size_t i = 0; i < pattern->ratings; i++) {
		if (layer->kind == ACC_LAYER_CODER && pattern->rating[2 * i] != layer->coder)
			continue;
		const uint32_t *word =
		    acc_pool_get(&patterns->value, pattern->rating[2 * i + 1], &length);
		looked++;
		for (size_t w = label; w < length; w += 2)
			if (applied[word[w]]++ == 0)
				theme[some++] = word[w];
	}
	*count = 0;
	for (uint32_t t = 0; t < some; t++) {
		bool kept = has(layer->kind, looked, applied[theme[t]]);
		applied[theme[t]] = 0;
		if (kept)
			theme[(*count)++] = theme[t];
	}
	sort(theme, *count);
	return looked;
}
