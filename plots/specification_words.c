/* The labels and the caption of the specification curves. */
#include "plots/specification.h"
#include "stats/base.h"

#include <math.h>
#include <string.h>

/* ---- labels: of each kind its headings and levels, then the questions ---- */

static void
add_level(struct acc_labels *labels, size_t choice, const char *level)
{
	struct acc_text words = {0};
	if (choice == 0)
		acc_term_name(&words, level);
	/* A name with a symbol is enhanced text, which labels are not. */
	if (words.bytes && strpbrk(words.bytes, "{_")) {
		acc_text_free(&words);
		acc_term_words(&words, level);
	}
	const char *name = choice == 0 && words.bytes ? words.bytes : level;
	acc_labels_add(labels, strncmp(name, "the ", 4) || choice ? name : name + 4, 30);
	labels->lines.failed |= words.failed;
	acc_text_free(&words);
}

static void
add_title(const struct acc_curves *curves, const struct acc_question *question,
	  struct acc_labels *labels)
{
	const struct acc_table *table = curves->table;
	const char *theme = acc_table_text(table, question->first, "theme");
	const char *group = acc_table_text(table, question->first, "group");
	struct acc_text title = {0};
	if (question->kind == ACC_CURVE_COOCCURRENCE) {
		acc_text_put(&title, acc_table_text(table, question->first, "theme_a"));
		acc_text_put(&title, " + ");
		acc_text_put(&title, acc_table_text(table, question->first, "theme_b"));
	} else
		acc_text_put(&title, *theme ? theme : "Agreement, all together");
	if (*group) {
		acc_text_put(&title, ", ");
		acc_text_put(&title, group);
	}
	acc_labels_row(labels, title.bytes ? title.bytes : "");
	labels->lines.failed |= title.failed;
	acc_text_free(&title);
}

void
acc_curves_labels(struct acc_curves *curves, struct acc_labels *labels)
{
	for (size_t k = 0; k < ACC_CURVE_KINDS; k++) {
		struct acc_curve_kind *kind = &curves->kind[k];
		kind->label = labels->count + 1;
		for (size_t c = 0; c < ACC_CHOICES; c++) {
			if (!kind->level[c].count)
				continue;
			acc_labels_add(labels,
				       c || k == ACC_CURVE_AGREEMENT ? acc_choice_columns[c].heading
								     : "Measure",
				       0);
			for (size_t l = 0; l < kind->level[c].count; l++)
				add_level(labels, c, kind->level[c].name[l]);
		}
	}
	for (size_t q = 0; q < curves->questions; q++)
		add_title(curves, &curves->question[q], labels);
}

static const char *
reason_sentence(const char *key)
{
	for (int r = 1; r < ACC_REASONS; r++)
		if (!strcmp(acc_reason_key((enum acc_reason)r), key))
			return acc_reason_sentence((enum acc_reason)r);
	return "no reason is given";
}

static void
put_undefined(const struct acc_curves *curves, struct acc_text *caption)
{
	if (!curves->undefined)
		return;
	acc_text_printf(caption, " ×, on the right: not defined (%zu", curves->undefined);
	for (size_t r = 0; r < curves->reasons.count; r++)
		acc_text_printf(caption, "%s%s", r ? "; " : ": ",
				reason_sentence(curves->reasons.name[r]));
	acc_text_put(caption, ").");
}

static void
put_ranges(const struct acc_curves *curves, struct acc_text *caption)
{
	for (size_t q = 0; q < curves->questions && curves->questions <= 6; q++) {
		const struct acc_question *question = &curves->question[q];
		size_t n = question->defined;
		acc_text_put(caption, q ? "; " : " ");
		if (curves->questions > 1)
			acc_text_printf(caption, q ? "panel %c: " : "Panel %c: ", (int)('A' + q));
		acc_alt_count(caption, question->rows, "specification", "specifications");
		if (n)
			acc_text_printf(
			    caption, ", median %.2f, from %.2f to %.2f", question->median,
			    acc_table_number(curves->table, question->row[0], "value"),
			    acc_table_number(curves->table, question->row[n - 1], "value"));
	}
	acc_text_put(caption, curves->questions <= 6 ? "." : "");
}

static void
put_rules(const struct acc_curves *curves, struct acc_text *caption)
{
	static const struct {
		const char *rule, *words;
	} rules[] = {
	    {"listed", "the coder did not look"},
	    {"document", "looked and applied nothing, if the coder worked on the document"},
	    {"all", "looked and applied nothing"},
	    {"available", "all units with two ratings or more"},
	    {"complete", "only units that every coder rated"}};
	const char *separator = " Missing rows: ";
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		bool found = false;
		for (size_t k = 0; k < ACC_CURVE_KINDS; k++) {
			const struct acc_names *levels = &curves->kind[k].level[1];
			found |= acc_names_find(levels, rules[i].rule) < levels->count;
		}
		if (found) {
			acc_text_printf(caption, "%s%s, %s", separator, rules[i].rule,
					rules[i].words);
			separator = "; ";
		}
	}
	acc_text_put(caption, *separator == ';' ? "." : "");
}

void
acc_curves_caption(const struct acc_curves *curves, const struct acc_facts *facts,
		   struct acc_text *caption)
{
	acc_text_put(caption, "Specification curve: the same question answered by every "
			      "combination of choices, in order of the value, each a dot with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, "; the marks below it are its choices. Diamond: what is reported "
			      "unless something else is asked for. Dashed: the median.");
	put_ranges(curves, caption);
	put_undefined(curves, caption);
	put_rules(curves, caption);
	for (size_t m = 0; m < curves->left.count; m++) {
		acc_text_put(caption, m ? ", " : " Not drawn, on another scale: ");
		acc_term_words(caption, curves->left.name[m]);
	}
	acc_text_put(caption, curves->left.count ? "." : "");
	acc_text_put(caption, " All specifications are of the same data: how many of them lie "
			      "above a bound is no test (Simonsohn, Simmons & Nelson 2020).");
}
