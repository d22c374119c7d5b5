#include "pipeline/read/whole.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool
acc_whole_add(struct acc_text *text, const char *path)
{
	char block[1 << 14];
	size_t got;
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	while ((got = fread(block, 1, sizeof block, file)) > 0)
		acc_text_bytes(text, block, got);
	int why = ferror(file) ? errno : text->failed ? ENOMEM : 0;
	fclose(file);
	errno = why;
	return !why;
}

bool
acc_whole_add_in(struct acc_text *text, const char *folder, const char *name)
{
	struct acc_text path = {0};
	acc_text_printf(&path, "%s/%s", folder, name);
	bool good = !path.failed && acc_whole_add(text, path.bytes);
	if (path.failed)
		errno = ENOMEM;
	int why = errno;
	acc_text_free(&path);
	errno = why;
	return good;
}

bool
acc_whole_read(struct acc_text *text, const char *path, struct acc_messages *messages)
{
	if (acc_whole_add(text, path))
		return true;
	if (errno == ENOMEM)
		acc_error_memory(messages);
	else
		acc_error(messages, ACC_EXIT_IO, (struct acc_place){path, 0, 0}, "cannot read: %s",
			  strerror(errno));
	return false;
}
