/* ini_lines: the lines of study.ini, brought into the form that inih takes whole.
 *
 * inih reads 200 bytes at a time, takes an indented line for more of the value before it, cuts a
 * value at ` ;` also inside quotes, and does not say on which line a key stands. So a line is
 * stripped of indentation and comment, quoted semicolons are masked, and long lines are given in
 * pieces that inih hands back one by one. */
#ifndef ACC_INI_LINES_H
#define ACC_INI_LINES_H

#include "pipeline/command/message.h"
#include <stdint.h>
#include <stdio.h>

enum { ACC_INI_MASK = 1 }; /* a semicolon inside quotes */

struct acc_ini_lines {
	FILE *file;
	const char *path;
	struct acc_messages *messages;
	char *line; /* owned */
	size_t capacity;
	char *rest; /* what is still to be given of the line, or NULL */
	bool piece; /* what was given last goes on from what was given before it */
	uint64_t number;
};

/* An ini_reader: the next piece, at most `size` bytes with its 0; NULL at the end. What is neither
 * a section, a comment nor `key = value` becomes a message and an empty line. */
char *acc_ini_lines_next(char *piece, int size, void *lines);

#endif
