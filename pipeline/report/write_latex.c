/* A report as LaTeX: booktabs tables, natbib citations, the bibliography in the file itself.
 * Compiles with pdflatex, lualatex and xelatex; bibtex in between. Chosen sections only: a piece
 * for \input, which says on top what its preamble needs. */
#include "pipeline/command/command.h"
#include "pipeline/report/escape.h"
#include "pipeline/report/number.h"
#include "pipeline/report/reference.h"
#include "pipeline/report/writer.h"

#include <string.h>

static const char preamble[] =
    "\\usepackage{booktabs,array,longtable,graphicx}\n"
    "\\usepackage[round]{natbib}\n"
    "\\providecommand{\\accordchar}[1]{% a character by its number; where the font lacks it, "
    "U+number\n"
    "  \\ifdefined\\Umathcode\\ifdim\\dimexpr\\ifnum\"#1>\"9F \\ifnum\\iffontchar\\font\"#1 "
    "1\\else 0\\fi=1 "
    "1pt\\else 0pt\\fi\\else 0pt\\fi>0pt "
    "\\char\"#1\\else\\accordcode{#1}\\fi\\else\\accordcode{#1}\\fi}\n"
    "\\providecommand{\\accordcode}[1]{{\\normalfont\\scriptsize\\ttfamily[U+#1]}}\n";

struct latex {
	struct acc_text *text;
	const struct acc_writing *writing;
};

static void
put_between(struct acc_text *text, const char *open, const char *inside, const char *close)
{
	acc_text_put(text, open);
	acc_escape_latex(text, inside);
	acc_text_put(text, close);
}

/* Our own words: blanks at their ends stay plain. */
static void
put_words(struct acc_text *text, const char *words)
{
	size_t before = strspn(words, " "), length = strlen(words), after = length;
	while (after > before && words[after - 1] == ' ')
		after--;
	struct acc_text middle = {0};
	acc_text_bytes(&middle, words + before, after - before);
	acc_text_bytes(text, words, before);
	acc_escape_latex(text, middle.bytes ? middle.bytes : "");
	acc_text_bytes(text, words + after, length - after);
	acc_text_free(&middle);
}

static void
put_citation(struct acc_text *text, const char *sources)
{
	const struct acc_reference *reference[ACC_CITED_MAX];
	size_t count = acc_references_find(sources, reference);
	for (size_t i = 0; i < count; i++)
		acc_text_printf(text, "%s%s", i ? "," : "\\citep{", reference[i]->key);
	acc_text_put(text, "}");
}

static void
put_runs(struct acc_text *text, const struct acc_runs *runs)
{
	for (size_t i = 0; i < runs->count; i++) {
		const struct acc_run *run = &runs->run[i];
		switch (run->kind) {
		case ACC_RUN_TEXT:
			put_words(text, run->text);
			break;
		case ACC_RUN_STRONG:
			acc_text_put(text, "\\textbf{");
			put_words(text, run->text);
			acc_text_put(text, "}");
			break;
		case ACC_RUN_CODE:
			put_between(text, "\\texttt{", run->text, "}");
			break;
		case ACC_RUN_MARK:
			put_between(text, "\\textsuperscript{", run->text, "}");
			break;
		case ACC_RUN_OPEN:
			put_between(text, "\\emph{", run->text, "}");
			break;
		case ACC_RUN_CELL:
			acc_cell_escaped(text, &run->cell, acc_escape_latex);
			break;
		case ACC_RUN_CITE:
			put_citation(text, run->text);
			break;
		}
	}
}

/* ---- tables ---- */

/* Width of a column in millimetres, before all are made to fit. */
static double
width_of(const struct acc_block *block, size_t i)
{
	unsigned parts = 0;
	if (!acc_cell_is_number(block->column[i].kind))
		return 40;
	for (size_t r = 0; r < block->rows; r++) {
		unsigned here = block->cell[r * block->columns + i].parts;
		parts = here > parts ? here : parts;
	}
	return parts == 3 ? 32 : parts == 2 ? 24 : 15;
}

/* Numbers keep their width, labels share what is left. */
static void
put_columns(struct acc_text *text, const struct acc_block *block)
{
	enum { LINE = 160, LABEL_LEAST = 16, LABEL_MOST = 60, GAP = 3 };
	double numbers = GAP * (double)block->columns, labels = 0;
	for (size_t i = 0; i < block->columns; i++)
		if (acc_cell_is_number(block->column[i].kind))
			numbers += width_of(block, i);
		else
			labels++;
	double label = (LINE - numbers) / (labels > 0 ? labels : 1);
	label = label < LABEL_LEAST ? LABEL_LEAST : label > LABEL_MOST ? LABEL_MOST : label;
	double scale = LINE / (numbers + label * labels);
	for (size_t i = 0; i < block->columns; i++) {
		bool number = acc_cell_is_number(block->column[i].kind);
		acc_text_printf(text, ">{%s\\arraybackslash}p{%.1fmm}",
				number ? "\\raggedleft" : "\\raggedright",
				(number ? width_of(block, i) : label) * (scale < 1 ? scale : 1));
	}
}

static void
put_head(struct acc_text *text, const struct acc_block *block)
{
	acc_text_put(text, "\\toprule\n");
	for (size_t i = 0; i < block->columns; i++)
		put_between(text, i ? " & " : "", block->column[i].name, "");
	acc_text_put(text, " \\\\\n\\midrule\n");
}

static void
put_row(struct acc_text *text, const struct acc_block *block, size_t row)
{
	for (size_t i = 0; i < block->columns; i++) {
		const struct acc_cell *cell = &block->cell[row * block->columns + i];
		acc_text_put(text, i ? " & " : "");
		if (cell->parts)
			acc_cell_escaped(text, cell, acc_escape_latex);
		else
			acc_text_put(text, "\\textemdash{}");
		if (cell->mark)
			put_between(text, "\\textsuperscript{", cell->mark, "}");
	}
	acc_text_put(text, " \\\\\n");
}

static void
put_table(struct acc_text *text, const struct acc_block *block)
{
	acc_text_put(text, "{\\footnotesize\\setlength{\\tabcolsep}{1.5mm}\\setlength{\\LTcapwidth}"
			   "{\\linewidth}\n\\begin{longtable}{@{}");
	put_columns(text, block);
	acc_text_put(text, "@{}}\n\\caption{");
	put_runs(text, &block->runs);
	acc_text_printf(text, "}\\label{tab:%s}\\\\\n", block->id);
	put_head(text, block);
	acc_text_put(text, "\\endfirsthead\n");
	put_head(text, block);
	acc_text_put(text, "\\endhead\n\\bottomrule\n\\endfoot\n");
	for (size_t r = 0; r < block->rows; r++)
		put_row(text, block, r);
	acc_text_put(text, "\\end{longtable}\n");
	if (block->note.count) {
		acc_text_put(text, "\\vspace{-\\baselineskip}\\noindent\\emph{Note.} ");
		put_runs(text, &block->note);
		acc_text_put(text, "\\par\\bigskip\n");
	}
	acc_text_put(text, "}\n\n");
}

/* ---- other blocks ---- */

static bool
is_plain(const char *path)
{
	return strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/.-") ==
	       strlen(path);
}

static void
put_figure(struct latex *latex, const struct acc_block *block)
{
	struct acc_text *text = latex->text;
	const char *folder = latex->writing->figures, *dot = strrchr(block->file, '.');
	acc_text_put(text, "\\begin{figure}[htbp]\n\\centering\n");
	if (dot && is_plain(folder) && is_plain(block->file)) {
		int stem = (int)(dot - block->file);
		acc_text_printf(text,
				"\\IfFileExists{%s/%.*s.pdf}{\\includegraphics[width=\\linewidth]"
				"{%s/%.*s}}{}\n",
				folder, stem, block->file, folder, stem, block->file);
	}
	acc_text_put(text, "\\caption{");
	put_runs(text, &block->runs);
	acc_text_put(text, "}");
	if (is_plain(block->id))
		acc_text_printf(text, "\\label{fig:%s}", block->id);
	acc_text_put(text, "\n\\end{figure}\n\n");
}

/* Lines as they are, in typewriter: `verbatim` cannot hold every text. */
static void
put_verbatim(struct acc_text *text, const char *lines)
{
	acc_text_put(text, "\\begin{flushleft}\\ttfamily\\footnotesize\n");
	while (*lines) {
		struct acc_text line = {0};
		size_t length = strcspn(lines, "\n");
		acc_text_bytes(&line, lines, length);
		acc_escape_latex(text, line.bytes ? line.bytes : "");
		acc_text_put(text, "\\mbox{}\\\\\n");
		acc_text_free(&line);
		lines += length + (lines[length] != 0);
	}
	acc_text_put(text, "\\end{flushleft}\n\n");
}

static void
put_block(struct latex *latex, const struct acc_block *block)
{
	struct acc_text *text = latex->text;
	switch (block->kind) {
	case ACC_BLOCK_TABLE:
		put_table(text, block);
		return;
	case ACC_BLOCK_FIGURE:
		put_figure(latex, block);
		return;
	case ACC_BLOCK_VERBATIM:
		put_verbatim(text, block->runs.count ? block->runs.run[0].text : "");
		return;
	case ACC_BLOCK_REFERENCES:
		return; /* \bibliography makes them */
	case ACC_BLOCK_HEADING:
		acc_text_put(text, "\\subsection*{");
		break;
	case ACC_BLOCK_ITEM:
		acc_text_put(text, "\\item ");
		break;
	case ACC_BLOCK_PARAGRAPH:
		break;
	}
	put_runs(text, &block->runs);
	acc_text_put(text, block->kind == ACC_BLOCK_HEADING ? "}\n\n"
			   : block->kind == ACC_BLOCK_ITEM  ? "\n"
							    : "\n\n");
}

static void
put_section(struct latex *latex, const struct acc_section *section)
{
	bool list = false;
	if (section->blocks == 1 && section->block[0].kind == ACC_BLOCK_REFERENCES)
		return;
	acc_text_printf(latex->text, "\\section*{%s}\n\n", section->title);
	for (size_t i = 0; i < section->blocks; i++) {
		bool item = section->block[i].kind == ACC_BLOCK_ITEM;
		if (item != list)
			acc_text_put(latex->text,
				     item ? "\\begin{itemize}\n" : "\\end{itemize}\n\n");
		list = item;
		put_block(latex, &section->block[i]);
	}
	acc_text_put(latex->text, list ? "\\end{itemize}\n\n" : "");
}

static void
put_top(struct latex *latex)
{
	struct acc_text *text = latex->text;
	acc_text_put(text, "% Made with Accord " ACC_VERSION ".\n\\begin{filecontents*}[overwrite]"
			   "{\\jobname.bib}\n");
	acc_write_bibtex(text, latex->writing);
	acc_text_put(
	    text, "\\end{filecontents*}\n\\documentclass[11pt]{article}\n"
		  "\\usepackage[a4paper,margin=25mm]{geometry}\n\\usepackage[T1]{fontenc}\n"
		  "\\usepackage{textcomp}\n\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n");
	acc_text_put(text, preamble);
	put_between(text, "\\title{", latex->writing->document->title, "}\n\\date{}\n");
	acc_text_put(text, latex->writing->document->synthetic ? "\\author{Synthetic data}\n"
							       : "\\author{}\n");
	acc_text_put(text, "\\begin{document}\n\\maketitle\n\\emergencystretch=2em\n\n");
}

/* What a piece for \input asks of the preamble, as comments. */
static void
put_needs(struct acc_text *text)
{
	acc_text_put(text, "% Made with Accord " ACC_VERSION ". The preamble needs:\n% "
			   "\\usepackage[T1]{fontenc}\n% ");
	for (const char *c = preamble; *c; c++) {
		acc_text_bytes(text, c, 1);
		acc_text_put(text, *c == '\n' && c[1] ? "% " : "");
	}
}

void
acc_write_latex(struct acc_text *text, const struct acc_writing *writing)
{
	struct latex latex = {text, writing};
	const struct acc_document *document = writing->document;
	if (writing->whole)
		put_top(&latex);
	else
		put_needs(text);
	for (size_t i = 0; i < document->sections; i++)
		put_section(&latex, &document->section[i]);
	if (writing->whole)
		acc_text_put(text, "\\bibliographystyle{plainnat}\n\\bibliography{\\jobname}\n"
				   "\\end{document}\n");
}
