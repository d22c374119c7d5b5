/* golden_comparison: the numbers of tests/golden/comparison.csv and descriptive.csv, tests and
 * intervals of groups, correspondence analysis, saturation, against what Accord makes of their
 * inputs.
 *
 *   golden_comparison tests/golden
 *
 * A row whose quantity is not known here has failed. What Accord does not aim at is listed with the
 * reason. */
#include "stats/agreement.h"
#include "stats/classical.h"
#include "stats/comparison.h"
#include "stats/contingency.h"
#include "stats/correspondence.h"
#include "stats/interval.h"
#include "stats/mantel.h"
#include "stats/permutation.h"
#include "stats/prevalence.h"
#include "stats/special.h"
#include "tests/parts/incidence.h"
#include "tests/parts/small_study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder = "tests/golden";

/* ---- quantities ---- */

static struct acc_equality
fleiss(const struct input *input)
{
	double value[PARTS], se[PARTS];
	for (size_t p = 0; p < input->parts; p++) {
		struct acc_estimate e = estimate_cells(input->cell[p]);
		value[p] = e.value;
		se[p] = e.se;
	}
	return acc_fleiss_homogeneity(value, se, input->parts);
}

static double
of_homogeneity(const struct input *input, const char *quantity)
{
	struct acc_equality test = fleiss(input);
	double half = acc_normal_quantile(0.975) * test.se;
	return !strcmp(quantity, "fleiss_homogeneity_p") ? test.p
	       : !strcmp(quantity, "pooled_kappa")       ? test.common
	       : !strcmp(quantity, "pooled_kappa_low")   ? test.common - half
	       : !strcmp(quantity, "pooled_kappa_high")  ? test.common + half
							 : test.chi2;
}

static void
two_coders(const struct input *input, struct acc_two_coders *group)
{
	for (size_t p = 0; p < input->parts; p++)
		group[p] = (struct acc_two_coders){
		    input->cell[p][0], input->cell[p][1] + input->cell[p][2], input->cell[p][3]};
}

static double
of_intraclass(const struct input *input, const char *quantity)
{
	struct acc_two_coders group[PARTS];
	two_coders(input, group);
	if (!strcmp(quantity, "intraclass_kappa"))
		return acc_intraclass_kappa(group);
	struct acc_equality test = acc_donner_eliasziw_klar(group, input->parts);
	return !strcmp(quantity, "donner_eliasziw_klar") ? test.chi2 : test.common;
}

/* intraclass_low_2: of the second table. */
static double
of_limits(const struct input *input, const char *quantity)
{
	struct acc_two_coders group[PARTS];
	double low, high;
	two_coders(input, group);
	acc_intraclass_interval(&group[strrchr(quantity, '_')[1] - '1'], .95, &low, &high);
	return strstr(quantity, "low") ? low : high;
}

static double
of_files(const struct input *input, const char *quantity)
{
	double value[2], se[2];
	char name[2][64];
	(void)quantity;
	require(sscanf(input->text, "%63s %63s", name[0], name[1]) == 2, input->text);
	for (size_t i = 0; i < 2; i++) {
		struct acc_estimate e = estimate_file(folder, name[i], &acc_coefficient_ipw_conger);
		value[i] = e.value;
		se[i] = e.se;
	}
	return acc_fleiss_homogeneity(value, se, 2).chi2;
}

static double
of_shares(const struct input *input, const char *quantity)
{
	struct acc_share share[2] = {{0}};
	double low, high;
	for (size_t i = 0; i < input->rows[0]; i++) {
		share[i].value = input->cell[0][2 * i] / input->cell[0][2 * i + 1];
		acc_wilson(input->cell[0][2 * i], input->cell[0][2 * i + 1], .95, &share[i].low,
			   &share[i].high);
	}
	low = share[0].low, high = share[0].high;
	if (!strncmp(quantity, "newcombe", 8))
		acc_newcombe(&share[0], &share[1], &low, &high);
	return strstr(quantity, "lower") ? low : high;
}

static double
of_mantel(const struct input *input, const char *quantity)
{
	struct acc_mantel mantel;
	require(acc_mantel(input->cell[0], input->cell[1], input->rows[0], 1, 99, &mantel) ==
			ACC_OK &&
		    mantel.permutations == 24,
		quantity);
	return !strcmp(quantity, "mantel_r") ? mantel.r : mantel.p;
}

static double
of_adjusted(const struct input *input, const char *quantity)
{
	double adjusted[COLUMNS];
	bool holm = !strncmp(quantity, "holm", 4);
	require(acc_adjust(holm ? ACC_ADJUST_HOLM : ACC_ADJUST_BH, input->cell[0], input->columns,
			   adjusted) == ACC_OK,
		quantity);
	return adjusted[atoi(strchr(quantity, '_') + 1) - 1];
}

/* |kappa - kappa| of two groups of two-coder tables, unstudentised, as the row wants it. */
static void
difference(const void *context, const uint32_t *group, double *scratch, double *statistic)
{
	const struct input *input = context;
	double kappa[2];
	(void)scratch;
	for (uint32_t g = 0; g < 2; g++) {
		double cell[4] = {0};
		for (size_t p = 0; p < input->parts; p++)
			for (size_t i = 0; group[p] == g && i < input->rows[p]; i++)
				cell[(size_t)(2 * input->cell[p][2 * i] +
					      input->cell[p][2 * i + 1])]++;
		double n = cell[0] + cell[1] + cell[2] + cell[3];
		double a = (cell[2] + cell[3]) / n, b = (cell[1] + cell[3]) / n;
		kappa[g] = 1 - (cell[1] + cell[2]) / n / (a * (1 - b) + b * (1 - a));
	}
	*statistic = fabs(kappa[0] - kappa[1]);
}

static double
of_permutation(const struct input *input, const char *quantity)
{
	static const uint32_t group[] = {0, 0, 1, 1, 1};
	struct acc_exchange exchange = {group, 5, 2, 1, 99, 1};
	struct acc_statistic statistic = {input, 1, 1, difference, 0};
	struct acc_permuted permuted;
	require(acc_permute(&exchange, &statistic, &permuted) == ACC_OK &&
		    permuted.permutations == 10 && fabs(permuted.p_min - 0.1) < 1e-15,
		quantity);
	return permuted.p;
}

static struct acc_contingency
table_of(const struct input *input)
{
	return (struct acc_contingency){input->cell[0], input->rows[0], input->columns};
}

static double
of_table(const struct input *input, const char *quantity)
{
	struct acc_contingency table = table_of(input);
	struct acc_independence made = acc_pearson(&table);
	struct acc_exact exact;
	require(acc_fisher_freeman_halton(&table, &exact) == ACC_OK, quantity);
	return !strcmp(quantity, "fisher_freeman_halton") ? exact.p
	       : !strcmp(quantity, "chi2")                ? made.chi2
	       : !strcmp(quantity, "cramers_v")           ? made.cramers_v
							  : made.bergsma;
}

static double
of_correspondence(const struct input *input, const char *quantity)
{
	struct acc_correspondence result;
	require(acc_correspondence_make(&result, input->cell[0], input->rows[0], input->columns) ==
		    ACC_OK,
		quantity);
	double inertia = result.inertia[strchr(quantity, '[')[1] - '1'];
	acc_correspondence_free(&result);
	return inertia;
}

/* A row of mentions by theme, then the participants. */
static double
of_richness(const struct input *input, const char *quantity)
{
	size_t participants = (size_t)input->cell[0][input->columns];
	struct acc_incidence incidence = incidence_of(input->cell[0], input->columns, participants);
	struct acc_accumulation *curve;
	require(acc_accumulate(&incidence, 0.95, &curve) == ACC_OK, quantity);
	double value = strcmp(quantity, "chao2") ? curve[participants - 1].coverage
						 : acc_chao2(&incidence, 0.95).value;
	free(curve);
	acc_incidence_free(&incidence);
	return value;
}

/* ---- rows ---- */

struct kind {
	const char *begins;
	double (*of)(const struct input *, const char *);
	const char *exception; /* why the source has another number; NULL: it has the same */
};

static const struct kind kinds[] = {
    {"fleiss_homogeneity", of_homogeneity, NULL},
    {"pooled_kappa", of_homogeneity, NULL},
    {"donner_eliasziw_klar", of_intraclass, NULL},
    {"common_intraclass", of_intraclass, NULL},
    {"intraclass_kappa", of_intraclass, NULL},
    {"intraclass_low", of_limits, NULL},
    {"intraclass_high", of_limits, NULL},
    {"wald_equality", of_files,
     "the source's errors take the shares of units that two coders both rated as known "
     "(exceptions.csv); they are estimated"},
    {"wilson", of_shares, NULL},
    {"newcombe", of_shares, NULL},
    {"mantel", of_mantel, NULL},
    {"holm", of_adjusted, NULL},
    {"bh", of_adjusted, NULL},
    {"permutation", of_permutation, NULL},
    {"fisher", of_table, NULL},
    {"chi2", of_table, NULL},
    {"cramers", of_table, NULL},
    {"ca_principal_inertia", of_correspondence, NULL},
    {"chao2", of_richness, NULL},
    {"good_turing", of_richness, NULL},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static unsigned right[KINDS], wrong[KINDS], unknown, excepted;

static void
check_row(const char *line)
{
	char text[512], quantity[64];
	double expected, digits;
	require(sscanf(line, "%511[^,],%63[^,],%lf,%lf,", text, quantity, &expected, &digits) == 4,
		line);
	struct input input = read_input(text);
	for (size_t i = 0; i < KINDS; i++) {
		if (strncmp(quantity, kinds[i].begins, strlen(kinds[i].begins)))
			continue;
		double got = kinds[i].of(&input, quantity);
		bool good = fabs(got - expected) <= pow(10, -digits);
		if (kinds[i].exception) {
			printf("exception: %s: got %.6g: %s\n", line, got, kinds[i].exception);
			excepted++;
			return;
		}
		right[i] += good;
		wrong[i] += !good;
		if (!good)
			printf("mismatch: %s: got %.15g\n", line, got);
		return;
	}
	printf("unknown quantity: %s\n", line);
	unknown++;
}

static void
check_file(const char *name)
{
	char path[256], line[1024];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "r");
	require(file && fgets(line, sizeof line, file), path);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\r\n")] = 0;
		check_row(line);
	}
	fclose(file);
}

int
main(int arguments, char **argument)
{
	unsigned passed = 0, failed = 0;
	folder = arguments > 1 ? argument[1] : folder;
	acc_special_begin();
	check_file("comparison.csv");
	check_file("descriptive.csv");
	printf("%-40s %8s %8s\n", "tests of groups, maps, saturation", "passed", "failed");
	for (size_t i = 0; i < KINDS; i++) {
		printf("%-40s %8u %8u\n", kinds[i].begins, right[i], wrong[i]);
		passed += right[i];
		failed += wrong[i] + (!kinds[i].exception && right[i] + wrong[i] == 0);
	}
	printf("rows with an exception: %u\n", excepted);
	printf("%u passed, %u failed\n", passed, failed + unknown);
	return failed + unknown > 0;
}
