/* nfc: text in Unicode's composed form, so that one name is one label.
 *
 * "Zoë" is four code points or three, depending on the keyboard, the system and the export; readers
 * see no difference, so Accord makes none. Everything read from a CSV and every label of the
 * command line is brought into normalization form C (Unicode Standard Annex 15). Nothing else about
 * a label changes: no folding of case, no compatibility forms. */
#ifndef ACC_NFC_H
#define ACC_NFC_H

#include "pipeline/read/csv_record.h"

/* What a reader keeps for it. Zero-initialise; free with acc_nfc_free. */
struct acc_nfc {
	char **made; /* owned, [fields made]: fields that had to be rewritten */
	size_t mades, made_capacity;
	const char **field; /* owned */
	size_t *length;     /* owned */
	size_t field_capacity, length_capacity;
};

/* Does a quick look show that this UTF-8 is in NFC? False: perhaps not. */
bool acc_nfc_plain(const char *text, size_t length);

/* The composed form of a text, owned by the caller, with a final 0; what is no UTF-8 stays as it
 * is. NULL: no memory. */
char *acc_nfc(const char *text, size_t length);

/* Are two names one in NFC? Also false where memory runs out. */
bool acc_nfc_same(const char *a, const char *b);

/* Bring the fields of a record into NFC; what is rewritten lives until the next call. False: no
 * memory. */
bool acc_nfc_record(struct acc_nfc *nfc, struct acc_csv_record *record);
void acc_nfc_free(struct acc_nfc *nfc);

#endif
