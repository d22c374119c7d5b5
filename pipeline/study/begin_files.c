/* The files of a new study beside study.ini. */
#include "pipeline/study/begin.h"

/* Tables that these codings allow. */
static void
put_results(struct acc_text *text, const struct acc_beginning *study)
{
	const struct acc_patterns *patterns = &study->patterns;
	bool themes = patterns->design != ACC_CODES, known = study->ratings.length != 0;
	bool people = study->column[ACC_ROLE_PARTICIPANT] || study->column[ACC_ROLE_DOCUMENT];
	acc_text_put(text, "RESULTS = agreement");
	acc_text_put(text, !known || patterns->coder.count > 2 ? " pairs" : "");
	acc_text_put(text, !known || patterns->coder.count > 1 ? " explanation coders" : "");
	acc_text_put(text, " disagreements");
	acc_text_put(text, themes && known ? " cooccurrence" : "");
	acc_text_put(text, study->groups.count > 1 ? " comparison" : "");
	acc_text_put(text, study->groups.count > 2 && themes ? " map" : "");
	acc_text_put(text, people && themes ? " saturation" : "");
	acc_text_put(text, "\n");
}

void
acc_begin_makefile(struct acc_text *text, const struct acc_beginning *study,
		   struct acc_command *command)
{
	(void)command;
	acc_text_put(
	    text, "# From codings to tables, figures and report: `make`; `make -n` says what would "
		  "be done.\n"
		  "# Settings are in study.ini. The rules, and what else can be said here: less "
		  "\"$(accord mk)\"\n\n"
		  "# Tables, results/NAME.csv: agreement pairs explanation coders disagreements "
		  "cooccurrence\n"
		  "# comparison (of groups) map (themes and groups) saturation (by participant)\n");
	put_results(text, study);
	acc_text_put(text, "\nACCORD = accord\n"
			   "include $(or $(shell $(ACCORD) mk),$(error install accord, or say "
			   "`make ACCORD=/path/to/accord`))\n");
}

void
acc_begin_readme(struct acc_text *text, const struct acc_beginning *study,
		 struct acc_command *command)
{
	(void)command;
	acc_text_put(text, "# A study of agreement between coders\n\n");
	if (!study->ratings.length)
		acc_text_put(text, "Put the codings in ratings.csv, a row for each unit, coder and "
				   "theme, or name their file in study.ini.\n\n");
	acc_text_put(
	    text,
	    "`make` makes, with Accord " ACC_VERSION ", from the codings and study.ini:\n\n"
	    "* `results/`: tables (CSV), a row per estimate\n"
	    "* `figures/`: pictures, their captions, and the gnuplot scripts, which may be edited\n"
	    "* `report.html`: all of it on one page\n"
	    "* `provenance.json`, `SHA256SUMS`: from what and by what it was made\n\n"
	    "`accord verify` makes it again elsewhere and compares byte by byte.\n");
}

void
acc_begin_ignore(struct acc_text *text, const struct acc_beginning *study,
		 struct acc_command *command)
{
	(void)command;
	acc_text_put(text,
		     "# What `make` makes. provenance.json and SHA256SUMS are worth keeping.\n"
		     "/build/\n/results/\n/report.html\n/figures/*.pdf\n/figures/*.svg\n"
		     "/figures/*.png\n/figures/*.dat\n/figures/*.caption.txt\n*.tmp\n");
	if (study->ratings.length)
		acc_text_printf(text, "# The codings, where they may not be shared:\n# /%s\n",
				study->ratings.bytes);
}
