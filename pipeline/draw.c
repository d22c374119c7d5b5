#include "pipeline/draw.h"

#include "pipeline/read/whole.h"
#include "pipeline/write/fonts.h"
#include "pipeline/write/output.h"
#include <string.h>

/* ---- the files ---- */

static bool
ends_in(const char *name, const char *suffix)
{
	size_t length = strlen(name), tail = strlen(suffix);
	return length > tail && !strcmp(name + length - tail, suffix);
}

/* An author's edits survive: a script that was edited stays, the new one is put beside it. */
static bool
write_file(struct acc_draw *draw, const struct acc_file *file)
{
	struct acc_text path = {0};
	bool good = true;
	acc_text_printf(&path, "%s/%s", draw->directory, file->name);
	if (!path.failed && acc_drawn_edited(path.bytes)) {
		acc_note(draw->messages, (struct acc_place){path.bytes, 0, 0},
			 "was edited by hand and stays; the new one is written beside it as "
			 "%s.new",
			 file->name);
		acc_text_put(&path, ".new");
	}
	if (path.failed) {
		acc_error_memory(draw->messages);
		good = false;
	} else
		good = acc_output_write(path.bytes, file->text.bytes ? file->text.bytes : "",
					file->text.length, NULL, draw->messages);
	acc_text_free(&path);
	return good;
}

static bool
write_bundle(struct acc_draw *draw, const struct acc_bundle *bundle)
{
	bool good = acc_bundle_complete(bundle);
	if (!good)
		acc_error_memory(draw->messages);
	for (size_t i = 0; good && i < bundle->files; i++)
		good = write_file(draw, &bundle->file[i]);
	return good;
}

/* ---- the pictures ---- */

/* All that a picture depends on: the files as they lie there, and the settings. */
static uint64_t
source_of(const struct acc_draw *draw, const struct acc_bundle *bundle,
	  const struct acc_picture *picture)
{
	struct acc_text all = {0};
	for (size_t f = 0; f < bundle->files; f++) {
		const char *name = bundle->file[f].name;
		acc_text_put(&all, name);
		if (ends_in(name, ".gp") || ends_in(name, ".dat"))
			acc_whole_add_in(&all, draw->directory, name);
	}
	acc_text_printf(&all, "%s %s %d %u %s %d %d %s %s",
			draw->program.bytes ? draw->program.bytes : "", picture->format,
			picture->width, picture->page, picture->journal ? picture->journal : "",
			picture->grey, picture->dpi, picture->title,
			picture->alt ? picture->alt : "");
	uint64_t source = all.bytes ? acc_fingerprint(all.bytes, all.length) : 0;
	acc_text_free(&all);
	return source;
}

/* Draw a page unless it is there; its figure has so many pages. 0: it could not be drawn. */
static unsigned
draw_page(struct acc_draw *draw, const struct acc_bundle *bundle, const struct acc_picture *picture)
{
	struct acc_text name = {0};
	acc_picture_name(&name, picture);
	if (name.failed)
		acc_error_memory(draw->messages);
	uint64_t source = source_of(draw, bundle, picture);
	unsigned pages =
	    name.failed ? 0 : acc_drawn_current(&draw->record, draw->directory, name.bytes, source);
	if (!pages && !name.failed && acc_picture_draw(picture, &pages, draw->messages))
		acc_drawn_add(&draw->record, draw->directory, name.bytes, source, pages);
	else if (draw->messages->errors)
		pages = 0;
	acc_text_free(&name);
	return pages;
}

/* Remove the pages a longer figure had before. */
static void
drop_pages(struct acc_draw *draw, struct acc_picture picture, unsigned pages)
{
	for (picture.page = pages + 1;; picture.page++) {
		struct acc_text name = {0};
		acc_picture_name(&name, &picture);
		size_t before = draw->record.count;
		if (!name.failed)
			acc_drawn_remove(&draw->record, draw->directory, name.bytes);
		acc_text_free(&name);
		if (draw->record.count == before)
			return;
	}
}

static void
draw_pages(struct acc_draw *draw, const struct acc_bundle *bundle, struct acc_picture picture)
{
	unsigned pages = 1;
	for (picture.page = 1; draw->pictures && picture.page <= pages; picture.page++) {
		pages = draw_page(draw, bundle, &picture);
		draw->pictures = pages > 0;
	}
	if (draw->pictures)
		drop_pages(draw, picture, pages);
}

static void
draw_pictures(struct acc_draw *draw, const struct acc_figure *figure,
	      const struct acc_bundle *bundle, const char *alt)
{
	const struct acc_journal *journal =
	    draw->look.journal ? draw->look.journal : &acc_journals[0];
	for (size_t f = 0; f < ACC_PICTURE_FORMATS; f++)
		for (size_t w = 0; draw->formats & 1u << f && w < draw->widths; w++)
			draw_pages(draw, bundle,
				   (struct acc_picture){
				       .directory = draw->directory,
				       .figure = figure->key,
				       .format = acc_picture_formats[f],
				       .width = draw->width[w],
				       .journal = draw->journal,
				       .grey = draw->grey,
				       .dpi = journal->dpi,
				       .title = figure->title,
				       .alt = alt,
				   });
}

static const char *
alt_of(const struct acc_bundle *bundle)
{
	for (size_t f = 0; f < bundle->files; f++)
		if (ends_in(bundle->file[f].name, ".alt.txt"))
			return bundle->file[f].text.bytes;
	return NULL;
}

void
acc_draw_begin(struct acc_draw *draw)
{
	if (!draw->pictures)
		return;
	draw->pictures = acc_picture_program(&draw->program, draw->messages);
	acc_drawn_read(&draw->record, draw->directory);
}

void
acc_draw_figure(struct acc_draw *draw, const struct acc_figure *figure, struct acc_bundle *bundle)
{
	acc_alt_complete(bundle, figure);
	acc_style_add(bundle, &draw->look);
	if (draw->inlined)
		acc_script_inline(bundle);
	if (!write_bundle(draw, bundle) || !draw->pictures)
		return;
	unsigned asked = draw->formats;
	if (!acc_fonts_check(bundle, draw->messages))
		draw->formats &= 1u << ACC_PICTURE_SVG;
	draw_pictures(draw, figure, bundle, alt_of(bundle));
	draw->formats = asked;
}

void
acc_draw_end(struct acc_draw *draw)
{
	acc_drawn_write(&draw->record, draw->directory, draw->messages);
	acc_drawn_free(&draw->record);
	acc_text_free(&draw->program);
}
