#include "pipeline/study/study_manual.h"
#include "pipeline/command/manual.h"
#include "pipeline/study/section.h"

#include <string.h>

static const char description[] =
    "The settings of a study: what its codings are and what is made of them. A section begins with "
    "its name in brackets; in it stand lines \"key = value\". Every option that says something "
    "about the study is a key, by its name without dashes; what is about one run (--output, "
    "--quiet, --format of tables) is none. Every stage takes \"--study study.ini\"; what its own "
    "command line says wins, and without a FILE it reads the key ratings. A key or section that is "
    "not known is an error with its line.\n";

static const char rules[] =
    "A line that begins with ; or # is a comment, and so is what follows a blank and ; behind a "
    "value. Double quotes keep what is in them. Items of a list are separated by commas; an item "
    "that holds one stands in double quotes. A switch is yes or no. An empty value means none, as "
    "in \"group =\". A file is meant from the folder of study.ini. Lines may be long and "
    "indented.\n";

static const char example[] = "[input]\n"
			      "ratings = ratings.csv\n"
			      "participant = participant   ; intervals leave out whole people\n"
			      "seen = listed\n"
			      "\n"
			      "[labels]\n"
			      "groups = students, advisors, leaders\n"
			      "\n"
			      "[estimates]\n"
			      "level = 0.95\n"
			      "\n"
			      "[agree]\n"
			      "coefficient = alpha, gwet_ac   ; for accord agree alone\n";

static void
key(struct acc_text *text, size_t option)
{
	const char *metavar = acc_options[option].metavar;
	acc_manual_entry(text, "", acc_options[option].name, " = ", *metavar ? metavar : "yes|no",
			 acc_options[option].help);
}

static void
keys(struct acc_text *text, const char *section)
{
	for (size_t i = 0; i < acc_option_count; i++)
		if (acc_section_key(i) && !strcmp(section, acc_section_of(i)))
			key(text, i);
}

static bool
takes_keys(const struct acc_stage *stage)
{
	for (size_t i = 0; i < acc_option_count; i++)
		if (acc_section_key(i) && acc_option_accepted(stage, &acc_options[i]))
			return true;
	return false;
}

static bool
has_own_keys(const struct acc_stage *stage)
{
	for (size_t i = 0; i < acc_option_count; i++)
		if (acc_section_key(i) && !strcmp(stage->name, acc_section_of(i)))
			return true;
	return false;
}

/* Sections of one stage: what any may hold, then what only they hold. */
static void
stages(struct acc_text *text)
{
	const char *before = "";
	acc_text_put(text, ".SH SECTIONS OF STAGES\n");
	acc_manual_words(text, "A section with the name of a stage holds what is for that stage "
			       "alone, and there it wins: any key above that the stage takes as an "
			       "option. The stages are ");
	for (size_t i = 0; i < acc_stage_count; i++) {
		if (!takes_keys(acc_stages[i]))
			continue;
		acc_text_put(text, before);
		acc_manual_words(text, acc_stages[i]->name);
		before = ", ";
	}
	acc_text_put(text, ". Some have keys of their own:\n");
	for (size_t i = 0; i < acc_stage_count; i++) {
		if (!has_own_keys(acc_stages[i]))
			continue;
		acc_text_printf(text, ".SS [%s]\n", acc_stages[i]->name);
		acc_manual_words(text, acc_stages[i]->summary);
		acc_text_put(text, "\n");
		keys(text, acc_stages[i]->name);
	}
}

void
acc_study_manual(struct acc_text *text)
{
	acc_text_put(text, ".TH STUDY.INI 5 \"\" \"accord " ACC_VERSION "\" \"File Formats\"\n"
			   ".SH NAME\nstudy.ini \\- settings of a study, for accord\n"
			   ".SH SYNOPSIS\n.B accord\nSTAGE \\-\\-study study.ini\n"
			   ".SH DESCRIPTION\n");
	acc_manual_words(text, description);
	acc_text_put(text, ".PP\n");
	acc_manual_words(text, rules);
	acc_text_put(text, ".SH EXAMPLES\n.nf\n");
	acc_manual_words(text, example);
	acc_text_put(text, ".fi\n.SH SECTIONS\n");
	acc_manual_words(text,
			 "Where --weights is spoken of, the key weights is meant, and so with "
			 "all of them.\n");
	for (size_t s = 0; s < acc_section_count; s++) {
		acc_text_printf(text, ".SS [%s]\n", acc_sections[s].name);
		acc_manual_words(text, acc_sections[s].about);
		acc_text_put(text, "\n");
		keys(text, acc_sections[s].name);
	}
	stages(text);
	acc_text_put(text, ".SH SEE ALSO\n.BR accord (1),\n.BR accord\\-init (1),\n"
			   ".BR accord\\-config (1),\n.BR accord\\-mk (1)\n");
}
