/* section: which section of study.ini the key of an option stands in. */
#ifndef ACC_SECTION_H
#define ACC_SECTION_H

#include "pipeline/command/command.h"

/* A section for all stages. */
struct acc_section {
	const char *name, *about; /* about: a sentence */
	unsigned groups;          /* of the options that are its keys */
};
extern const struct acc_section acc_sections[]; /* in order */
extern const size_t acc_section_count;
const char *acc_section_about(const char *name);

/* Is an option a setting of a study, and so a key, and not about one run alone? */
bool acc_section_key(size_t option);

/* The section of an option: one of acc_sections, or that of the only stage that takes it. */
const char *acc_section_of(size_t option);

/* The option a key means, in a section for all stages or (`stage`) in that of one stage;
 * acc_option_count when there is none. */
size_t acc_section_option(const char *section, const struct acc_stage *stage, const char *key);

#endif
