#include "pipeline/report/pictures.h"
#include "pipeline/read/whole.h"
#include "pipeline/report/encode.h"
#include "plots/figure.h"
#include "stats/base.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char caption_suffix[] = ".caption.txt";

static void
trim_end(struct acc_text *text)
{
	while (text->length && strchr("\n\r ", text->bytes[text->length - 1]))
		text->bytes[--text->length] = 0;
}

/* ---- which files ---- */

/* The width in "NAME-WIDTH.svg" or ".png", 0 for other files; *vector: it is an SVG. */
static unsigned
width_of(const char *file, const char *name, bool *vector)
{
	size_t length = strlen(name);
	if (strncmp(file, name, length) != 0 || file[length] != '-')
		return 0;
	char *end;
	unsigned long width = strtoul(file + length + 1, &end, 10);
	*vector = !strcmp(end, ".svg");
	return (*vector || !strcmp(end, ".png")) && width < 10000 ? (unsigned)width : 0;
}

struct choice {
	unsigned widest, narrowest;
	bool vector;
};

static void
choose(char **files, size_t count, const char *name, struct choice *choice)
{
	*choice = (struct choice){0};
	for (size_t i = 0; i < count; i++) {
		bool vector;
		unsigned width = width_of(files[i], name, &vector);
		if (!width || (choice->vector && !vector))
			continue;
		if (vector && !choice->vector)
			*choice = (struct choice){width, width, true};
		if (width > choice->widest)
			choice->widest = width;
		if (!choice->narrowest || width < choice->narrowest)
			choice->narrowest = width;
	}
}

static bool
embed(struct acc_picture *picture, const char *folder, const char *name, unsigned width,
      bool vector)
{
	struct acc_text bytes = {0}, file = {0};
	acc_text_printf(&file, "%s-%u.%s", name, width, vector ? "svg" : "png");
	bool good = !file.failed && acc_whole_add_in(&bytes, folder, file.bytes);
	acc_text_put(&picture->data,
		     vector ? "data:image/svg+xml;base64," : "data:image/png;base64,");
	if (good)
		acc_base64(&picture->data, (const unsigned char *)bytes.bytes, bytes.length);
	acc_text_free(&bytes);
	picture->file = file.bytes;
	return good && !picture->data.failed;
}

/* ---- one figure ---- */

static bool
read_figure(struct acc_pictured *figure, const char *folder, char **files, size_t count)
{
	struct choice choice;
	struct acc_text file = {0};
	acc_text_printf(&file, "%s%s", figure->name, caption_suffix);
	bool good = !file.failed && acc_whole_add_in(&figure->caption, folder, file.bytes);
	trim_end(&figure->caption);
	acc_text_free(&file);
	acc_text_printf(&file, "%s.alt.txt", figure->name);
	if (good && !file.failed)
		acc_whole_add_in(&figure->alt, folder, file.bytes);
	trim_end(&figure->alt);
	acc_text_free(&file);
	choose(files, count, figure->name, &choice);
	if (good && choice.widest)
		good = embed(&figure->wide, folder, figure->name, choice.widest, choice.vector);
	if (good && choice.narrowest < choice.widest)
		good =
		    embed(&figure->narrow, folder, figure->name, choice.narrowest, choice.vector);
	return good;
}

static size_t
rank(const char *name)
{
	size_t i = 0;
	while (i < acc_figure_count && strcmp(acc_figures[i]->key, name) != 0)
		i++;
	return i;
}

static int
by_rank(const void *a, const void *b)
{
	const struct acc_pictured *x = a, *y = b;
	size_t first = rank(x->name), second = rank(y->name);
	return first != second ? (first > second) - (first < second) : strcmp(x->name, y->name);
}

/* ---- the folder ---- */

static bool
list(const char *folder, char ***files, size_t *count)
{
	size_t capacity = 0;
	struct dirent *entry;
	DIR *directory = opendir(folder);
	bool good = directory != NULL;
	while (good && (entry = readdir(directory))) {
		good = acc_array_reserve((void **)files, &capacity, *count + 1, sizeof **files) &&
		       ((*files)[*count] = strdup(entry->d_name));
		*count += good;
	}
	int why = errno;
	if (directory)
		closedir(directory);
	errno = why;
	return good;
}

static bool
add_figure(struct acc_pictures *pictures, const char *folder, char **files, size_t count,
	   const char *file)
{
	size_t length = strlen(file), suffix = sizeof caption_suffix - 1;
	if (length <= suffix || strcmp(file + length - suffix, caption_suffix) != 0)
		return true;
	if (!acc_array_reserve((void **)&pictures->figure, &pictures->capacity,
			       pictures->figures + 1, sizeof *pictures->figure))
		return false;
	struct acc_pictured *figure = &pictures->figure[pictures->figures++];
	*figure = (struct acc_pictured){.name = strndup(file, length - suffix)};
	return figure->name && read_figure(figure, folder, files, count);
}

bool
acc_pictures_read(struct acc_pictures *pictures, const char *folder, struct acc_messages *messages)
{
	char **files = NULL;
	size_t count = 0;
	errno = 0;
	bool good = list(folder, &files, &count);
	for (size_t i = 0; good && i < count; i++)
		good = add_figure(pictures, folder, files, count, files[i]);
	if (!good)
		acc_error(messages, errno && errno != ENOMEM ? ACC_EXIT_IO : ACC_EXIT_LIMIT,
			  (struct acc_place){folder, 0, 0}, "the figures cannot be read: %s",
			  strerror(errno ? errno : ENOMEM));
	for (size_t i = 0; i < count; i++)
		free(files[i]);
	free(files);
	if (pictures->figures)
		qsort(pictures->figure, pictures->figures, sizeof *pictures->figure, by_rank);
	return good;
}

void
acc_pictures_free(struct acc_pictures *pictures)
{
	for (size_t i = 0; i < pictures->figures; i++) {
		struct acc_pictured *figure = &pictures->figure[i];
		free(figure->name);
		acc_text_free(&figure->caption);
		acc_text_free(&figure->alt);
		free(figure->wide.file);
		free(figure->narrow.file);
		acc_text_free(&figure->wide.data);
		acc_text_free(&figure->narrow.data);
	}
	free(pictures->figure);
	*pictures = (struct acc_pictures){0};
}
