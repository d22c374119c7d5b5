#include "plots/figure.h"

#include <stdlib.h>
#include <string.h>

#define ACC_FIGURE(key) extern const struct acc_figure acc_figure_##key;
#include "plots/figures.def"
#undef ACC_FIGURE

const struct acc_figure *const acc_figures[] = {
#define ACC_FIGURE(key) &acc_figure_##key,
#include "plots/figures.def"
#undef ACC_FIGURE
};
const size_t acc_figure_count = sizeof acc_figures / sizeof *acc_figures;

struct acc_text *
acc_bundle_add(struct acc_bundle *bundle, const char *name)
{
	struct acc_file *file = reallocarray(bundle->file, bundle->files + 1, sizeof *file);
	char *copy = strdup(name);
	if (file)
		bundle->file = file;
	if (!file || !copy) {
		free(copy);
		bundle->failed = true;
		return &bundle->scratch;
	}
	file[bundle->files] = (struct acc_file){.name = copy};
	return &file[bundle->files++].text;
}

bool
acc_bundle_complete(const struct acc_bundle *bundle)
{
	bool complete = !bundle->failed;
	for (size_t f = 0; f < bundle->files; f++)
		complete = complete && !bundle->file[f].text.failed;
	return complete;
}

void
acc_bundle_free(struct acc_bundle *bundle)
{
	for (size_t f = 0; f < bundle->files; f++) {
		free(bundle->file[f].name);
		acc_text_free(&bundle->file[f].text);
	}
	free(bundle->file);
	acc_text_free(&bundle->scratch);
	*bundle = (struct acc_bundle){0};
}
