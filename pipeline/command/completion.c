/* completion: what a shell offers after a Tab, from the tables of stages, options and registries.
 */
#include "pipeline/catalogue.h"
#include "pipeline/command/command.h"

#include <string.h>

/* Options whose values are words that are registered nowhere. */
static const struct {
	const char *option, *words;
} fixed[] = {
    {"seen", "listed document all"},
    {"by", "theme group pair category"},
    {"cluster", "participant document unit"},
    {"layer", "any majority all each"},
    {"window", "unit participant document overlap near:"},
    {"benchmark", "landis-koch fleiss altman cicchetti"},
    {"adjust", "holm bh by"},
    {"what", "agreement prevalence cooccurrence themes"},
    {"rules", "listed complete document all available"},
    {"edge", "log_odds_ratio npmi"},
    {"coefficient", "all"},
    {"measure", "all"},
    {"test", "none"},
};

/* The words that the value of a stage's option can be, with a blank after each. */
static void
put_words(struct acc_text *text, const struct acc_stage *stage, const struct acc_option *option)
{
	for (size_t i = 0; i < acc_catalogue_count; i++)
		for (size_t k = 0; !strcmp(acc_catalogues[i].option, option->name) &&
				   k < *acc_catalogues[i].count;
		     k++)
			acc_text_printf(text, "%s ", acc_catalogues[i].entry(k).key);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (!strcmp(fixed[i].option, option->name))
			acc_text_printf(text, "%s ", fixed[i].words);
	if (!strcmp(option->name, "format"))
		acc_text_put(text, stage->groups & ACC_GROUP_FIGURE ? "pdf svg png "
				   : stage->groups & ACC_GROUP_REPORT
				       ? "html markdown latex json bibtex "
				       : "table csv json ");
}

static bool
takes_file(const struct acc_option *option)
{
	return strstr(option->metavar, "FILE") || strstr(option->metavar, "DIR");
}

/* The next option after `from` that a stage takes; acc_option_count at the end. */
static size_t
next_option(const struct acc_stage *stage, size_t from)
{
	while (from < acc_option_count && !acc_option_accepted(stage, &acc_options[from]))
		from++;
	return from;
}

/* ---- bash ---- */

static const char bash_head[] =
    "# bash completion of accord; made by `accord --completion bash`\n"
    "_accord() {\n"
    "\tlocal current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= words=\n"
    "\tCOMPREPLY=()\n"
    "\tcase ${COMP_WORDS[1]} in\n";

static const char bash_tail[] =
    "\tif [ \"$COMP_CWORD\" = 1 ]; then\n"
    "\t\tCOMPREPLY=($(compgen -W \"$stages --help --version --manual --completion\" -- "
    "\"$current\"))\n"
    "\telif [ -n \"$words\" ]; then # the last item of a list\n"
    "\t\tlocal items=\n"
    "\t\tcase $current in *,*) items=${current%,*}, ;; esac\n"
    "\t\tCOMPREPLY=($(compgen -P \"$items\" -W \"$words\" -- \"${current##*,}\"))\n"
    "\telif [ \"${current#-}\" != \"$current\" ]; then\n"
    "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
    "\telse\n"
    "\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\tCOMPREPLY=($(compgen -f -- \"$current\"))\n"
    "\tfi\n"
    "}\n"
    "complete -F _accord accord\n";

static void
bash_stage(struct acc_text *text, const struct acc_stage *stage)
{
	acc_text_printf(text, "\t%s)\n\t\toptions='", stage->name);
	for (size_t i = next_option(stage, 0); i < acc_option_count; i = next_option(stage, i + 1))
		acc_text_printf(text, "--%s ", acc_options[i].name);
	acc_text_put(text, "'\n\t\tcase $before in\n");
	for (size_t i = next_option(stage, 0); i < acc_option_count;
	     i = next_option(stage, i + 1)) {
		struct acc_text words = {0};
		put_words(&words, stage, &acc_options[i]);
		if (words.length)
			acc_text_printf(text, "\t\t--%s) words='%s' ;;\n", acc_options[i].name,
					words.bytes);
		text->failed = text->failed || words.failed;
		acc_text_free(&words);
	}
	if (!strcmp(stage->name, "list")) {
		acc_text_put(text, "\t\tlist) words='");
		for (size_t i = 0; i < acc_catalogue_count; i++)
			acc_text_printf(text, "%s ", acc_catalogues[i].name);
		acc_text_put(text, "' ;;\n");
	}
	acc_text_put(text, "\t\tesac\n\t\t;;\n");
}

static void
bash(struct acc_text *text)
{
	acc_text_put(text, bash_head);
	for (size_t i = 0; i < acc_stage_count; i++)
		bash_stage(text, acc_stages[i]);
	acc_text_put(text, "\tesac\n\tlocal stages='");
	for (size_t i = 0; i < acc_stage_count; i++)
		acc_text_printf(text, "%s ", acc_stages[i]->name);
	acc_text_put(text, "'\n");
	acc_text_put(text, bash_tail);
}

/* ---- zsh ---- */

/* A description inside single quotes and brackets. */
static void
zsh_about(struct acc_text *text, const char *words)
{
	for (; *words; words++)
		if (*words == '\'')
			acc_text_put(text, "'\\''");
		else if (strchr("[]:\\", *words))
			acc_text_printf(text, "\\%c", *words);
		else
			acc_text_bytes(text, words, 1);
}

static void
zsh_option(struct acc_text *text, const struct acc_stage *stage, const struct acc_option *option)
{
	struct acc_text words = {0};
	put_words(&words, stage, option);
	acc_text_printf(text, " \\\n\t\t\t'--%s%s[", option->name, *option->metavar ? "=" : "");
	zsh_about(text, option->help);
	acc_text_put(text, "]");
	if (*option->metavar)
		acc_text_printf(text, ":%s:", option->metavar);
	if (words.length) {
		bool list = strstr(option->metavar, "LIST");
		words.bytes[words.length - 1] = 0; /* the last blank */
		acc_text_printf(text, list ? "_values -s , value %s" : "(%s)", words.bytes);
	} else if (takes_file(option))
		acc_text_put(text, "_files");
	acc_text_put(text, "'");
	text->failed = text->failed || words.failed;
	acc_text_free(&words);
}

static void
zsh_stage(struct acc_text *text, const struct acc_stage *stage)
{
	acc_text_printf(text, "\t%s)\n\t\t_arguments -s", stage->name);
	for (size_t i = next_option(stage, 0); i < acc_option_count; i = next_option(stage, i + 1))
		zsh_option(text, stage, &acc_options[i]);
	acc_text_put(text, " \\\n\t\t\t'*:file:");
	if (strcmp(stage->name, "list"))
		acc_text_put(text, "_files");
	else {
		acc_text_put(text, "(");
		for (size_t i = 0; i < acc_catalogue_count; i++)
			acc_text_printf(text, "%s%s", i ? " " : "", acc_catalogues[i].name);
		acc_text_put(text, ")");
	}
	acc_text_put(text, "'\n\t\t;;\n");
}

static void
zsh(struct acc_text *text)
{
	acc_text_put(text, "#compdef accord\n"
			   "# zsh completion of accord; made by `accord --completion zsh`\n"
			   "_accord() {\n\tlocal -a stages\n\tstages=(\n");
	for (size_t i = 0; i < acc_stage_count; i++) {
		acc_text_printf(text, "\t\t'%s:", acc_stages[i]->name);
		zsh_about(text, acc_stages[i]->summary);
		acc_text_put(text, "'\n");
	}
	acc_text_put(text,
		     "\t)\n\tif ((CURRENT == 2)); then\n\t\t_describe stage stages\n\t\treturn\n"
		     "\tfi\n\tlocal stage=$words[2]\n\tshift words\n\t((CURRENT--))\n"
		     "\tcase $stage in\n");
	for (size_t i = 0; i < acc_stage_count; i++)
		zsh_stage(text, acc_stages[i]);
	acc_text_put(text, "\tesac\n}\n_accord \"$@\"\n");
}

bool
acc_completion(struct acc_text *text, const char *shell)
{
	if (!strcmp(shell, "bash"))
		bash(text);
	else if (!strcmp(shell, "zsh"))
		zsh(text);
	else
		return false;
	return true;
}
