/* columns: which column of a ratings CSV plays which role. */
#ifndef ACC_COLUMNS_H
#define ACC_COLUMNS_H

#include "pipeline/command/command.h"
#include "pipeline/read/csv.h"

enum acc_role {
	ACC_ROLE_UNIT,
	ACC_ROLE_CODER,
	ACC_ROLE_THEME,
	ACC_ROLE_CODE,
	ACC_ROLE_GROUP,
	ACC_ROLE_PARTICIPANT,
	ACC_ROLE_DOCUMENT,
	ACC_ROLE_THEME_COUNT, /* by option only, as is the next */
	ACC_ROLE_ORDER,
	ACC_ROLE_BEGIN, /* looked for where spans are asked for */
	ACC_ROLE_END,
	ACC_ROLES
};

struct acc_columns {
	size_t at[ACC_ROLES]; /* column of each role, or `count` when there is none */
	size_t count;         /* columns of the file */
};

/* Find the columns by option or by well-known header names. `wanted` and `needed` are bits of
 * roles: a wanted one may be absent, a needed one is an error that lists the columns present. A
 * role named by option must exist. Naming --theme or --code by option decides the design: the other
 * is then not looked for. */
bool acc_columns_find(struct acc_columns *columns, const struct acc_csv_record *header,
		      struct acc_command *command, const char *file, unsigned wanted,
		      unsigned needed);

/* All roles as bits; those of the span only where one of them is named by option, or with `spans`.
 */
unsigned acc_columns_wanted(const struct acc_settings *settings, bool spans);
enum { ACC_ROLES_SPAN = 1 << ACC_ROLE_BEGIN | 1 << ACC_ROLE_END };

/* Has the header a column for a role: the one named by option, or one with a well-known name? */
bool acc_columns_has(const struct acc_csv_record *header, const struct acc_settings *settings,
		     enum acc_role role);

/* The column of a role, as a field of a record; "" when there is none. */
const char *acc_columns_field(const struct acc_columns *columns,
			      const struct acc_csv_record *record, enum acc_role role);

/* Is anything said of units: their group, participant or document? */
bool acc_columns_about(const struct acc_columns *columns);

/* --separator as a character (0: to be found), and whether --columns goes with --no-header. False
 * with a message. */
bool acc_columns_options(struct acc_command *command, char *separator);

/* Append ",ROLE=NAME", or ",OPTION=VALUE" where there is a value, as a CSV field. */
void acc_columns_describe(struct acc_text *text, enum acc_role role, const char *name);
void acc_text_setting(struct acc_text *text, const char *option, const char *value);

#endif
