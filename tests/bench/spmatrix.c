/* Co-occurrence of 500 themes in a million units, from numbers in memory: GSL's sparse matrices
 * (triplets, compressed, the product of the transpose with it) beside stats/list_counts. */
#include "stats/list_counts.h"

#include <gsl/gsl_spblas.h>
#include <gsl/gsl_spmatrix.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { THEMES = 500, UNITS = 1000000 };

static double
seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static long
peak(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

/* Units of one to six themes, a few of which are common; one coder. */
static bool
fill(struct acc_lists *lists)
{
	uint64_t state = 7;
	struct acc_unit about = {ACC_NONE, ACC_NONE, ACC_NONE, 1};
	enum acc_status status = ACC_OK;
	for (uint32_t u = 0; u < UNITS && status == ACC_OK; u++) {
		struct acc_assignment row[6] = {0};
		size_t rows = 1 + (state >> 40) % 6;
		for (size_t i = 0; i < rows; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			double share = (double)(state >> 11) * 0x1p-53;
			row[i].theme = (uint32_t)(THEMES * share * share);
		}
		status = acc_lists_close(lists, &about, row, rows);
	}
	return status == ACC_OK;
}

static bool
label(struct acc_patterns *labels)
{
	char text[16];
	uint32_t number;
	bool good = acc_vocabulary_add(&labels->coder, "c", &number) == ACC_OK &&
		    acc_vocabulary_add(&labels->code, "", &number) == ACC_OK;
	for (unsigned t = 0; good && t < THEMES; t++) {
		snprintf(text, sizeof text, "%u", t);
		good = acc_vocabulary_add(&labels->theme, text, &number) == ACC_OK;
	}
	return good;
}

static gsl_spmatrix *
multiply(const struct acc_lists *lists)
{
	gsl_spmatrix *triplets =
	    gsl_spmatrix_alloc_nzmax(UNITS, THEMES, lists->words, GSL_SPMATRIX_TRIPLET);
	gsl_spmatrix *product = gsl_spmatrix_alloc_nzmax(THEMES, THEMES, 1, GSL_SPMATRIX_CCS);
	size_t unit = 0;
	for (size_t i = 0; i < lists->words; i++)
		if (lists->word[i] & ACC_LISTS_END)
			unit++;
		else
			gsl_spmatrix_set(triplets, unit, lists->word[i] & ACC_LISTS_NOTHING, 1);
	double made = seconds();
	gsl_spmatrix *columns = gsl_spmatrix_ccs(triplets);
	gsl_spmatrix *rows =
	    gsl_spmatrix_alloc_nzmax(THEMES, UNITS, lists->words, GSL_SPMATRIX_CCS);
	gsl_spmatrix_transpose_memcpy(rows, columns);
	gsl_spblas_dgemm(1, rows, columns, product);
	printf("GSL sparse matrices: product %.2f s, ", seconds() - made);
	gsl_spmatrix_free(triplets);
	gsl_spmatrix_free(columns);
	gsl_spmatrix_free(rows);
	return product;
}

int
main(void)
{
	struct acc_lists lists = {0};
	struct acc_patterns labels = {.design = ACC_THEMES};
	struct acc_list_counts counts;
	struct acc_list_plan plan = {1u << ACC_LAYER_ANY, false, ACC_NONE, ACC_CLUSTER_UNIT, 1};
	if (!fill(&lists) || !label(&labels) || acc_lists_settle(&lists, &labels) != ACC_OK)
		return EXIT_FAILURE;
	double began = seconds();
	if (acc_list_counts_make(&counts, &lists, &labels, &plan) != ACC_OK)
		return EXIT_FAILURE;
	printf("%zu rows of %d units and %d themes\nstraight from lists: %.3f s, peak %ld MB\n",
	       lists.words - UNITS, UNITS, THEMES, seconds() - began, peak());
	began = seconds();
	gsl_spmatrix *product = multiply(&lists);
	printf("all %.2f s, peak %ld MB\n", seconds() - began, peak());
	size_t at = 0, wrong = 0;
	for (uint32_t s = 0; s < THEMES; s++)
		for (uint32_t t = s + 1; t < THEMES; t++)
			wrong +=
			    counts.layer[0].both[at++] != (uint32_t)gsl_spmatrix_get(product, s, t);
	printf("pairs that differ: %zu of %zu\n", wrong, at);
	gsl_spmatrix_free(product);
	acc_list_counts_free(&counts);
	acc_patterns_free(&labels);
	acc_lists_free(&lists);
	return wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}
