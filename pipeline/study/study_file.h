/* study_file: study.ini, the settings of a study, read by inih.
 *
 * Sections, `key = value`, a line each, of any length and indented as one likes. A comment is a
 * line that begins with ; or #, or what follows ` ;` behind a value. Double quotes keep what is in
 * them; in a list they stand around an item, elsewhere around the value. A key is the name of an
 * option, and which section it belongs to follows from the option's group; a section with the name
 * of a stage holds what is for that stage alone, and there wins. Options that are about one run and
 * not about the study (--output, --format of results, --quiet, ...) are no keys. */
#ifndef ACC_STUDY_FILE_H
#define ACC_STUDY_FILE_H

#include "pipeline/study/setting.h"

struct acc_study_file {
	const char *path; /* borrowed */
	struct acc_setting *setting;
	size_t settings, capacity;
};

/* Read a file. A value that names a file is meant from the folder of study.ini. False with
 * messages, each with its line. */
bool acc_study_file_read(struct acc_study_file *file, const char *path,
			 struct acc_messages *messages);
void acc_study_file_free(struct acc_study_file *file);

/* The setting of an option of a stage, or NULL. */
const struct acc_setting *acc_study_file_find(const struct acc_study_file *file,
					      const struct acc_stage *stage, size_t option);

/* Fill in what the command line left open. The file must live as long as the command. */
void acc_study_file_apply(const struct acc_study_file *file, struct acc_command *command);

#endif
