/* bootstrap_run: one call of acc_bootstrap, shared by its files and nobody else. */
#ifndef ACC_BOOTSTRAP_RUN_H
#define ACC_BOOTSTRAP_RUN_H

#include "stats/multinomial.h"
#include "stats/plan.h"
#include "stats/poisson_weight.h"
#include "stats/recall.h"
#include "stats/replicates.h"
#include "stats/urn_parts.h"

/* All that the chunks share, read only but for the replicates. */
struct acc_bootstrap_job {
	const struct acc_patterns *patterns;
	const struct acc_plan *plan;
	const struct acc_scope *scope;
	const struct acc_draw *draw;
	struct acc_urn urn;
	struct acc_urn_parts parts;
	struct acc_multinomial draws;     /* how often each block */
	struct acc_weight_stream weights; /* the same by name, for the Poisson bootstrap */
	bool pooled;
	struct acc_replicates *replicates;
};

/* What one chunk works with. */
struct acc_desk {
	const struct acc_bootstrap_job *job;
	struct acc_stream stream;
	gsl_rng *rng;          /* owned, for the Poisson bootstrap */
	uint32_t *scratch;     /* owned, [blocks] */
	const uint32_t *times; /* borrowed, [blocks] how often each was drawn in the replicate at
				  hand */
	struct acc_tally tally, slope_observed, slope_expected;
	uint32_t *all_times;      /* owned, [ACC_URN_ABREAST * blocks] of the replicates abreast */
	acc_urn_times *abreast;   /* owned, [blocks] the same side by side, where there are parts */
	acc_urn_times *drawn;     /* owned, [classes of the parts] */
	struct acc_recall recall; /* of the tally */
	struct acc_disagreement *sum;   /* owned, [coefficients] over themes */
	struct acc_disagreement *slope; /* owned, [coefficients * blocks] over themes */
	struct {
		size_t cell;
		struct acc_disagreement slope;
	} * steep; /* owned, [length]: the cells where the slopes at hand are not 0 */
	size_t at; /* number of the replicate */
};

enum acc_status acc_desk_make(struct acc_desk *desk, const struct acc_bootstrap_job *job);
void acc_desk_free(struct acc_desk *desk);

/* Draw the replicates from .. from + count - 1, at most ACC_URN_ABREAST. */
void acc_desk_draw(struct acc_desk *desk, size_t from, size_t count);

/* The tally of one of them on a theme. */
void acc_desk_add_up(struct acc_desk *desk, size_t theme, size_t abreast);

/* Variance from influence values of the blocks drawn: G/(G - 1) sum psi^2. */
struct acc_psi_sums {
	double pieces, squares;
};

void acc_desk_add_psi(struct acc_psi_sums *drawn, double times,
		      const struct acc_disagreement *slope, double value, double expected);
double acc_desk_psi_error(const struct acc_psi_sums *drawn, double value);

/* The standard error of one coefficient in the replicate at hand; adds the slopes for the pool. */
enum acc_status acc_desk_error(struct acc_desk *desk, size_t theme, size_t c, double value,
			       double expected, double *error);

#endif
