/* coders_prevalence: how common the themes are by each layer of codings, each coder alone and the
 * model, and the differences of groups. */
#include "pipeline/coders.h"

#include <math.h>
#include <stdlib.h>

/* The densities of all groups, and of all units last, in one layer of codings. */
static bool
read_layer(struct acc_coders *run, const struct acc_layer *layer, struct acc_share **share)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	bool good = true;
	for (uint32_t g = 0; good && g <= patterns->group.count; g++)
		good = acc_status_ok(run->command->messages,
				     acc_densities(patterns, run->study.present, layer,
						   g < patterns->group.count ? g : ACC_NONE,
						   run->made.plan.cluster, run->made.plan.level,
						   &share[g]));
	return good;
}

static void
put_difference(struct acc_coders *run, struct acc_coders_subject subject, const struct acc_share *a,
	       const struct acc_share *b)
{
	struct acc_share share = {.value = a->value - b->value,
				  .count = NAN,
				  .total = NAN,
				  .clusters = a->clusters + b->clusters,
				  .reason = a->reason != ACC_DEFINED ? a->reason : b->reason,
				  .notes = a->notes | b->notes,
				  .method = ""};
	acc_newcombe(a, b, &share.low, &share.high);
	share.se = isnan(share.low) ? NAN : hypot(a->se, b->se);
	if (!isnan(share.low))
		share.method = "interval from both intervals (MOVER)";
	subject.quantity = "density_difference";
	acc_coders_put(run, &subject, &share);
}

static void
put_layer_theme(struct acc_coders *run, struct acc_coders_subject subject,
		struct acc_share *const *share, uint32_t theme)
{
	const struct acc_vocabulary *group = &run->study.patterns.group;
	for (uint32_t g = 0; g <= group->count; g++) {
		subject.group = g < group->count ? group->label[g] : "";
		acc_coders_put(run, &subject, &share[g][theme]);
	}
	for (uint32_t g = 0; g < group->count; g++)
		for (uint32_t h = g + 1; h < group->count; h++) {
			subject.group = group->label[g];
			subject.versus = group->label[h];
			put_difference(run, subject, &share[g][theme], &share[h][theme]);
		}
}

static void
put_model_theme(struct acc_coders *run, struct acc_coders_subject subject, uint32_t theme)
{
	const struct acc_vocabulary *group = &run->study.patterns.group;
	const struct acc_coding_error *error = &run->error[acc_coders_question(run, theme)];
	size_t q = error->categories, category = acc_coders_category(run, theme), pair = 0;
	struct acc_share share;
	for (uint32_t g = 0; g <= group->count; g++) {
		subject.group = g < group->count ? group->label[g] : "";
		share = acc_coders_of_model(error, error->prevalence, g * q + category);
		acc_coders_put(run, &subject, &share);
	}
	subject.quantity = "density_difference";
	for (uint32_t g = 0; g < group->count; g++)
		for (uint32_t h = g + 1; h < group->count; h++, pair++) {
			subject.group = group->label[g];
			subject.versus = group->label[h];
			share = acc_coders_of_model(error, error->difference, pair * q + category);
			acc_coders_put(run, &subject, &share);
		}
}

static bool
put_layer(struct acc_coders *run, const struct acc_layer *layer, const char *name)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_share **share = acc_array((size_t)patterns->group.count + 1, sizeof *share);
	bool good = share != NULL;
	if (!good)
		acc_error_memory(run->command->messages);
	good = good && (!layer || read_layer(run, layer, share));
	for (uint32_t t = 0; good && t < acc_layer_themes(patterns); t++) {
		const char *theme = acc_layer_theme(patterns, t);
		struct acc_coders_subject subject = {"prevalence", "density", "", theme,
						     name,         "",        ""};
		if (layer && layer->kind == ACC_LAYER_CODER)
			subject.coder = patterns->coder.label[layer->coder];
		if (layer)
			put_layer_theme(run, subject, share, t);
		else
			put_model_theme(run, subject, t);
	}
	for (uint32_t g = 0; share && g <= patterns->group.count; g++)
		free(share[g]);
	free(share);
	return good;
}

bool
acc_coders_put_prevalence(struct acc_coders *run)
{
	static const char *const words[] = {"any", "majority", "all"};
	const struct acc_vocabulary *coder = &run->study.patterns.coder;
	bool good = true;
	for (unsigned i = 0; good && i < 3; i++)
		if (run->layers & 1u << i)
			good = put_layer(run, &(struct acc_layer){.kind = (enum acc_layer_kind)i},
					 words[i]);
	for (uint32_t c = 0; good && c < coder->count; c++) {
		struct acc_text name = {0};
		acc_text_put(&name, "coder:");
		acc_text_put(&name, coder->label[c]);
		good = !name.failed &&
		       put_layer(run, &(struct acc_layer){ACC_LAYER_CODER, c}, name.bytes);
		acc_text_free(&name);
	}
	return good && put_layer(run, NULL, acc_coders_model);
}
