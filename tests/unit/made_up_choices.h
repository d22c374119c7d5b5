/* Made-up results of accord explain, codeline and specify. */
#ifndef ACC_MADE_UP_CHOICES_H
#define ACC_MADE_UP_CHOICES_H

#include "tests/unit/made_up_table.h"

/* ---- two coders and a theme: every fifth pair has no unit in common ---- */

static void
add_pair_table(struct study *study, const char *group, const char *theme, size_t a, size_t b)
{
	char pair[4096], both[16], first[16], neither[16];
	struct estimate e = next_estimate(study);
	bool empty = !*e.value;
	snprintf(pair, sizeof pair, "%s,%s", study->coder[a], study->coder[b]);
	snprintf(both, sizeof both, "%u", study->values % 40);
	snprintf(first, sizeof first, "%u", study->values % 3);
	snprintf(neither, sizeof neither, "%u", 50 - study->values % 40 - study->values % 3);
	add_row(&study->explanation, "kind", "pair", "group", group, "theme", theme, "coders", pair,
		"coder_a", study->coder[a], "coder_b", study->coder[b], "units", empty ? "0" : "57",
		"a", empty ? "0" : both, "b", empty ? "0" : first, "c", empty ? "0" : "7", "d",
		empty ? "0" : neither, "kappa", e.value, "prevalence_index", e.low, "bias_index",
		e.high, NULL);
}

static void
add_explanation(struct study *study)
{
	add_header(&study->explanation,
		   "kind,group,theme,coders,coder_a,coder_b,units,a,b,c,d,kappa,"
		   "prevalence_index,bias_index,note");
	for (size_t g = 0; g <= study->groups; g++)
		for (size_t t = 0; t < study->themes; t++)
			for (size_t a = 0; a < study->coders; a++)
				for (size_t b = a + 1; b < study->coders; b++)
					add_pair_table(study, g ? study->group[g - 1] : "",
						       study->theme[t], a, b);
}

/* ---- two transcripts; who looked and who applied goes by a sequence ---- */

static void
add_unit(struct study *study, const char *document, size_t place)
{
	static const char *const states[] = {"absent", "applied", "absent", "not_seen", "applied"};
	char number[16];
	snprintf(number, sizeof number, "%zu", place);
	for (size_t t = 0; t < study->themes; t++)
		for (size_t c = 0; c < study->coders; c++)
			add_row(&study->codeline, "document", document, "unit", number, "place",
				number, "theme", study->theme[t], "coder", study->coder[c], "state",
				states[(place * 7 + t * 3 + c) % 5], NULL);
}

static void
add_codeline(struct study *study)
{
	add_header(&study->codeline, "document,unit,place,theme,coder,state");
	for (size_t d = 0; d < 2; d++)
		for (size_t place = 1; place <= 12 + 30 * d; place++)
			add_unit(study, d ? "second" : "first", place);
}

/* ---- every coefficient, rule and coder; one specification per theme and group ---- */

static void
add_specification(struct study *study, const char *group, const char *theme,
		  const char *coefficient, const char *rule, const char *left_out)
{
	struct estimate e = next_estimate(study);
	add_row(&study->specifications, "what", "agreement", "group", group, "theme", theme,
		"quantity", coefficient, "weights", "identity", "missing", rule, "left_out",
		left_out, "main", "", "units", "50", "value", e.value, "ci_low", e.low, "ci_high",
		e.high, "level", "0.95", "method", "jackknife", "clusters", "12", "reason",
		*e.value ? "" : "no_variation", NULL);
}

static void
add_associations(struct study *study, const char *rule)
{
	static const char *const measure[] = {"phi", "npmi", "lift"};
	for (size_t m = 0; m < 3 && study->themes > 1; m++) {
		struct estimate e = next_estimate(study);
		add_row(&study->specifications, "what", "cooccurrence", "theme_a", study->theme[0],
			"theme_b", study->theme[1], "quantity", measure[m], "missing", rule,
			"layer", "majority", "window", "unit", "main", m ? "" : "yes", "units",
			"50", "value", e.value, "ci_low", e.low, "ci_high", e.high, "level", "0.95",
			"method", "jackknife", "clusters", "12", "reason",
			*e.value ? "" : "empty_margin", NULL);
	}
}

static void
add_specifications(struct study *study)
{
	static const char *const rule[] = {"listed", "complete"};
	static const char *const coefficient[] = {"krippendorff_alpha", "gwet_ac"};
	add_header(&study->specifications,
		   "what,group,theme,theme_a,theme_b,quantity,weights,missing,left_out,layer,"
		   "window,main,units,value,ci_low,ci_high,level,method,clusters,reason,note");
	for (size_t r = 0; r < 2; r++) {
		for (size_t c = 0; c <= study->coders; c++)
			for (size_t k = 0; k < 2; k++)
				add_specification(study, "", "", coefficient[k], rule[r],
						  c ? study->coder[c - 1] : "");
		add_associations(study, rule[r]);
	}
	for (size_t t = 0; t < study->themes; t++)
		add_specification(study, "", study->theme[t], coefficient[0], rule[0], "");
	for (size_t g = 0; g < study->groups; g++)
		add_specification(study, study->group[g], "", coefficient[0], rule[0], "");
}

#endif
