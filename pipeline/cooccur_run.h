/* cooccur run: one run of accord cooccur, and its rows of pairs. */
#ifndef ACC_COOCCUR_RUN_H
#define ACC_COOCCUR_RUN_H

#include "pipeline/cooccur_forms.h"
#include "pipeline/cooccur_window.h"
#include "pipeline/read/patterns_file.h"
#include "stats/pair_agreement.h"

struct acc_cooccur_run {
	struct acc_command *command;
	struct acc_study *study; /* borrowed */
	struct acc_cooccur_options options;
	struct acc_field *field; /* owned */
	char (*name)[2][64];     /* owned; of the limits of each measure */
	struct acc_sheet sheet;
	struct acc_text text;                 /* owned: squares and graphs */
	struct acc_pair_agreement *agreement; /* owned, [pairs]: of the group at hand */
	bool counted;                         /* units stayed lists: there are no patterns */
	struct acc_list_counts counts;        /* owned; then */
	struct acc_cooccurrence result;       /* owned: of the layer at hand */
	struct acc_windows windows;
	bool shared; /* units are in several windows of the layer at hand: no test */
	bool said;   /* that something was left out */
};

/* A group and layer of which there are results. Everything borrowed. */
struct acc_cooccur_layer {
	uint32_t group;   /* ACC_NONE: all */
	const char *word; /* of --layer; that of a coder's ends in : and his label follows */
	struct acc_layer layer;
	const struct acc_cooccurrence *result;
	const struct acc_chance *chance; /* NULL: not tested */
	size_t tested;                   /* pairs with a p value */
};

/* Pairs times units: unless it was asked for, no test that would take long. */
extern const double acc_cooccur_too_many;

/* Do the plain counts of units do for all that is asked? */
bool acc_cooccur_may_list(const struct acc_cooccur_options *options);

/* Where counts of units of one kind are all that is asked for: their layers, as bits; else 0. */
unsigned acc_cooccur_tallied(const struct acc_cooccur_run *run);

/* Where units stayed lists: count those of a group into run->counts, or make patterns of all units
 * after all; run->counted says which. False with a message: no memory. */
bool acc_cooccur_count(struct acc_cooccur_run *run, uint32_t group);

/* Start the sheet of the form that is asked for. False with messages. */
bool acc_cooccur_begin(struct acc_cooccur_run *run);

/* Add a row per pair. */
void acc_cooccur_rows(struct acc_cooccur_run *run, const struct acc_cooccur_layer *of);

#endif
