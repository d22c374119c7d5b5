/* accord provenance: from what, by what and how results were made. Time and host stand here and
 * nowhere else. */
#include "pipeline/read/csv.h"
#include "pipeline/read/whole.h"
#include "pipeline/study/facts.h"
#include "pipeline/study/make_files.h"
#include "pipeline/study/record.h"
#include "pipeline/write/drawn.h"
#include "pipeline/write/output.h"
#include "plots/script.h"
#include "stats/special.h"

#include <glob.h>
#include <string.h>

struct run {
	struct acc_command *command;
	struct acc_record record;
	struct acc_text json;
};

static void
put_string(struct run *run, const char *before, const char *string)
{
	acc_text_put(&run->json, before);
	acc_text_json(&run->json, string ? string : "");
}

/* ---- files ---- */

static bool
add_inputs(struct run *run)
{
	struct acc_command *command = run->command;
	const struct acc_study_file *file = command->study_file;
	const char *list = command->settings.inputs;
	size_t count = 0;
	bool good = acc_record_add(&run->record, file->path, false, command->messages);
	for (size_t i = 0; good && i < file->settings; i++)
		if (acc_setting_is_file(&file->setting[i]))
			good = acc_record_add(&run->record, file->setting[i].value, false,
					      command->messages);
	char **item = acc_list_split(list ? list : "", &count);
	if (!item)
		acc_error_memory(command->messages);
	for (size_t i = 0; good && item && i < count; i++)
		good = acc_record_add(&run->record, item[i], false, command->messages);
	acc_list_free(item);
	return good && item;
}

static bool
add_outputs(struct run *run)
{
	bool good = true;
	for (size_t i = 0; good && i < run->command->files; i++)
		good = acc_record_add(&run->record, run->command->file[i],
				      !acc_drawn_edited(run->command->file[i]),
				      run->command->messages);
	acc_record_sort(&run->record);
	return good;
}

static void
put_files(struct run *run, bool output)
{
	const char *before = "\n  {\"path\": ";
	acc_text_printf(&run->json, ",\n \"%s\": [", output ? "outputs" : "inputs");
	for (size_t i = 0; i < run->record.files; i++) {
		const struct acc_recorded *file = &run->record.file[i];
		if (file->output != output)
			continue;
		put_string(run, before, file->path);
		acc_text_printf(&run->json, ", \"bytes\": %llu, \"sha256\": \"%s\"}", file->bytes,
				file->hex);
		before = ",\n  {\"path\": ";
	}
	acc_text_put(&run->json, "\n ]");
}

/* ---- command lines ---- */

/* Each NAME.made holds the command line that was run. */
static bool
put_commands(struct run *run)
{
	struct acc_messages *messages = run->command->messages;
	const char *folder = run->command->settings.runs;
	struct acc_text pattern = {0};
	glob_t found = {0};
	bool good = true;
	acc_text_printf(&pattern, "%s/*.made", folder ? folder : ".");
	acc_text_put(&run->json, ",\n \"commands\": [");
	if (folder && !pattern.failed && !glob(pattern.bytes, 0, NULL, &found))
		for (size_t i = 0; good && i < found.gl_pathc; i++) {
			struct acc_text line = {0};
			good = acc_whole_read(&line, found.gl_pathv[i], messages);
			while (line.length && line.bytes[line.length - 1] == '\n')
				line.bytes[--line.length] = 0;
			put_string(run, i ? ",\n  " : "\n  ", line.bytes);
			acc_text_free(&line);
		}
	globfree(&found);
	acc_text_free(&pattern);
	acc_text_put(&run->json, "\n ]");
	return good;
}

/* ---- program, time, host ---- */

static void
put_program(struct run *run)
{
	struct acc_text gnuplot = {0}, versions = {0};
	acc_record_gnuplot(&gnuplot);
	acc_record_versions(&versions, run->command->commit, gnuplot.bytes ? gnuplot.bytes : "");
	run->record.made_by = versions.bytes;
	put_string(run, "{\"what\": ", "accord provenance 1");
	put_string(run, ",\n \"program\": {\"name\": \"accord\", \"version\": ", ACC_VERSION);
	put_string(run, ", \"commit\": ", run->command->commit);
	put_string(run, "},\n \"libraries\": {\"GSL\": ", acc_special_version());
	put_string(run, ", \"libcsv\": ", acc_csv_version);
	put_string(run, ", \"gnuplot\": ", gnuplot.bytes);
	put_string(run, ", \"compiler\": ", __VERSION__);
	put_string(run, "},\n \"seed\": ", acc_facts_seed(run->command->study_file));
	acc_text_free(&gnuplot);
}

/* ---- the whole ---- */

static bool
write_text(struct run *run, const char *path, const struct acc_text *text)
{
	if (text->failed) {
		acc_error_memory(run->command->messages);
		return false;
	}
	return acc_output_write(path, text->bytes, text->length, NULL, run->command->messages);
}

/* The record, and SHA256SUMS beside it. */
static void
write_both(struct run *run)
{
	const char *path = run->command->settings.output;
	struct acc_text sums = {0}, beside = {0};
	path = path ? path : "provenance.json";
	const char *slash = strrchr(path, '/');
	acc_text_bytes(&beside, path, slash ? (size_t)(slash + 1 - path) : 0);
	acc_text_put(&beside, ACC_RECORD_NAME);
	acc_record_put(&run->record, &sums);
	if (beside.failed)
		acc_error_memory(run->command->messages);
	else if (write_text(run, beside.bytes, &sums))
		write_text(run, path, &run->json);
	acc_text_free(&sums);
	acc_text_free(&beside);
}

/* Before there are outputs the record is the same whenever and wherever it is made, so that a
 * report can hold it. */
static void
put_record(struct run *run)
{
	bool outputs = run->command->files != 0;
	put_program(run);
	acc_facts_settings(&run->json, run->command->study_file);
	bool good = acc_facts_data(&run->json, run->command) && (!outputs || put_commands(run));
	put_files(run, false);
	if (outputs) {
		put_files(run, true);
		acc_facts_made(&run->json);
	} else
		acc_text_put(&run->json, "}\n");
	if (good && outputs)
		write_both(run);
	else if (good)
		write_text(run, run->command->settings.output, &run->json);
}

static void
provenance(struct acc_command *command)
{
	struct run run = {.command = command};
	if (!command->study_file->path)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord provenance needs the settings of the study: --study study.ini");
	else if (add_inputs(&run) && add_outputs(&run))
		put_record(&run);
	acc_record_free(&run.record);
	acc_text_free(&run.json);
}

const struct acc_stage acc_stage_provenance = {
    .name = "provenance",
    .summary = "record from what and how results were made",
    .operands = "[OUTPUT...]",
    .about =
	"Writes provenance.json: version and commit of this program, libraries, settings, seed, "
	"rows read, command lines, and the SHA-256 digests of inputs and OUTPUTs. Time and host "
	"stand there and in no result. SHA256SUMS beside it has the digests for sha256sum -c and "
	"accord verify. accord.mk runs it last. Without OUTPUT only what is known beforehand is "
	"written: no digests of outputs, no time, no host.",
    .examples = "accord provenance --study study.ini results/*.csv figures/*\n"
		"    after a study was made by hand\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_RECORD | ACC_GROUP_OUTPUT,
    .run = provenance,
};
