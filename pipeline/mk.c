/* accord mk: where accord.mk is, the rules of a study. */
#include "pipeline/command/command.h"
#include "pipeline/study/locate.h"
#include "pipeline/write/output.h"

static void
mk(struct acc_command *command)
{
	struct acc_text path = {0};
	if (command->files)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord mk takes no file; it says where accord.mk is");
	else if (!acc_locate_data(&path, "accord.mk", command->program))
		acc_error(command->messages, ACC_EXIT_IO, (struct acc_place){0},
			  "accord.mk is not where it was installed, in ../share/accord from the "
			  "program; run make install again");
	else {
		acc_text_put(&path, "\n");
		if (path.failed)
			acc_error_memory(command->messages);
		else
			acc_output_write(NULL, path.bytes, path.length, NULL, command->messages);
	}
	acc_text_free(&path);
}

const struct acc_stage acc_stage_mk = {
    .name = "mk",
    .summary = "where accord.mk is, the rules that make a study",
    .operands = "",
    .about =
	"Prints the path of accord.mk, which was installed with this program and makes tables, "
	"figures, report and provenance of a study folder. What it makes and what can be set "
	"is said on its top.",
    .examples = "include $(shell accord mk)\n    in a Makefile, as accord init writes it\n"
		"less \"$(accord mk)\"\n    read the rules\n",
    .run = mk,
};
