#include "pipeline/study/section.h"

#include <string.h>

/* An option of another group belongs to the section of the one stage that takes it, or else to
 * [estimates]. */
const struct acc_section acc_sections[] = {
    {"input", "The codings, and what their columns are.", ACC_GROUP_INPUT},
    {"labels", "What there is, in the order in which it is reported.", ACC_GROUP_STUDY},
    {"estimates", "How agreement is estimated.",
     ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS | ACC_GROUP_POOL | ACC_GROUP_BREAKDOWN |
	 ACC_GROUP_INTERVAL | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER | ACC_GROUP_THREADS},
    {"cooccurrence", "Which themes travel together.", ACC_GROUP_MEASURE},
    {"comparison", "Whether groups differ.", ACC_GROUP_COMPARISON},
    {"disagreements", "The units to meet over.", ACC_GROUP_QUEUE},
    {"figures", "How they are drawn.", ACC_GROUP_FIGURE},
};
const size_t acc_section_count = sizeof acc_sections / sizeof *acc_sections;

const char *
acc_section_about(const char *name)
{
	size_t s = 0;
	while (s < acc_section_count && strcmp(acc_sections[s].name, name))
		s++;
	return s < acc_section_count ? acc_sections[s].about : "";
}

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
	for (size_t s = 0; s < acc_section_count; s++)
		if (acc_sections[s].groups & acc_options[option].group)
			return acc_sections[s].name;
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
