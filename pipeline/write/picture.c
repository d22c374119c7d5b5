#include "pipeline/write/picture.h"

#include <stdint.h>
#include <string.h>

/* ---- is it whole? ---- */

static bool
ends_with(const struct acc_text *picture, const char *end, size_t length)
{
	size_t last = picture->length;
	while (last && strchr("\r\n", picture->bytes[last - 1]))
		last--;
	return last >= length && !memcmp(picture->bytes + last - length, end, length);
}

/* Little-endian, as libtiff writes it here, with its directory inside the file. */
static bool
whole_tiff(const struct acc_text *picture)
{
	const unsigned char *byte = (const unsigned char *)picture->bytes;
	if (picture->length < 8 || memcmp(picture->bytes, "II*", 4) != 0)
		return false;
	uint32_t at = (uint32_t)byte[4] | (uint32_t)byte[5] << 8 | (uint32_t)byte[6] << 16 |
		      (uint32_t)byte[7] << 24;
	return at >= 8 && at < picture->length;
}

bool
acc_picture_whole(const struct acc_text *picture, const char *format)
{
	static const char png_end[] = "IEND\xAE\x42\x60\x82";
	if (!strcmp(format, "pdf") || !strcmp(format, "eps"))
		return ends_with(picture, "%%EOF", 5);
	if (!strcmp(format, "svg"))
		return ends_with(picture, "</svg>", 6);
	if (!strcmp(format, "tiff"))
		return whole_tiff(picture);
	return ends_with(picture, png_end, sizeof png_end - 1);
}

/* ---- what differs between equal drawings ---- */

/* cairo writes the time into PDF and EPS; as many other letters keep a PDF's offsets right. */
static void
fix_date(struct acc_text *picture, const char *key, const char *date, const char *letters)
{
	size_t length = strlen(date);
	char *at = picture->bytes, *end = picture->bytes + picture->length;
	while (at && (at = memmem(at, (size_t)(end - at), key, strlen(key)))) {
		at += strlen(key);
		if ((size_t)(end - at) >= length && strspn(at, letters) == length)
			memcpy(at, date, length);
	}
}

/* ---- words for those who hear it ---- */

static void
put_escaped(struct acc_text *text, const char *words)
{
	for (; words && *words; words++) {
		if (*words == '<' || *words == '>' || *words == '&')
			acc_text_put(text, *words == '<'   ? "&lt;"
					   : *words == '>' ? "&gt;"
							   : "&amp;");
		else if ((unsigned char)*words >= ' ')
			acc_text_bytes(text, words, 1);
		else
			acc_text_put(text, " ");
	}
}

/* Where an element that begins here ends; NULL: not here. */
static const char *
element_end(const char *at, const char *open, const char *close)
{
	if (strncmp(at, open, strlen(open)) != 0)
		return NULL;
	const char *end = strstr(at, close);
	return end ? end + strlen(close) : NULL;
}

/* gnuplot gives every plot its commands as a title, which is read out and pops up: they go. */
static void
describe(struct acc_text *picture, const char *title, const char *alt)
{
	struct acc_text described = {0};
	const char *at = picture->bytes, *from = at, *end;
	bool first = true;
	for (; at && *at; at++) {
		bool is_title = (end = element_end(at, "<title>", "</title>")) != NULL;
		if (!is_title && !(end = element_end(at, "<desc>", "</desc>")))
			continue;
		acc_text_bytes(&described, from, (size_t)(at - from));
		if (is_title && first) {
			acc_text_put(&described, "<title>");
			put_escaped(&described, title);
			acc_text_put(&described, "</title><desc>");
			put_escaped(&described, alt);
			acc_text_put(&described, "</desc>");
			first = false;
		}
		from = end;
		at = end - 1;
	}
	acc_text_put(&described, from ? from : "");
	described.failed |= picture->failed;
	acc_text_free(picture);
	*picture = described;
}

void
acc_picture_settle(struct acc_text *picture, const char *format, const char *title, const char *alt)
{
	static const char letters[] =
	    "0123456789: ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	if (!strcmp(format, "pdf"))
		fix_date(picture, "/CreationDate (D:", "20000101000000", "0123456789");
	else if (!strcmp(format, "eps"))
		fix_date(picture, "%%CreationDate: ", "Sat Jan  1 00:00:00 2000", letters);
	else if (!strcmp(format, "svg") && title)
		describe(picture, title, alt);
}
