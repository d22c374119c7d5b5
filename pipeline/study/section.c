#include "pipeline/study/section.h"

#include <string.h>

/* An option of another group belongs to the section of the one stage that takes it, or else to
 * [estimates]. */
static const struct {
	const char *name;
	unsigned groups;
} sections[] = {
    {"input", ACC_GROUP_INPUT},
    {"labels", ACC_GROUP_STUDY},
    {"estimates", ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS | ACC_GROUP_POOL | ACC_GROUP_BREAKDOWN |
		      ACC_GROUP_INTERVAL | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER |
		      ACC_GROUP_THREADS},
    {"cooccurrence", ACC_GROUP_MEASURE},
    {"comparison", ACC_GROUP_COMPARISON},
    {"disagreements", ACC_GROUP_QUEUE},
    {"figures", ACC_GROUP_FIGURE},
};
enum { SECTIONS = sizeof sections / sizeof *sections };

const char *const acc_sections[] = {"input",      "labels",        "estimates", "cooccurrence",
				    "comparison", "disagreements", "figures"};
const size_t acc_section_count = sizeof acc_sections / sizeof *acc_sections;

bool
acc_section_key(size_t option)
{
	const unsigned run = ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT | ACC_GROUP_GENERAL |
			     ACC_GROUP_INIT | ACC_GROUP_CONFIG | ACC_GROUP_RECORD |
			     ACC_GROUP_SHARD | ACC_GROUP_SHARDS | ACC_GROUP_PARTS;
	return !(acc_options[option].group & run) && strcmp(acc_options[option].name, "output");
}

const char *
acc_section_of(size_t option)
{
	for (size_t s = 0; s < SECTIONS; s++)
		if (sections[s].groups & acc_options[option].group)
			return sections[s].name;
	const struct acc_stage *only = NULL;
	size_t takers = 0;
	for (size_t i = 0; i < acc_stage_count; i++)
		if (acc_option_accepted(acc_stages[i], &acc_options[option])) {
			only = acc_stages[i];
			takers++;
		}
	return takers == 1 ? only->name : "estimates";
}

size_t
acc_section_option(const char *section, const struct acc_stage *stage, const char *key)
{
	size_t i = 0;
	for (; i < acc_option_count; i++)
		if (!strcmp(key, acc_options[i].name) && acc_section_key(i) &&
		    (stage ? acc_option_accepted(stage, &acc_options[i])
			   : !strcmp(section, acc_section_of(i))))
			break;
	return i;
}
