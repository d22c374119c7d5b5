#include "pipeline/read/nfc.h"
#include "stats/base.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* How long the character at `text` is if it never changes and never joins the one before: all below
 * U+0300, Cyrillic up to U+047F, punctuation U+2002 to U+203F, ideographs U+4E00 to U+9FFF, U+1F000
 * to U+1FFFF (emoji). 0: perhaps it does. */
static size_t
plain(const unsigned char *text, size_t length)
{
	unsigned lead = text[0];
	if (lead < 0x80)
		return 1;
	if (lead < 0xcc || lead == 0xd0 || lead == 0xd1)
		return 2;
	if (length >= 3 && lead == 0xe2 && text[1] == 0x80)
		return text[2] >= 0x82 ? 3 : 0;
	if (length >= 3 && ((lead == 0xe4 && text[1] >= 0xb8) || (lead >= 0xe5 && lead <= 0xe9)))
		return 3;
	return length >= 4 && lead == 0xf0 && text[1] == 0x9f ? 4 : 0;
}

bool
acc_nfc_plain(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t at = 0;
	while (at < length) {
		uint64_t word;
		while (length - at >= sizeof word) {
			memcpy(&word, bytes + at, sizeof word);
			if (word & 0x8080808080808080u)
				break;
			at += sizeof word;
		}
		if (at == length)
			break;
		size_t step = plain(bytes + at, length - at);
		if (!step)
			return false;
		at += step;
	}
	return true;
}

char *
acc_nfc(const char *text, size_t length)
{
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t result =
	    utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &made,
			 UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (result >= 0)
		return (char *)made;
	return result == UTF8PROC_ERROR_INVALIDUTF8 ? strndup(text, length) : NULL;
}

bool
acc_nfc_same(const char *a, const char *b)
{
	if (!strcmp(a, b))
		return true;
	if (acc_nfc_plain(a, strlen(a)) && acc_nfc_plain(b, strlen(b)))
		return false;
	char *one = acc_nfc(a, strlen(a)), *other = acc_nfc(b, strlen(b));
	bool same = one && other && !strcmp(one, other);
	free(one);
	free(other);
	return same;
}

static void
forget(struct acc_nfc *nfc)
{
	for (size_t i = 0; i < nfc->mades; i++)
		free(nfc->made[i]);
	nfc->mades = 0;
}

/* Rewrite field k. */
static bool
rewrite(struct acc_nfc *nfc, size_t k)
{
	if (!acc_array_reserve((void **)&nfc->made, &nfc->made_capacity, nfc->mades + 1,
			       sizeof *nfc->made))
		return false;
	enum { PADDING = 16 }; /* see struct acc_csv_record */
	char *composed = acc_nfc(nfc->field[k], nfc->length[k]);
	char *made = composed ? realloc(composed, strlen(composed) + 1 + PADDING) : NULL;
	if (!made) {
		free(composed);
		return false;
	}
	nfc->made[nfc->mades++] = made;
	nfc->field[k] = made;
	nfc->length[k] = strlen(made);
	return true;
}

/* Arrays of our own for the fields. */
static bool
take_over(struct acc_nfc *nfc, struct acc_csv_record *record)
{
	if (!acc_array_reserve((void **)&nfc->field, &nfc->field_capacity, record->fields,
			       sizeof *nfc->field) ||
	    !acc_array_reserve((void **)&nfc->length, &nfc->length_capacity, record->fields,
			       sizeof *nfc->length))
		return false;
	memcpy(nfc->field, record->field, record->fields * sizeof *nfc->field);
	memcpy(nfc->length, record->length, record->fields * sizeof *nfc->length);
	record->field = nfc->field;
	record->length = nfc->length;
	return true;
}

bool
acc_nfc_record(struct acc_nfc *nfc, struct acc_csv_record *record)
{
	bool ours = false;
	forget(nfc);
	for (size_t k = 0; k < record->fields; k++) {
		if (acc_nfc_plain(record->field[k], record->length[k]))
			continue;
		if (!ours && !take_over(nfc, record))
			return false;
		ours = true;
		if (!rewrite(nfc, k))
			return false;
	}
	return true;
}

void
acc_nfc_free(struct acc_nfc *nfc)
{
	forget(nfc);
	free(nfc->made);
	free(nfc->field);
	free(nfc->length);
	*nfc = (struct acc_nfc){0};
}
