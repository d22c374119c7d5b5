#include "pipeline/read/columns.h"
#include "pipeline/read/nfc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *option;
	const char *known; /* header names, each followed by a blank; lower case, '_' for blanks */
} roles[ACC_ROLES] = {
    [ACC_ROLE_UNIT] = {"unit", "unit unit_id segment segment_id item item_id subject case id "},
    [ACC_ROLE_CODER] = {"coder",
			"coder coder_id rater rater_id annotator judge observer coded_by "},
    [ACC_ROLE_THEME] = {"theme", "theme tag label_name "},
    [ACC_ROLE_CODE] = {"code", "code category label value rating score "},
    [ACC_ROLE_GROUP] = {"group", "group role stakeholder stakeholder_group "},
    [ACC_ROLE_PARTICIPANT] = {"participant",
			      "participant participant_id speaker person respondent interviewee "},
    [ACC_ROLE_THEME_COUNT] = {"theme-count", ""},
    [ACC_ROLE_ORDER] = {"order", ""},
    [ACC_ROLE_BEGIN] = {"begin", "begin begins beginning start begin_position start_position "
				 "initial_position begin_offset start_offset startposition "
				 "position_start pos0 begin_time start_time anfang "},
    [ACC_ROLE_END] = {"end", "end ends ending end_position final_position end_offset endposition "
			     "position_end pos1 end_time stop ende "},
    [ACC_ROLE_DOCUMENT] = {"document", "document doc transcript interview focus_group file "},
};

static const char *
named(const struct acc_settings *settings, enum acc_role role)
{
	const char *const value[ACC_ROLES] = {
	    settings->unit,  settings->coder,       settings->theme,    settings->code,
	    settings->group, settings->participant, settings->document, settings->theme_count,
	    settings->order, settings->begin,       settings->end};
	return value[role];
}

/* Is a header name one of the known ones? Any case, blanks and '-' as '_'. */
static bool
is_known(const char *known, const char *header)
{
	size_t length = strlen(header);
	for (const char *word = known; *word; word = strchr(word, ' ') + 1) {
		size_t i = 0;
		if ((size_t)(strchr(word, ' ') - word) != length)
			continue;
		for (; i < length; i++) {
			char c = header[i] == ' ' || header[i] == '-' ? '_' : header[i];
			if (c >= 'A' && c <= 'Z')
				c = (char)(c - 'A' + 'a');
			if (c != word[i])
				break;
		}
		if (i == length)
			return true;
	}
	return false;
}

static void
list_columns(struct acc_text *text, const struct acc_csv_record *header)
{
	for (size_t i = 0; i < header->fields && i < 40; i++) {
		acc_text_put(text, i ? ", " : "");
		acc_text_put(text, acc_visible(header->field[i]));
	}
	if (header->fields > 40)
		acc_text_put(text, ", ...");
}

static void
missing(struct acc_command *command, const struct acc_csv_record *header, const char *file,
	enum acc_role role)
{
	struct acc_text present = {0};
	struct acc_place place = {file, header->line, 0};
	const char *name = named(&command->settings, role);
	list_columns(&present, header);
	if (name) {
		const char *near = acc_nearest(name, header->field, header->fields);
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "no column '%s' (--%s)%s%s%s; the columns are: %s", acc_visible(name),
			  roles[role].option, near ? ", did you mean '" : "",
			  near ? acc_visible(near) : "", near ? "'?" : "",
			  present.bytes ? present.bytes : "");
	} else
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "no column for the %s; name it with --%s%s. The columns are: %s",
			  roles[role].option, roles[role].option,
			  role == ACC_ROLE_CODER ? ", or say --coder '' if all is one coder's" : "",
			  present.bytes ? present.bytes : "");
	acc_text_free(&present);
}

static size_t
find_exact(const struct acc_csv_record *header, const char *name)
{
	size_t i = 0;
	while (i < header->fields && !acc_nfc_same(header->field[i], name))
		i++;
	return i;
}

static bool
is_taken(const struct acc_columns *columns, size_t column)
{
	for (size_t role = 0; role < ACC_ROLES; role++)
		if (columns->at[role] == column)
			return true;
	return false;
}

/* The first column with a known name, in the order of known names. */
static size_t
find_known(const struct acc_columns *columns, const struct acc_csv_record *header,
	   enum acc_role role)
{
	for (size_t i = 0; i < header->fields; i++)
		if (!is_taken(columns, i) && is_known(roles[role].known, header->field[i]))
			return i;
	return columns->count;
}

unsigned
acc_columns_wanted(const struct acc_settings *settings, bool spans)
{
	bool begin = settings->begin && *settings->begin, end = settings->end && *settings->end;
	unsigned all = (1u << ACC_ROLES) - 1;
	return begin || end || spans ? all : all & ~(unsigned)ACC_ROLES_SPAN;
}

bool
acc_columns_has(const struct acc_csv_record *header, const struct acc_settings *settings,
		enum acc_role role)
{
	const char *name = named(settings, role);
	bool has = false;
	for (size_t i = 0; !name && i < header->fields; i++)
		has = has || is_known(roles[role].known, header->field[i]);
	return name ? *name && find_exact(header, name) < header->fields : has;
}

bool
acc_columns_find(struct acc_columns *columns, const struct acc_csv_record *header,
		 struct acc_command *command, const char *file, unsigned wanted, unsigned needed)
{
	const struct acc_settings *settings = &command->settings;
	bool design_named = settings->theme || settings->code;
	bool complete = true;
	columns->count = header->fields;
	for (size_t role = 0; role < ACC_ROLES; role++)
		columns->at[role] = columns->count;
	for (size_t role = 0; role < ACC_ROLES; role++) {
		const char *name = named(settings, (enum acc_role)role);
		if (name && *name && wanted & 1u << role)
			columns->at[role] = find_exact(header, name);
		if (name && *name && wanted & 1u << role && columns->at[role] == columns->count) {
			missing(command, header, file, (enum acc_role)role);
			complete = false;
			needed &= ~(1u << role);
		}
	}
	for (size_t role = 0; role < ACC_ROLES; role++) {
		bool decided = design_named && (role == ACC_ROLE_THEME || role == ACC_ROLE_CODE);
		if (wanted & 1u << role && !named(settings, (enum acc_role)role) && !decided)
			columns->at[role] = find_known(columns, header, (enum acc_role)role);
		if (needed & 1u << role && columns->at[role] == columns->count) {
			missing(command, header, file, (enum acc_role)role);
			complete = false;
		}
	}
	return complete;
}

const char *
acc_columns_field(const struct acc_columns *columns, const struct acc_csv_record *record,
		  enum acc_role role)
{
	return columns->at[role] < columns->count ? record->field[columns->at[role]] : "";
}

bool
acc_columns_about(const struct acc_columns *columns)
{
	return columns->at[ACC_ROLE_GROUP] < columns->count ||
	       columns->at[ACC_ROLE_PARTICIPANT] < columns->count ||
	       columns->at[ACC_ROLE_DOCUMENT] < columns->count;
}

void
acc_text_setting(struct acc_text *text, const char *option, const char *value)
{
	struct acc_text field = {0};
	if (!value)
		return;
	acc_text_put(&field, option);
	acc_text_put(&field, "=");
	acc_text_put(&field, value);
	acc_text_put(text, ",");
	acc_text_csv(text, field.bytes ? field.bytes : "");
	text->failed = text->failed || field.failed;
	acc_text_free(&field);
}

void
acc_columns_describe(struct acc_text *text, enum acc_role role, const char *name)
{
	acc_text_setting(text, roles[role].option, name);
}

bool
acc_columns_options(struct acc_command *command, char *separator)
{
	const struct acc_settings *settings = &command->settings;
	const char *given = settings->separator;
	*separator = 0;
	if (given && (!strcmp(given, "\\t") || !strcmp(given, "tab")))
		given = "\t";
	if (given && (strlen(given) != 1 || strchr("\"\r\n", *given)))
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--separator takes one character, or 'tab'");
	else if (settings->columns && !settings->no_header)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--columns names the columns of a file without a header: say "
			  "--no-header too");
	else {
		*separator = given ? *given : 0;
		return true;
	}
	return false;
}
