#include "pipeline/study/begin.h"
#include "pipeline/study/section.h"

#include <stdlib.h>
#include <string.h>

void
acc_beginning_free(struct acc_beginning *study)
{
	acc_text_free(&study->ratings);
	for (size_t i = 0; i < ACC_ROLES; i++)
		free(study->column[i]);
	for (size_t i = 0; i < ACC_BEGIN_COPIES; i++)
		acc_text_free(&study->copied[i]);
	acc_vocabulary_free(&study->groups);
	acc_patterns_free(&study->patterns);
}

/* ---- values, quoted where study.ini would take them apart ---- */

static bool
has_control(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' && *value != '\t')
			return true;
	return false;
}

static bool
needs_quotes(const char *value, const char *special)
{
	size_t length = strlen(value);
	return !length || strpbrk(value, special) || strchr(" \t", value[0]) ||
	       strchr(" \t", value[length - 1]);
}

static void
put_quoted(struct acc_text *text, const char *value, const char *special)
{
	bool quotes = needs_quotes(value, special);
	acc_text_put(text, quotes ? "\"" : "");
	for (const char *c = value; *c; c++) {
		if (*c == '"')
			acc_text_put(text, "\"");
		else if (*c == ',' && c > value && c[-1] == '\\')
			acc_text_put(text, "\\");
		acc_text_bytes(text, c, 1);
	}
	acc_text_put(text, quotes ? "\"" : "");
}

static void
put_groups(struct acc_text *text, const struct acc_vocabulary *groups)
{
	for (uint32_t g = 0; g < groups->count; g++) {
		acc_text_put(text, g ? ", " : "");
		put_quoted(text, groups->label[g], "\",;#\\");
	}
}

bool
acc_begin_groups(struct acc_text *text, const struct acc_beginning *study)
{
	bool control = false;
	for (uint32_t g = 0; g < study->groups.count; g++)
		control = control || has_control(study->groups.label[g]);
	acc_text_put(text, "group\n");
	for (uint32_t g = 0; g < study->groups.count; g++) {
		acc_text_csv(text, study->groups.label[g]);
		acc_text_put(text, "\n");
	}
	return control;
}

/* ---- study.ini ---- */

static void
put_section(struct acc_text *text, const char *section, const char *about)
{
	acc_text_printf(text, "\n[%s]\n; %s\n", section, about);
}

/* A line for a column: found, or a comment that says what it would be. */
static void
put_column(struct acc_text *text, const struct acc_beginning *study, enum acc_role role,
	   const char *key, const char *about, struct acc_command *command)
{
	const char *name = study->column[role];
	if (name && has_control(name))
		acc_error(command->messages, ACC_EXIT_DATA, (struct acc_place){0},
			  "the column '%s' has a name that study.ini cannot hold; rename it",
			  acc_visible(name));
	acc_text_printf(text, "%s%s =", name ? "" : "; ", key);
	if (name) {
		acc_text_put(text, " ");
		put_quoted(text, name, "\";#");
	}
	acc_text_printf(text, "%s%s\n", name ? "" : "        ; ", name ? "" : about);
}

static void
put_columns(struct acc_text *text, const struct acc_beginning *study, struct acc_command *command)
{
	static const struct {
		enum acc_role role;
		const char *key, *about;
	} lines[] = {
	    {ACC_ROLE_UNIT, "unit", "column of the unit (segment) that was coded"},
	    {ACC_ROLE_CODER, "coder", "column of the coder"},
	    {ACC_ROLE_THEME, "theme", "column of the theme, where coders apply themes"},
	    {ACC_ROLE_CODE, "code", "column of the code, where they choose one or give a value"},
	    {ACC_ROLE_GROUP, "group", "column of the stakeholder group"},
	    {ACC_ROLE_PARTICIPANT, "participant",
	     "column of the participant: intervals go by whole participants"},
	    {ACC_ROLE_DOCUMENT, "document", "column of the document or transcript"},
	    {ACC_ROLE_THEME_COUNT, "theme-count", NULL},
	    {ACC_ROLE_ORDER, "order", NULL},
	    {ACC_ROLE_BEGIN, "begin", NULL},
	    {ACC_ROLE_END, "end", NULL},
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (lines[i].about || study->column[lines[i].role])
			put_column(text, study, lines[i].role, lines[i].key, lines[i].about,
				   command);
}

/* What else the command line said about the input or the labels. */
static void
put_given(struct acc_text *text, struct acc_command *command, const char *section)
{
	static const char *const columns = " unit coder theme code group participant document "
					   "theme-count order begin end ratings groups seen ";
	for (size_t i = 0; i < acc_option_count; i++) {
		const char *value = *acc_settings_slot(&command->settings, i);
		struct acc_text word = {0};
		acc_text_printf(&word, " %s ", acc_options[i].name);
		if (value && !word.failed && acc_section_key(i) &&
		    !strcmp(section, acc_section_of(i)) &&
		    (!strstr(columns, word.bytes) || !*value)) {
			acc_text_printf(text, "%s =%s", acc_options[i].name,
					*value || !*acc_options[i].metavar ? " " : "");
			if (!*acc_options[i].metavar)
				acc_text_put(text, "yes");
			else if (strstr(acc_options[i].metavar, "LIST"))
				acc_text_put(text, value);
			else if (*value)
				put_quoted(text, value, "\";#");
			acc_text_put(text, "\n");
		}
		acc_text_free(&word);
	}
}

static void
put_seen(struct acc_text *text, const struct acc_beginning *study, struct acc_command *command)
{
	const char *given = command->settings.seen;
	bool themes = !study->ratings.length || study->patterns.design == ACC_THEMES;
	if (themes)
		acc_text_printf(text,
				"; A coder has no row for a unit: listed (did not look), document "
				"(looked, if there is a row in\n; the document), all (looked, and "
				"applied nothing)\n%sseen = %s\n",
				study->ratings.length ? "" : "; ", given ? given : "listed");
}

/* How groups get other names: a comment, with the first group as the example. */
static void
put_group_labels(struct acc_text *text, const struct acc_beginning *study)
{
	const char *group = study->groups.count ? study->groups.label[0] : "students";
	bool plain =
	    strspn(group, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
	    strlen(group);
	for (size_t i = 0; i < acc_option_count && plain; i++)
		if (!strcmp(acc_options[i].name, "group-labels"))
			acc_text_printf(
			    text,
			    "; group-labels = %s=A longer name   ; what results and figures call "
			    "them\n",
			    group);
}

static void
put_labels(struct acc_text *text, const struct acc_beginning *study, struct acc_command *command)
{
	struct acc_text file = {0};
	bool known = study->ratings.length != 0;
	put_section(text, "labels", acc_section_about("labels"));
	if (command->settings.groups)
		acc_text_printf(text, "groups = %s\n", command->settings.groups);
	else if (!study->groups.count)
		acc_text_put(text, "; groups = students, advisors, leaders\n");
	else if (acc_begin_groups(&file, study))
		acc_text_put(text, "groups = " ACC_BEGIN_GROUPS "\n");
	else {
		acc_text_put(text, "groups = ");
		put_groups(text, &study->groups);
		acc_text_put(text, "\n");
	}
	acc_text_free(&file);
	put_group_labels(text, study);
	if ((!known || study->patterns.design != ACC_CODES) && !command->settings.themes)
		acc_text_put(text,
			     "; themes = codebook.csv   ; all themes in order, used or not\n");
	if (study->patterns.design != ACC_THEMES && !command->settings.categories)
		acc_text_put(text,
			     "; categories = codebook.csv   ; all codes in order, used or not\n");
	put_given(text, command, "labels");
}

void
acc_begin_settings(struct acc_text *text, const struct acc_beginning *study,
		   struct acc_command *command)
{
	bool known = study->ratings.length != 0;
	acc_text_put(
	    text, "; The settings of this study: change a line, then `make`.\n"
		  "; Every key is also an option (accord STAGE --help), and `accord config` lists "
		  "all of them.\n");
	put_section(text, "input", acc_section_about("input"));
	acc_text_printf(text, "ratings = %s\n", known ? study->ratings.bytes : "ratings.csv");
	if (known)
		put_columns(text, study, command);
	else
		acc_text_put(text,
			     "; Columns with usual names are found: unit, coder, theme, code, "
			     "group, participant, document.\n; unit = segment\n");
	put_given(text, command, "input");
	put_seen(text, study, command);
	put_labels(text, study, command);
	put_section(text, "estimates", acc_section_about("estimates"));
	acc_text_put(text,
		     "; coefficient = krippendorff_alpha, gwet_ac   ; accord list "
		     "coefficients\n"
		     "; weights = linear          ; accord list weights\n"
		     "; cluster = participant     ; the independent pieces (default: the first "
		     "that is known)\n"
		     "; minimum = .667            ; test whether agreement is above this\n"
		     "level = 0.95\n"
		     "seed = 1\n");
	put_section(text, "figures", acc_section_about("figures"));
	acc_text_put(
	    text, "width = 85, 180             ; millimetres: one column, two columns\n"
		  "format = pdf, svg\n"
		  "; synthetic = yes           ; say in every caption that the data are made up\n");
	if (acc_stage_find("report")) {
		put_section(text, "report", "What stands on top of it.");
		acc_text_put(text, "; title = Agreement of three coders on compassion\n");
	}
}
