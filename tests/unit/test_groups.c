/* groups: Dawid and Skene, correspondence analysis and saturation, against published values and the
 * long way round. */
#include "tests/parts/incidence.h"
#include "tests/unit/near.h"
#include "tests/unit/sample.h"

#include "stats/coder_change.h"
#include "stats/coding_error.h"
#include "stats/correspondence.h"
#include "stats/saturation.h"
#include "stats/special.h"
#include "stats/theme_map.h"

#include <math.h>

/* ---- Dawid and Skene ---- */

enum { ANSWERS = 8 };

/* All eight answers of three coders to a yes-or-no question. */
static struct acc_votes
eight_votes(void)
{
	struct acc_votes votes = {.categories = 2, .coders = 3};
	for (uint32_t v = 0; v < ANSWERS; v++) {
		uint32_t word[] = {0, v & 1, 1, v >> 1 & 1, 2, v >> 2 & 1}, number;
		assert_int_equal(acc_pool_add(&votes.vote, word, 6, &number), ACC_OK);
		assert_int_equal(number, v);
	}
	return votes;
}

static const double sensitivity[] = {0.9, 0.8, 0.7}, specificity[] = {0.95, 0.85, 0.9};

static double
chance_of(uint32_t vote, double prevalence)
{
	double yes = prevalence, no = 1 - prevalence;
	for (uint32_t j = 0; j < 3; j++) {
		bool said = vote >> j & 1;
		yes *= said ? sensitivity[j] : 1 - sensitivity[j];
		no *= said ? 1 - specificity[j] : specificity[j];
	}
	return yes + no;
}

/* Given the very shares the model expects, the fit is the model; each group keeps its prevalence.
 */
static void
what_was_put_in_comes_out(void **state)
{
	(void)state;
	static const double prevalence[] = {0.1, 0.3, 0.6};
	struct acc_votes votes = eight_votes();
	struct acc_dawid_skene fit;
	double units[3 * ANSWERS];
	for (size_t s = 0; s < 3; s++)
		for (uint32_t v = 0; v < ANSWERS; v++)
			units[s * ANSWERS + v] =
			    1000 * (double)(s + 1) * chance_of(v, prevalence[s]);
	assert_int_equal(acc_dawid_skene_make(&fit, &votes, units, 3, NULL), ACC_OK);
	assert_int_equal(fit.reason, ACC_DEFINED);
	for (size_t s = 0; s < 3; s++)
		near(fit.prevalence[s * 2 + 1], prevalence[s], 1e-3, "prevalence");
	for (size_t j = 0; j < 3; j++) {
		near(acc_sensitivity(&fit, j, 1), sensitivity[j], 1e-3, "sensitivity");
		near(acc_specificity(&fit, j, 1), specificity[j], 1e-3, "specificity");
		near(acc_sensitivity(&fit, j, 0), acc_specificity(&fit, j, 1), 1e-12, "the other");
	}
	acc_dawid_skene_free(&fit);
	acc_votes_free(&votes);
}

static void
two_coders_cannot_be_told_from_the_truth(void **state)
{
	(void)state;
	struct acc_votes votes = {.categories = 2, .coders = 3};
	uint32_t number;
	for (uint32_t v = 0; v < 4; v++)
		assert_int_equal(
		    acc_pool_add(&votes.vote, (uint32_t[]){0, v & 1, 2, v >> 1}, 4, &number),
		    ACC_OK);
	double units[] = {10, 2, 3, 20}, none[] = {0, 0, 0, 0};
	struct acc_dawid_skene fit;
	assert_int_equal(acc_dawid_skene_make(&fit, &votes, units, 1, NULL), ACC_OK);
	assert_int_equal(fit.reason, ACC_REASON_needs_three_coders);
	assert_true(isnan(fit.prevalence[0]) && isnan(fit.likelihood));
	acc_dawid_skene_free(&fit);
	assert_int_equal(acc_dawid_skene_make(&fit, &votes, none, 1, NULL), ACC_OK);
	assert_int_equal(fit.reason, ACC_REASON_no_units);
	acc_dawid_skene_free(&fit);
	acc_votes_free(&votes);
}

/* All agree: nobody errs, as far as anybody can see. */
static void
perfect_agreement(void **state)
{
	(void)state;
	struct acc_votes votes = eight_votes();
	double units[ANSWERS] = {30, 0, 0, 0, 0, 0, 0, 10}, never[ANSWERS] = {30};
	struct acc_dawid_skene fit;
	assert_int_equal(acc_dawid_skene_make(&fit, &votes, units, 1, NULL), ACC_OK);
	near(fit.prevalence[1], 0.25, 1e-12, "prevalence");
	near(acc_sensitivity(&fit, 0, 1), 1, 0, "sensitivity");
	near(acc_specificity(&fit, 2, 1), 1, 0, "specificity");
	acc_dawid_skene_free(&fit);
	assert_int_equal(acc_dawid_skene_make(&fit, &votes, never, 1, NULL), ACC_OK);
	near(fit.prevalence[1], 0, 0, "never");
	assert_true(isnan(acc_sensitivity(&fit, 0, 1)));
	near(acc_specificity(&fit, 0, 1), 1, 0, "specificity");
	acc_dawid_skene_free(&fit);
	acc_votes_free(&votes);
}

/* One fit to a study without some participant, from scratch. */
static double
refit(const struct acc_patterns *patterns, uint32_t without)
{
	struct acc_panel panel;
	struct acc_votes votes;
	struct acc_dawid_skene fit;
	assert_int_equal(acc_panel_make(&panel, patterns, 0, NULL, patterns->coder.count), ACC_OK);
	assert_int_equal(acc_votes_make(&votes, &panel), ACC_OK);
	double *units = acc_array(votes.vote.count, sizeof *units);
	for (uint32_t p = 0; p < patterns->vector.count; p++)
		if (acc_patterns_get(patterns, p).participant != without)
			units[votes.of[p]] += (double)patterns->count[p];
	assert_int_equal(acc_dawid_skene_make(&fit, &votes, units, 1, NULL), ACC_OK);
	double value = acc_sensitivity(&fit, 1, 0);
	acc_dawid_skene_free(&fit);
	acc_votes_free(&votes);
	acc_panel_free(&panel);
	free(units);
	return value;
}

static void
errors_by_leaving_out_participants(void **state)
{
	(void)state;
	uint64_t seed = 5;
	struct sample sample = sample_make(&seed, 64, 4, 2, 0.1);
	struct acc_patterns patterns = sample_patterns(&sample, ACC_CODES);
	struct acc_coding_error result;
	assert_int_equal(
	    acc_coding_error_make(&result, &patterns, 0, ACC_CLUSTER_PARTICIPANT, 0.95), ACC_OK);
	assert_int_equal(result.reason, ACC_DEFINED);
	double value = refit(&patterns, ACC_NONE), sum = 0, n = patterns.participant.count;
	for (uint32_t i = 0; i < patterns.participant.count; i++) {
		double without = refit(&patterns, i);
		sum += (without - value) * (without - value);
	}
	const struct acc_share *share = &result.sensitivity[1 * result.categories + 0];
	near(share->value, value, 1e-12, "value");
	near(share->se, sqrt(sum * (n - 1) / n), 1e-3, "se");
	assert_true(share->low < value && value < share->high);
	near(result.prevalence[0].value + result.prevalence[1].value, 1, 1e-12, "prevalences");
	acc_coding_error_free(&result);
	acc_patterns_free(&patterns);
}

/* ---- agreement without a coder ---- */

static void
change_is_the_difference_of_two_studies(void **state)
{
	(void)state;
	uint64_t seed = 9;
	for (int round = 0; round < 20; round++) {
		struct sample sample = sample_make(&seed, 40, 4, 3, 0.15);
		struct acc_patterns patterns =
		    sample_patterns(&sample, round % 2 ? ACC_THEMES : ACC_CODES);
		const struct acc_coefficient *alpha = acc_coefficient_find("krippendorff_alpha");
		struct acc_weights weights = sample_weights("identity", round % 2 ? 2 : 3);
		struct acc_plan plan = {.coefficient = &alpha,
					.coefficients = 1,
					.weights = &weights,
					.cluster = ACC_CLUSTER_PARTICIPANT,
					.level = 0.95};
		uint32_t coder_of[] = {0, ACC_NONE, 1, 2};
		struct acc_scope all = {.group = ACC_NONE, .coders = 4};
		struct acc_scope three = {.group = ACC_NONE, .coder_of = coder_of, .coders = 3};
		struct acc_estimate *with, *without;
		struct acc_coder_change *change;
		assert_int_equal(acc_agreement(&patterns, &plan, &all, &with), ACC_OK);
		assert_int_equal(acc_agreement(&patterns, &plan, &three, &without), ACC_OK);
		assert_int_equal(acc_coder_change_make(&patterns, &plan, 1, &change), ACC_OK);
		for (uint32_t t = 0; t <= patterns.theme.count; t++) {
			near(change[t].with, with[t].value, 1e-12, "with");
			near(change[t].without, without[t].value, 1e-12, "without");
			near(change[t].change, without[t].value - with[t].value, 1e-12, "change");
			assert_true(change[t].se > 0 && change[t].low < change[t].change);
		}
		free(with);
		free(without);
		free(change);
		acc_weights_free(&weights);
		acc_patterns_free(&patterns);
	}
}

/* ---- correspondence analysis ---- */

static const double smoking[] = {4,  2, 3,  2,  4,  3,  7,  4, 25, 10,
				 12, 4, 18, 24, 33, 13, 10, 6, 7,  2};
enum { STAFF = 5, SMOKERS = 4 };

static void
inertia_and_centres(void **state)
{
	(void)state;
	struct acc_correspondence result;
	assert_int_equal(acc_correspondence_make(&result, smoking, STAFF, SMOKERS), ACC_OK);
	assert_int_equal(result.axes, 3);
	double total = 0, chi = 0;
	for (size_t a = 0; a < result.axes; a++) {
		double rows = 0, columns = 0, mean = 0;
		total += result.inertia[a];
		for (size_t i = 0; i < STAFF; i++) {
			rows += acc_row_contribution(&result, i, a);
			mean += result.row_mass[i] * result.row[i * 3 + a];
		}
		for (size_t j = 0; j < SMOKERS; j++)
			columns += acc_column_contribution(&result, j, a);
		near(rows, 1, 1e-12, "contributions of rows");
		near(columns, 1, 1e-12, "contributions of columns");
		near(mean, 0, 1e-12, "centre");
	}
	for (size_t i = 0; i < STAFF; i++)
		for (size_t j = 0; j < SMOKERS; j++) {
			double e = result.row_mass[i] * result.column_mass[j];
			double o = smoking[i * SMOKERS + j] / 193;
			chi += (o - e) * (o - e) / e;
		}
	near(total, chi, 1e-12, "inertia");
	near(result.total, chi, 1e-12, "total");
	/* A column projected as a further point lies where it is. */
	for (size_t j = 0; j < SMOKERS; j++) {
		double profile[STAFF], at[3];
		for (size_t i = 0; i < STAFF; i++)
			profile[i] = smoking[i * SMOKERS + j];
		acc_correspondence_project(&result, profile, at);
		for (size_t a = 0; a < 3; a++)
			near(at[a], result.column[j * 3 + a], 1e-12, "projection");
	}
	acc_correspondence_free(&result);
}

/* Turned and reflected, it is turned back; an empty row has no place and changes nothing. */
static void
alignment_and_empty_rows(void **state)
{
	(void)state;
	struct acc_correspondence target, turned, wider;
	double table[(STAFF + 1) * SMOKERS] = {0};
	assert_int_equal(acc_correspondence_make(&target, smoking, STAFF, SMOKERS), ACC_OK);
	assert_int_equal(acc_correspondence_make(&turned, smoking, STAFF, SMOKERS), ACC_OK);
	for (size_t i = 0; i < STAFF + SMOKERS; i++) {
		double *at = i < STAFF ? turned.row + i * 3 : turned.column + (i - STAFF) * 3;
		double x = at[0], y = at[1];
		at[0] = 0.6 * x + 0.8 * y;
		at[1] = 0.8 * x - 0.6 * y;
	}
	assert_int_equal(acc_correspondence_align(&turned, &target), ACC_OK);
	for (size_t i = 0; i < STAFF * 3; i++)
		near(turned.row[i], target.row[i], 1e-12, "turned back");
	memcpy(table, smoking, sizeof smoking);
	assert_int_equal(acc_correspondence_make(&wider, table, STAFF + 1, SMOKERS), ACC_OK);
	for (size_t i = 0; i < STAFF * 3; i++)
		near(wider.row[i], target.row[i], 1e-12, "with an empty row");
	assert_true(isnan(wider.row[STAFF * 3]));
	acc_correspondence_free(&target);
	acc_correspondence_free(&turned);
	acc_correspondence_free(&wider);
	static const double one[] = {3, 4}, same[] = {1, 2, 2, 4};
	assert_int_equal(acc_correspondence_make(&wider, one, 2, 1), ACC_OK);
	assert_int_equal(wider.reason, ACC_REASON_one_group);
	acc_correspondence_free(&wider);
	assert_int_equal(acc_correspondence_make(&wider, same, 2, 2), ACC_OK);
	assert_int_equal(wider.reason, ACC_REASON_no_variation);
	acc_correspondence_free(&wider);
}

/* Signs do not hang on the order of rows. */
static void
signs_are_of_the_table(void **state)
{
	(void)state;
	struct acc_correspondence one, other;
	double turned[STAFF * SMOKERS];
	for (size_t i = 0; i < STAFF; i++)
		memcpy(turned + (STAFF - 1 - i) * SMOKERS, smoking + i * SMOKERS,
		       SMOKERS * sizeof *turned);
	assert_int_equal(acc_correspondence_make(&one, smoking, STAFF, SMOKERS), ACC_OK);
	assert_int_equal(acc_correspondence_make(&other, turned, STAFF, SMOKERS), ACC_OK);
	for (size_t j = 0; j < SMOKERS * 3; j++)
		near(one.column[j], other.column[j], 1e-12, "column");
	acc_correspondence_free(&one);
	acc_correspondence_free(&other);
}

/* A study in which each participant belongs to one of three groups. */
static struct acc_patterns
grouped_study(uint64_t *seed)
{
	struct acc_ratings ratings = {.design = ACC_THEMES};
	enum acc_status status;
	sample_label(&ratings.code, "", 0);
	for (uint32_t u = 0; u < 240; u++) {
		uint32_t person = sample_below(seed, 18), group = person % 3;
		uint32_t unit = sample_label(&ratings.unit, "u", u);
		struct acc_unit about = {sample_label(&ratings.group, "g", group),
					 sample_label(&ratings.participant, "p", person), ACC_NONE,
					 u + 1};
		assert_true(acc_ratings_about(&ratings, unit, about, &status));
		for (uint32_t j = 0; j < 3; j++) {
			uint32_t topic = (sample_below(seed, 4) * (group + 1)) % 5;
			struct acc_assignment row = {unit, sample_label(&ratings.coder, "c", j),
						     sample_label(&ratings.theme, "t", topic), 0,
						     u + 1};
			assert_int_equal(acc_ratings_add(&ratings, row), ACC_OK);
		}
	}
	return sample_tabulated(&ratings);
}

/* A group lies at the mean of its participants, weighted by what they said; the ellipses depend on
 * the seed, and only they do. */
static void
groups_lie_among_their_participants(void **state)
{
	(void)state;
	uint64_t seed = 4;
	struct acc_patterns patterns = grouped_study(&seed);
	struct acc_map_plan plan = {.layer.kind = ACC_LAYER_ANY,
				    .cluster = ACC_CLUSTER_PARTICIPANT,
				    .level = 0.95,
				    .seed = 1,
				    .replicates = 200};
	struct acc_theme_map map, again, other;
	assert_int_equal(acc_theme_map_make(&map, &patterns, &plan), ACC_OK);
	assert_int_equal(acc_theme_map_make(&again, &patterns, &plan), ACC_OK);
	plan.seed = 2;
	assert_int_equal(acc_theme_map_make(&other, &patterns, &plan), ACC_OK);
	assert_int_equal(map.members, 18);
	assert_int_equal(map.analysis.axes, 2);
	for (uint32_t g = 0; g < 3; g++) {
		double x = 0, y = 0, count = 0;
		for (size_t i = 0; i < map.members; i++) {
			const struct acc_map_member *member = &map.member[i];
			if (member->group != g || !(member->count > 0))
				continue;
			x += member->count * member->x;
			y += member->count * member->y;
			count += member->count;
		}
		near(x / count, map.group[g].x, 1e-9, "x");
		near(y / count, map.group[g].y, 1e-9, "y");
		near(count, map.group[g].count, 0, "count");
		assert_true(map.group[g].long_axis >= map.group[g].short_axis);
		near(again.group[g].var_x, map.group[g].var_x, 0, "same seed");
		assert_true(other.group[g].var_x != map.group[g].var_x);
		near(other.group[g].x, map.group[g].x, 0, "other seed");
	}
	acc_theme_map_free(&map);
	acc_theme_map_free(&again);
	acc_theme_map_free(&other);
	acc_patterns_free(&patterns);
}

/* With four times as many people of each kind the spread of a group's place is a quarter. */
static void
ellipses_shrink_with_people(void **state)
{
	(void)state;
	double var[2];
	for (int round = 0; round < 2; round++) {
		uint64_t seed = 11;
		struct acc_patterns patterns = grouped_study(&seed);
		/* The same people `round ? 4 : 1` times: units as clusters, counted more often. */
		for (uint32_t p = 0; round && p < patterns.vector.count; p++)
			patterns.count[p] *= 4;
		struct acc_map_plan plan = {.layer.kind = ACC_LAYER_ANY,
					    .cluster = ACC_CLUSTER_UNIT,
					    .level = 0.95,
					    .seed = 1,
					    .replicates = 2000};
		struct acc_theme_map map;
		assert_int_equal(acc_theme_map_make(&map, &patterns, &plan), ACC_OK);
		assert_int_equal(map.members, 0);
		var[round] = map.group[0].var_x;
		acc_theme_map_free(&map);
		acc_patterns_free(&patterns);
	}
	near(var[0] / var[1], 4, 0.25, "variance");
}

/* ---- saturation ---- */

enum { PEOPLE = 6, TOPICS = 7 };

static struct acc_incidence
random_incidence(uint64_t *seed)
{
	struct acc_incidence incidence = {PEOPLE, TOPICS, acc_array(PEOPLE * TOPICS, 1),
					  acc_array(TOPICS, sizeof(double))};
	for (size_t i = 0; i < PEOPLE * TOPICS; i++) {
		incidence.has[i] = sample_share(seed) < 0.15 + 0.1 * (double)(i % TOPICS);
		incidence.mentions[i % TOPICS] += incidence.has[i];
	}
	return incidence;
}

/* What all orders give: sums of the numbers named, of their squares, and where the rule stops. */
struct orders {
	double orders, sum[PEOPLE], squares[PEOPLE], stops[PEOPLE + 1];
};

static void
try_orders(const struct acc_incidence *incidence, const struct acc_stop_rule *rule, size_t *order,
	   size_t placed, struct orders *orders)
{
	double named[PEOPLE] = {0};
	for (size_t i = 0; placed < PEOPLE && i < PEOPLE; i++) {
		bool used = false;
		for (size_t j = 0; j < placed; j++)
			used = used || order[j] == i;
		order[placed] = i;
		if (!used)
			try_orders(incidence, rule, order, placed + 1, orders);
	}
	if (placed < PEOPLE)
		return;
	for (size_t m = 0; m < PEOPLE; m++)
		for (size_t t = 0; t < TOPICS; t++) {
			bool has = false;
			for (size_t j = 0; j <= m; j++)
				has = has || incidence->has[order[j] * TOPICS + t];
			named[m] += has;
		}
	size_t stop = PEOPLE;
	for (size_t m = PEOPLE - rule->run; m >= rule->base; m--)
		if (named[m + rule->run - 1] - named[m - 1] <=
		    rule->threshold * named[rule->base - 1] + 1e-12)
			stop = m;
	orders->orders++;
	orders->stops[stop]++;
	for (size_t m = 0; m < PEOPLE; m++) {
		orders->sum[m] += named[m];
		orders->squares[m] += named[m] * named[m];
	}
}

static void
means_over_all_orders(void **state)
{
	(void)state;
	uint64_t seed = 3;
	struct acc_stop_rule rule = {2, 2, 0.2};
	for (int round = 0; round < 5; round++) {
		struct acc_incidence incidence = random_incidence(&seed);
		struct acc_accumulation *curve;
		struct orders orders = {0};
		struct acc_stop stop;
		size_t order[PEOPLE];
		try_orders(&incidence, &rule, order, 0, &orders);
		assert_int_equal(acc_accumulate(&incidence, 0.95, &curve), ACC_OK);
		for (size_t m = 0; m < PEOPLE; m++) {
			double mean = orders.sum[m] / orders.orders;
			double variance = orders.squares[m] / orders.orders - mean * mean;
			near(curve[m].themes, mean, 1e-12, "themes");
			near(curve[m].over_orders, sqrt(fmax(0, variance)), 1e-6, "over orders");
			if (m > 0)
				assert_true(curve[m].coverage >= curve[m - 1].coverage - 1e-12);
		}
		near(acc_new_information(curve, 3, &rule),
		     (orders.sum[4] - orders.sum[2]) / orders.sum[1], 1e-12, "new information");
		assert_int_equal(acc_stop_make(&stop, &incidence, &rule, 1, 0, 10), ACC_OK);
		assert_true(stop.all_orders);
		near(stop.orders, 720, 0, "orders");
		near(stop.reached, 1 - orders.stops[PEOPLE] / 720, 1e-12, "reached");
		double sum = 0;
		for (size_t m = 0; m < PEOPLE && sum < 360; m++)
			if ((sum += orders.stops[m]) >= 360)
				near(stop.median, (double)m, 0, "median");
		free(curve);
		acc_incidence_free(&incidence);
	}
}

/* Between two numbers of participants, coverage and themes go in a straight line. */
static void
equal_coverage(void **state)
{
	(void)state;
	static const struct acc_accumulation curve[] = {{.themes = 4, .se = 1, .coverage = 0.5},
							{.themes = 6, .se = 2, .coverage = 0.9}};
	struct acc_at_coverage at = acc_at_coverage(curve, 2, 0.7);
	near(at.participants, 1.5, 1e-12, "participants");
	near(at.themes, 5, 1e-12, "themes");
	near(at.se, 1.5, 1e-12, "se");
	near(acc_at_coverage(curve, 2, 0.25).themes, 2, 1e-12, "from nothing");
	assert_true(isnan(acc_at_coverage(curve, 2, 0.95).themes));
}

/* Random orders: the same whoever asks, near to all orders. */
static void
random_orders(void **state)
{
	(void)state;
	static const double mentions[] = {9, 7, 5, 3, 2, 1, 1, 1};
	struct acc_incidence incidence = incidence_of(mentions, 8, 12);
	struct acc_stop_rule rule = {4, 2, 0.05};
	struct acc_stop first, second, other;
	assert_int_equal(acc_stop_make(&first, &incidence, &rule, 1, 7, 2000), ACC_OK);
	assert_int_equal(acc_stop_make(&second, &incidence, &rule, 1, 7, 2000), ACC_OK);
	assert_int_equal(acc_stop_make(&other, &incidence, &rule, 2, 7, 2000), ACC_OK);
	assert_true(first.median == second.median && first.low == second.low &&
		    first.high == second.high && first.reached == second.reached);
	assert_false(first.all_orders);
	assert_true(first.reached > 0.5 && first.low >= 4 && first.low <= first.median);
	near(first.reached, other.reached, 0.05, "another seed");
	rule.run = 9;
	assert_int_equal(acc_stop_make(&first, &incidence, &rule, 1, 7, 2000), ACC_OK);
	assert_true(isnan(first.median) && first.orders == 0);
	acc_incidence_free(&incidence);
}

static void
nobody_and_nothing(void **state)
{
	(void)state;
	static const double none[] = {0, 0}, once[] = {1, 1};
	struct acc_incidence silent = incidence_of(none, 2, 3), alone = incidence_of(once, 2, 1);
	struct acc_accumulation *curve;
	assert_int_equal(acc_chao2(&silent, 0.95).reason, ACC_REASON_no_themes);
	assert_int_equal(acc_accumulate(&silent, 0.95, &curve), ACC_OK);
	assert_true(curve[2].themes == 0 && isnan(curve[2].coverage) && isnan(curve[2].se));
	free(curve);
	assert_int_equal(acc_chao2(&alone, 0.95).reason, ACC_REASON_one_cluster);
	assert_int_equal(acc_accumulate(&alone, 0.95, &curve), ACC_OK);
	assert_true(curve[0].themes == 2 && isnan(curve[0].se) && isnan(curve[0].coverage));
	free(curve);
	acc_incidence_free(&silent);
	acc_incidence_free(&alone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_put_in_comes_out),
	    cmocka_unit_test(two_coders_cannot_be_told_from_the_truth),
	    cmocka_unit_test(perfect_agreement),
	    cmocka_unit_test(errors_by_leaving_out_participants),
	    cmocka_unit_test(change_is_the_difference_of_two_studies),
	    cmocka_unit_test(inertia_and_centres),
	    cmocka_unit_test(alignment_and_empty_rows),
	    cmocka_unit_test(signs_are_of_the_table),
	    cmocka_unit_test(groups_lie_among_their_participants),
	    cmocka_unit_test(ellipses_shrink_with_people),
	    cmocka_unit_test(means_over_all_orders),
	    cmocka_unit_test(equal_coverage),
	    cmocka_unit_test(random_orders),
	    cmocka_unit_test(nobody_and_nothing),
	};
	acc_special_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
