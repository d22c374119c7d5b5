/* cooccur options: what is asked of accord cooccur, checked. */
#ifndef ACC_COOCCUR_OPTIONS_H
#define ACC_COOCCUR_OPTIONS_H

#include "pipeline/command/plan.h"
#include "stats/pair_test.h"

/* The words of --layer, in the order of enum acc_layer_kind; `each` stands for every coder. */
enum { ACC_COOCCUR_EACH = ACC_LAYER_CODER, ACC_COOCCUR_LAYERS = ACC_LAYER_DAWID_SKENE + 1 };
extern const char *const acc_cooccur_layers[ACC_COOCCUR_LAYERS];

/* Where two themes meet. */
enum acc_window {
	ACC_WINDOW_UNIT,
	ACC_WINDOW_PARTICIPANT,
	ACC_WINDOW_DOCUMENT,
	ACC_WINDOW_OVERLAP,
	ACC_WINDOW_NEAR,
	ACC_WINDOWS
};
extern const char *const acc_window_kinds[ACC_WINDOWS]; /* as --window says them */

/* What is written. */
enum acc_cooccur_form {
	ACC_FORM_PAIRS,
	ACC_FORM_SQUARE,
	ACC_FORM_GRAPH,
	ACC_FORM_PLACES,
	ACC_FORM_SETS
};

struct acc_cooccur_options {
	struct acc_cooccurrence_plan plan;
	const struct acc_measure **measure; /* owned; those of the plan */
	const struct acc_pair_test *test;   /* NULL: none */
	uint64_t seed, draws;               /* draws 0: the test's own number */
	bool dependent;                     /* --adjust by */
	enum acc_cluster cluster;
	enum acc_window window;
	uint32_t reach; /* ACC_WINDOW_NEAR */
	enum acc_cooccur_form form;
	unsigned layers; /* bits, in the order of enum acc_layer_kind */
	bool by_group;
};

/* False with messages. */
bool acc_cooccur_options_make(struct acc_cooccur_options *options, struct acc_command *command);
void acc_cooccur_options_free(struct acc_cooccur_options *options);

#endif
