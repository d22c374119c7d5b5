/* message: what went wrong, said so that a tired person understands: where, what, what to do.
 *
 * Messages are collected and printed by main at the end, at most ACC_MESSAGES_SHOWN of them; the
 * first error decides the exit code. Names that come from outside (files, labels) are printed with
 * control characters escaped. */
#ifndef ACC_MESSAGE_H
#define ACC_MESSAGE_H

#include "plots/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit codes; also the class of an error. */
enum acc_exit {
	ACC_EXIT_DONE = 0,
	ACC_EXIT_DATA = 1,  /* the input says something that cannot be right */
	ACC_EXIT_USAGE = 2, /* the command line does */
	ACC_EXIT_IO = 3,    /* reading or writing failed */
	ACC_EXIT_LIMIT = 4  /* out of memory, or past a stated limit */
};

enum { ACC_MESSAGES_SHOWN = 20 };

struct acc_messages {
	struct acc_text text; /* the messages so far, a line each */
	enum acc_exit code;   /* class of the first error; ACC_EXIT_DONE while there is none */
	uint64_t errors;      /* errors said, shown or not */
	uint64_t notes;       /* warnings and notes said, shown or not */
	bool json;            /* each line is a JSON object; set before the first message */
	bool verbose;         /* details are said too */
};

/* A place in an input. line and column count from 1; 0 where it makes no sense. */
struct acc_place {
	const char *file; /* borrowed; "-" is standard input; NULL for none */
	uint64_t line;
	uint64_t column;
};

void acc_messages_free(struct acc_messages *messages);

/* Say an error of a class ("file:line:column: error: ..."), or a note ("note: ..."). */
void acc_error(struct acc_messages *messages, enum acc_exit code, struct acc_place place,
	       const char *format, ...) __attribute__((format(printf, 4, 5)));
void acc_note(struct acc_messages *messages, struct acc_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Say a detail that only --verbose asks for ("info: ..."). */
void acc_detail(struct acc_messages *messages, struct acc_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Shorthand: out of memory. Needs no memory itself. */
void acc_error_memory(struct acc_messages *messages);

/* Everything said, and how much more there was to say. Needs no memory; for main alone. */
void acc_messages_print(const struct acc_messages *messages, FILE *file);

/* `string` with control characters and invalid bytes escaped (\x1b, \n, \u202e), in a static ring
 * of 16 buffers: for use inside one acc_error call. Long strings are cut with an ellipsis. */
const char *acc_visible(const char *string);

/* The candidate nearest to `name` (Damerau-Levenshtein, capitals as small letters, at most a
 * third of its length away), or NULL. */
const char *acc_nearest(const char *name, const char *const *candidates, size_t count);

#endif
