/* reference: the literature, as entries for BibTeX and as lines for people. */
#ifndef ACC_REFERENCE_H
#define ACC_REFERENCE_H

#include "plots/text.h"
#include <stdbool.h>
#include <stddef.h>

enum { ACC_CITED_MAX = 8 }; /* sources in one citation */

/* Fields may hold braces that keep capitals for BibTeX, and `--` between pages. */
struct acc_reference {
	const char *key, *cited, *type, *author, *year, *title, *where, *volume, *pages, *doi;
};

extern const struct acc_reference acc_references[];
extern const size_t acc_reference_count;

const struct acc_reference *acc_reference_by_key(const char *key);

/* The references of a citation as the registries have it, "Cohen 1960; Gwet 2014"; those that are
 * not known are left out. Returns how many (at most ACC_CITED_MAX). */
size_t acc_references_find(const char *sources, const struct acc_reference **reference);

/* Append "Cohen, 1960", "Fleiss et al., 1969": as it stands in brackets. */
void acc_reference_cited(struct acc_text *text, const struct acc_reference *reference);

/* Append "(Cohen, 1960; Gwet, 2014)": the references of a citation, each put by `put` (NULL: as it
 * is).
 */
void acc_references_put(struct acc_text *text, const char *sources,
			void (*put)(struct acc_text *, const struct acc_reference *,
				    const char *cited));

/* Append a whole line in APA style, without markup and without the DOI. */
void acc_reference_line(struct acc_text *text, const struct acc_reference *reference);

/* Append an entry of a .bib file. */
void acc_reference_bibtex(struct acc_text *text, const struct acc_reference *reference);

#endif
