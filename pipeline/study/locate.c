#include "pipeline/study/locate.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#ifndef ACC_DATADIR
#define ACC_DATADIR "/usr/local/share"
#endif

/* What the system says. */
static bool
ask_system(char said[PATH_MAX])
{
#ifdef __APPLE__
	uint32_t size = PATH_MAX;
	return !_NSGetExecutablePath(said, &size);
#else
	ssize_t length = readlink("/proc/self/exe", said, PATH_MAX - 1);
	said[length > 0 ? length : 0] = 0;
	return length > 0;
#endif
}

/* What the shell would have found. */
static bool
search(char found[PATH_MAX], const char *name)
{
	const char *path = getenv("PATH");
	for (const char *end; path; path = *end ? end + 1 : NULL) {
		struct acc_text file = {0};
		end = path + strcspn(path, ":");
		acc_text_printf(&file, "%.*s/%s", (int)(end - path), path, name);
		bool good = !file.failed && file.length < PATH_MAX && !access(file.bytes, X_OK);
		if (good)
			strcpy(found, file.bytes);
		acc_text_free(&file);
		if (good)
			return true;
	}
	return false;
}

bool
acc_locate_program(struct acc_text *path, const char *said)
{
	char found[PATH_MAX], real[PATH_MAX];
	if (!ask_system(found)) {
		if (strchr(said, '/') && strlen(said) < sizeof found)
			strcpy(found, said);
		else if (!search(found, said))
			return false;
	}
	acc_text_put(path, realpath(found, real) ? real : found);
	return !path->failed;
}

bool
acc_locate_data(struct acc_text *path, const char *name, const char *said)
{
	/* From the folder of the program: installed; ./accord; build/MODE/accord. */
	static const char *const place[] = {"../share/accord", "pipeline/study",
					    "../../pipeline/study"};
	struct acc_text program = {0};
	bool found = false;
	if (acc_locate_program(&program, said) && strrchr(program.bytes, '/')) {
		size_t folder = (size_t)(strrchr(program.bytes, '/') - program.bytes);
		for (size_t i = 0; i < sizeof place / sizeof *place && !found; i++) {
			char real[PATH_MAX];
			struct acc_text file = {0};
			acc_text_bytes(&file, program.bytes, folder);
			acc_text_printf(&file, "/%s/%s", place[i], name);
			found = !file.failed && realpath(file.bytes, real);
			if (found)
				acc_text_put(path, real);
			acc_text_free(&file);
		}
	}
	acc_text_free(&program);
	if (!found) {
		acc_text_printf(path, "%s/accord/%s", ACC_DATADIR, name);
		found = !path->failed && !access(path->bytes, R_OK);
	}
	return found && !path->failed;
}
