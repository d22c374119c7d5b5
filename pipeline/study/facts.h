/* facts: the parts of provenance.json that tell how a study was made: settings, rows, time and
 * host. */
#ifndef ACC_FACTS_H
#define ACC_FACTS_H

#include "pipeline/study/study_file.h"

/* Append the member "settings": every line of study.ini that sets something. */
void acc_facts_settings(struct acc_text *text, const struct acc_study_file *file);

/* The seed that is in force. */
const char *acc_facts_seed(const struct acc_study_file *file);

/* Read the ratings and append the member "data": rows, units, labels, and what the reader notes of
 * rows that it did not use. False with messages. */
bool acc_facts_data(struct acc_text *text, struct acc_command *command);

/* Append the member "made", which is the only place for time and host, and end the record. */
void acc_facts_made(struct acc_text *text);

#endif
