/* explain: what the files of accord explain share: its columns and how a row is filled. */
#ifndef ACC_PIPELINE_EXPLAIN_H
#define ACC_PIPELINE_EXPLAIN_H

#include "pipeline/read/study.h"
#include "pipeline/write/sheet.h"
#include "stats/blocks.h"
#include "stats/tally.h"

/* The columns: name, kind, in the table for people. */
#define FIELDS(FIELD)                                                                              \
	FIELD(kind, TEXT, false)                                                                   \
	FIELD(group, TEXT, true)                                                                   \
	FIELD(theme, TEXT, true)                                                                   \
	FIELD(coders, TEXT, true)                                                                  \
	FIELD(coder_a, TEXT, false)                                                                \
	FIELD(coder_b, TEXT, false)                                                                \
	FIELD(code_a, TEXT, true)                                                                  \
	FIELD(code_b, TEXT, true)                                                                  \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(a, COUNT, true)                                                                      \
	FIELD(b, COUNT, true)                                                                      \
	FIELD(c, COUNT, true)                                                                      \
	FIELD(d, COUNT, true)                                                                      \
	FIELD(observed, BOUNDED, true)                                                             \
	FIELD(kappa, BOUNDED, true)                                                                \
	FIELD(kappa_max, BOUNDED, true)                                                            \
	FIELD(pabak, BOUNDED, true)                                                                \
	FIELD(prevalence_index, BOUNDED, true)                                                     \
	FIELD(bias_index, BOUNDED, true)                                                           \
	FIELD(byrt_kappa, BOUNDED, false)                                                          \
	FIELD(positive_agreement, BOUNDED, true)                                                   \
	FIELD(negative_agreement, BOUNDED, true)                                                   \
	FIELD(mcnemar, NUMBER, false)                                                              \
	FIELD(mcnemar_p, NUMBER, false)                                                            \
	FIELD(mcnemar_corrected, NUMBER, false)                                                    \
	FIELD(mcnemar_corrected_p, NUMBER, false)                                                  \
	FIELD(mcnemar_exact_p, NUMBER, false)                                                      \
	FIELD(mcnemar_mid_p, BOUNDED, true)                                                        \
	FIELD(stuart_maxwell, NUMBER, false)                                                       \
	FIELD(stuart_maxwell_df, NUMBER, false)                                                    \
	FIELD(stuart_maxwell_p, BOUNDED, true)                                                     \
	FIELD(bhapkar, NUMBER, false)                                                              \
	FIELD(bhapkar_df, NUMBER, false)                                                           \
	FIELD(bhapkar_p, NUMBER, false)                                                            \
	FIELD(bowker, NUMBER, false)                                                               \
	FIELD(bowker_df, NUMBER, false)                                                            \
	FIELD(bowker_p, BOUNDED, true)                                                             \
	FIELD(cochran_q, NUMBER, false)                                                            \
	FIELD(cochran_q_df, NUMBER, false)                                                         \
	FIELD(cochran_q_p, BOUNDED, true)                                                          \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(swap, NUMBER, false)                                                                 \
	FIELD(swap_p, BOUNDED, true)                                                               \
	FIELD(swap_clusters, COUNT, false)                                                         \
	FIELD(swaps, COUNT, false)

ACC_FIELD_PLACES(FIELDS)

struct acc_explain {
	struct acc_command *command;
	struct acc_study study;
	struct acc_sheet sheet;
	unsigned by;
	unsigned notes;
	bool clustered;
	uint64_t seed;
};

/* One question of one group. */
struct acc_explained {
	uint32_t group, theme;
	const uint32_t *label; /* [coders]: which coder of the study each is */
	struct acc_tally tally;
	struct acc_panel panel;
	struct acc_blocks blocks; /* of the group; none where units are independent */
};

/* The rows of two coders: the pair, and its cells where there are more than two categories. False
 * with messages. */
bool acc_explain_pair(struct acc_explain *run, const struct acc_explained *question, size_t i,
		      size_t j);

/* The row of several coders and two categories: do they apply the theme at the same rate? */
void acc_explain_several(struct acc_explain *run, const struct acc_explained *question);

#endif
