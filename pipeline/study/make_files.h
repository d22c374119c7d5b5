/* make_files: what Make needs to know of a study: which files it reads, and when a setting changed.
 */
#ifndef ACC_MAKE_FILES_H
#define ACC_MAKE_FILES_H

#include "pipeline/study/study_file.h"

/* Does a setting name a file that is read? A list of labels does not. */
bool acc_setting_is_file(const struct acc_setting *setting);

/* Write into `directory`, and leave alone what is as it was:
 *
 *   settings.mk     variables: ACCORD_STAGES, ACCORD_RATINGS, ACCORD_FILES (all that study.ini
 *                   names), ACCORD_FILES_STAGE (what that stage reads beside its input)
 *   input.settings  the program, and the settings that say what the ratings are
 *   STAGE.settings  the program, and all others that this stage uses
 *
 * False with messages; names that Make or a shell would take apart are errors. */
bool acc_make_files_write(struct acc_command *command, const char *directory);

#endif
