/* compare_prevalence: what the files about prevalence by group share. */
#ifndef ACC_PIPELINE_COMPARE_PREVALENCE_H
#define ACC_PIPELINE_COMPARE_PREVALENCE_H

#include "pipeline/comparison.h"

/* The exact test of people of a filled subject, all groups and each pair, with its effect sizes. */
enum acc_status acc_prevalence_test_mentions(struct acc_subject *subject);

/* --classical: Pearson's chi-square on units. */
enum acc_status acc_prevalence_test_segments(struct acc_subject *subject);

/* Permute the densities from subject `first` on, a theme each: all groups, and each pair. Too many
 * people: nothing is permuted. */
enum acc_status acc_prevalence_permute(struct acc_comparison *comparison,
				       const struct acc_layer *layer, size_t first);

#endif
