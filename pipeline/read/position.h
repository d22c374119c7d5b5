/* position: a place in a document, as exports of coding software write it. */
#ifndef ACC_POSITION_H
#define ACC_POSITION_H

enum acc_position {
	ACC_POSITION_NONE,   /* it is no such text */
	ACC_POSITION_NUMBER, /* an offset, a paragraph, a line, seconds: 0 to 2^53; its value */
	ACC_POSITION_TIME,   /* h:mm:ss or m:ss, fractions after . or ,; in seconds */
	ACC_POSITION_PAGE /* "page: position", of PDFs in MAXQDA; pages lie one after the other */
};

enum acc_position acc_position(const char *text, double *value);

/* Two places in one text: "12-56", "0:01:02 - 0:01:09"; "Page 3: 10-80" (Dedoose) are on one page.
 */
enum acc_position acc_position_range(const char *text, double *begin, double *end);

#endif
