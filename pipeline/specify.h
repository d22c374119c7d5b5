/* specify: what the parts of accord specify share: the choices, a study under each missing rule,
 * and the rows. */
#ifndef ACC_SPECIFY_H
#define ACC_SPECIFY_H

#include "pipeline/cooccur_window.h"
#include "pipeline/write/sheet.h"

/* What is taken for a missing row. The first three are the values of enum acc_seen. */
enum acc_rule {
	ACC_RULE_LISTED,   /* did not look; where coders give codes: `available` */
	ACC_RULE_DOCUMENT, /* looked, if the coder has a row in the document */
	ACC_RULE_ALL,      /* looked */
	ACC_RULE_COMPLETE, /* only units that every coder rated enter */
	ACC_RULES
};

enum { ACC_SPECIFY_WINDOWS = 8 };
enum { ACC_SPECIFY_AGREEMENT = 1, ACC_SPECIFY_COOCCURRENCE = 2 }; /* bits of what */

struct acc_specify {
	struct acc_command *command;
	struct acc_study study; /* raw */
	struct acc_sheet sheet;
	unsigned what;           /* bits: agreement, co-occurrence */
	unsigned by;             /* bits: theme, group */
	unsigned rules, layers;  /* bits of enum acc_rule, of enum acc_layer_kind */
	enum acc_rule main_rule; /* what the other stages would take */
	bool leave_out;          /* coders, one at a time */
	const char *pair[2];     /* borrowed: the two themes */
	char **names, **windows; /* owned: of --pair; of --window */
	struct acc_cooccur_options window[ACC_SPECIFY_WINDOWS]; /* .window and .reach */
	size_t window_count;
	const struct acc_measure **measure; /* owned */
	size_t measures;
};

/* One specification: a row. Empty strings where a choice does not apply. */
struct acc_specification {
	const char *what, *group, *theme, *quantity, *weights, *missing, *left_out, *layer, *window;
	bool main;
};

/* Start a row, which the caller fills with numbers and ends. */
void acc_specify_head(struct acc_specify *run, const struct acc_specification *row);
void acc_specify_numbers(struct acc_specify *run, double units, double clusters, double value,
			 double se, const double *limits, double level, const char *method);
void acc_specify_end(struct acc_specify *run, enum acc_reason reason, unsigned notes);

/* What is asked for: what can be said before the study is read, and what needs its labels. Does it
 * need the units, and their spans? False with messages. */
bool acc_specify_choose(struct acc_specify *run);
bool acc_specify_units(const struct acc_specify *run, bool *spans);
bool acc_specify_match(struct acc_specify *run);

/* What a rule is called in the output. */
const char *acc_rule_name(const struct acc_specify *run, enum acc_rule rule);

/* The study under a missing rule. With `complete`, the coder `left_out` (ACC_NONE: nobody) need not
 * have rated. Units are kept where the study has them. Free with acc_specify_variant_free. False
 * with messages. */
bool acc_specify_variant(struct acc_specify *run, enum acc_rule rule, uint32_t left_out,
			 struct acc_study *variant);
void acc_specify_variant_free(struct acc_study *variant);

/* All rows of one kind. False with messages. */
bool acc_specify_agreement(struct acc_specify *run);
bool acc_specify_cooccurrence(struct acc_specify *run);

#endif
