#include "pipeline/study/facts.h"
#include "pipeline/read/csv.h"
#include "pipeline/read/study.h"
#include "pipeline/study/section.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

static void
put_string(struct acc_text *text, const char *before, const char *string)
{
	acc_text_put(text, before);
	acc_text_json(text, string ? string : "");
}

/* ---- settings ---- */

void
acc_facts_settings(struct acc_text *text, const struct acc_study_file *file)
{
	acc_text_put(text, ",\n \"settings\": [");
	for (size_t i = 0; i < file->settings; i++) {
		const struct acc_setting *setting = &file->setting[i];
		const struct acc_option *option = &acc_options[setting->option];
		const char *value = setting->value;
		if (!*option->metavar)
			value = value ? "yes" : "no";
		put_string(text, i ? ",\n  {\"section\": " : "\n  {\"section\": ",
			   setting->stage ? setting->stage->name : acc_section_of(setting->option));
		put_string(text, ", \"key\": ", option->name);
		put_string(text, ", \"value\": ", value);
		acc_text_printf(text, ", \"line\": %llu}", (unsigned long long)setting->line);
	}
	acc_text_put(text, "\n ]");
}

const char *
acc_facts_seed(const struct acc_study_file *file)
{
	for (size_t i = 0; i < file->settings; i++)
		if (!strcmp(acc_options[file->setting[i].option].name, "seed"))
			return file->setting[i].value;
	return "1";
}

/* ---- rows used ---- */

static bool
count_row(void *context, const struct acc_csv_record *record)
{
	(void)record;
	++*(uint64_t *)context;
	return true;
}

/* The notes of the reader say which rows were not used, and why. */
bool
acc_facts_data(struct acc_text *text, struct acc_command *command)
{
	struct acc_messages *outer = command->messages, inner = {0};
	struct acc_patterns patterns = {0};
	struct acc_shard shard = {0};
	const char *ratings = command->settings.ratings;
	struct acc_csv_options options = {.headerless_ok = true, .no_header = true};
	uint64_t rows = 0;
	command->messages = &inner;
	bool good = ratings && acc_study_read_raw(command, ratings, &patterns, &shard) &&
		    acc_csv_read(ratings, &options, count_row, &rows, &inner);
	command->messages = outer;
	rows -= rows && !command->settings.no_header;
	put_string(text, ",\n \"data\": {\"path\": ", ratings);
	acc_text_printf(
	    text,
	    ", \"rows\": %llu, \"rows_repeated\": %llu, \"units\": %llu, \"coders\": %u, "
	    "\"themes\": %u, \"codes\": %u, \"groups\": %u, \"notes\": [",
	    (unsigned long long)rows, (unsigned long long)patterns.repeated,
	    (unsigned long long)acc_patterns_units(&patterns), patterns.coder.count,
	    patterns.theme.count, patterns.code.count, patterns.group.count);
	const char *line = inner.text.bytes ? inner.text.bytes : "";
	for (const char *before = ""; *line; before = ", ") {
		struct acc_text note = {0};
		acc_text_bytes(&note, line, strcspn(line, "\n"));
		put_string(text, before, note.bytes);
		line += note.length + (line[note.length] == '\n');
		acc_text_free(&note);
	}
	acc_text_put(text, "]}");
	if (!good)
		acc_error(outer, ACC_EXIT_DATA, (struct acc_place){ratings ? ratings : "-", 0, 0},
			  "cannot be read as ratings; accord tabulate says why");
	acc_patterns_free(&patterns);
	acc_messages_free(&inner);
	return good;
}

/* SOURCE_DATE_EPOCH stands for the clock where it is set (reproducible-builds.org). */
void
acc_facts_made(struct acc_text *text)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct utsname system;
	struct tm utc;
	char stamp[32] = "";
	if (gmtime_r(&now, &utc))
		strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
	put_string(text, ",\n \"made\": {\"time\": ", stamp);
	if (!uname(&system)) {
		put_string(text, ", \"host\": ", system.nodename);
		put_string(text, ", \"system\": ", system.sysname);
		put_string(text, ", \"release\": ", system.release);
		put_string(text, ", \"machine\": ", system.machine);
	}
	acc_text_put(text, "}}\n");
}
