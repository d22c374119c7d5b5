/* pictures: the figures folder: captions, descriptions, and pictures fit for embedding. */
#ifndef ACC_PICTURES_H
#define ACC_PICTURES_H

#include "pipeline/command/message.h"
#include "plots/text.h"
#include <stdbool.h>
#include <stddef.h>

/* A picture as a file and as it is embedded: "data:image/svg+xml;base64,...". As an image it can
 * neither run scripts nor fetch anything, and its ids are its own. */
struct acc_picture {
	char *file; /* owned: name in the folder; NULL: there is none */
	struct acc_text data;
};

struct acc_pictured {
	char *name;                      /* owned: "forest" */
	struct acc_text caption, alt;    /* alt is empty where no file has it */
	struct acc_picture wide, narrow; /* widest and narrowest; narrow may be missing */
	bool placed;                     /* a chapter has it */
};

struct acc_pictures {
	struct acc_pictured *figure; /* owned; registered figures first, then by name */
	size_t figures, capacity;
};

/* Read every figure that has a NAME.caption.txt in `folder`. False with messages. */
bool acc_pictures_read(struct acc_pictures *pictures, const char *folder,
		       struct acc_messages *messages);
void acc_pictures_free(struct acc_pictures *pictures);

#endif
