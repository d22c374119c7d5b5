/* layer: whose codings count when a unit is said to have a theme.
 *
 * The one place that turns several coders' values into "the unit has the theme". */
#ifndef ACC_LAYER_H
#define ACC_LAYER_H

#include "stats/patterns.h"

enum acc_layer_kind {
	ACC_LAYER_ANY,      /* some coder applied it */
	ACC_LAYER_MAJORITY, /* more than half of the coders who looked did */
	ACC_LAYER_ALL,      /* all coders who looked did */
	ACC_LAYER_CODER,    /* one named coder did; units that coder did not look at do not count */
	/* To some degree, see layer_pairs.h; nothing below knows these two. */
	ACC_LAYER_MEAN,
	ACC_LAYER_DAWID_SKENE
};

struct acc_layer {
	enum acc_layer_kind kind;
	uint32_t coder; /* ACC_LAYER_CODER */
};

/* What is looked for: in the themes design a theme applied, in the theme codes design a theme whose
 * code is `present`, in the codes design each code as a theme of its own. */
uint32_t acc_layer_themes(const struct acc_patterns *patterns);
const char *acc_layer_theme(const struct acc_patterns *patterns, uint32_t theme);

/* Per theme, whether a unit of the pattern has it: state[theme] = 1 has, 0 has not, -1 nobody of
 * the layer looked. looked and applied are scratch, [themes] each. Returns whether anybody looked
 * at all. */
bool acc_layer_read(const struct acc_patterns *patterns, uint32_t present,
		    const struct acc_layer *layer, const struct acc_pattern *pattern,
		    signed char *state, uint32_t *looked, uint32_t *applied);

/* The themes that a unit of the pattern has, sorted: theme[*count]; returns how many coders of the
 * layer looked at the unit. Not for theme codes, where one may look for some themes only. It
 * touches the themes that somebody applied and no others. applied is scratch, [themes], zero before
 * and after. */
uint32_t acc_layer_list(const struct acc_patterns *patterns, const struct acc_layer *layer,
			const struct acc_pattern *pattern, uint32_t *theme, uint32_t *count,
			uint32_t *applied);

#endif
