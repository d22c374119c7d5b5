/* population: how many people each group has altogether, for groups that took part as a whole or
 * nearly so. */
#include "pipeline/command/plan.h"
#include "stats/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct asked {
	struct acc_plan_made *made;
	struct acc_command *command;
	const struct acc_patterns *patterns;
	const struct acc_vocabulary *clusters;
	bool documents;
};

static void
complain(const struct asked *asked, const char *item, const char *what)
{
	acc_error(asked->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--population '%s': %s", acc_visible(item), what);
}

/* Participants of a group, or of all for the number of groups. */
static double
count_people(const struct asked *asked, uint32_t group)
{
	const struct acc_patterns *patterns = asked->patterns;
	bool *seen = acc_array(asked->clusters->count, sizeof *seen);
	double people = 0;
	if (!seen) {
		acc_error_memory(asked->command->messages);
		return NAN;
	}
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		uint32_t who = asked->documents ? pattern.document : pattern.participant;
		bool here = group == patterns->group.count || pattern.group == group;
		if (!here || who == ACC_NONE || seen[who])
			continue;
		seen[who] = true;
		people++;
	}
	free(seen);
	return people;
}

static bool
take_number(const struct asked *asked, const char *item, const char *number, uint32_t group)
{
	double people, there;
	if (!acc_number(number, &people) || people < 1 || people != floor(people) ||
	    people > 1e15) {
		complain(asked, item, "not a whole number of people");
		return false;
	}
	there = count_people(asked, group);
	if (people < there) {
		acc_error(asked->command->messages, ACC_EXIT_DATA, (struct acc_place){0},
			  "--population '%s': the study has %.0f of them already",
			  acc_visible(item), there);
		return false;
	}
	asked->made->population[group] = people;
	return !isnan(there);
}

static bool
take_item(const struct asked *asked, char *item)
{
	const struct acc_vocabulary *groups = &asked->patterns->group;
	char *equals = strrchr(item, '=');
	uint32_t group = 0;
	if (!equals)
		return take_number(asked, item, item, groups->count);
	size_t length = (size_t)(equals - item);
	while (group < groups->count && (strlen(acc_vocabulary_name(groups, group)) != length ||
					 memcmp(acc_vocabulary_name(groups, group), item, length)))
		group++;
	if (group == groups->count) {
		complain(asked, item, "there is no such group");
		return false;
	}
	return take_number(asked, item, equals + 1, group);
}

bool
acc_plan_population(struct acc_plan_made *made, struct acc_command *command,
		    const struct acc_study *study)
{
	const struct acc_patterns *patterns = &study->patterns;
	const char *given = command->settings.population;
	enum acc_cluster kind = acc_cluster_resolve(patterns, made->plan.cluster);
	struct asked asked = {.made = made,
			      .command = command,
			      .patterns = patterns,
			      .documents = kind == ACC_CLUSTER_DOCUMENT};
	asked.clusters = asked.documents ? &patterns->document : &patterns->participant;
	size_t count;
	if (!given)
		return true;
	if (kind == ACC_CLUSTER_UNIT) {
		complain(&asked, given, "needs a column of participants or documents");
		return false;
	}
	if (!acc_methods[made->plan.ci]->population) {
		complain(&asked, given, "needs --ci auto, jackknife or linear");
		return false;
	}
	char **item = acc_list_split(given, &count);
	made->population = acc_array((size_t)patterns->group.count + 1, sizeof(double));
	bool good = item && made->population;
	if (!good)
		acc_error_memory(command->messages);
	for (uint32_t g = 0; good && g <= patterns->group.count; g++)
		made->population[g] = NAN;
	for (size_t i = 0; good && i < count; i++)
		good = take_item(&asked, item[i]);
	acc_list_free(item);
	return good;
}
