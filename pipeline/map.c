/* accord map: which themes are more one group's than another's, as a map. */
#include "pipeline/command/plan.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/write/sheet.h"
#include "stats/theme_map.h"

#include <math.h>
#include <stdlib.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(kind, TEXT, true)                                                                    \
	FIELD(name, TEXT, true)                                                                    \
	FIELD(group, TEXT, false)                                                                  \
	FIELD(count, COUNT, true)                                                                  \
	FIELD(mass, NUMBER, false)                                                                 \
	FIELD(x, NUMBER, true)                                                                     \
	FIELD(y, NUMBER, true)                                                                     \
	FIELD(inertia, NUMBER, true)                                                               \
	FIELD(share, NUMBER, true)                                                                 \
	FIELD(contribution_x, NUMBER, false)                                                       \
	FIELD(contribution_y, NUMBER, false)                                                       \
	FIELD(quality, NUMBER, false)                                                              \
	FIELD(var_x, NUMBER, false)                                                                \
	FIELD(var_y, NUMBER, false)                                                                \
	FIELD(cov_xy, NUMBER, false)                                                               \
	FIELD(ellipse_a, NUMBER, false)                                                            \
	FIELD(ellipse_b, NUMBER, false)                                                            \
	FIELD(ellipse_angle, NUMBER, false)                                                        \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(replicates, COUNT, false)                                                            \
	FIELD(seed, COUNT, false)                                                                  \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)

ACC_FIELDS(FIELDS)

enum { REPLICATES = 1000, THEMES_MAX = 500, GROUPS_MAX = 100 };

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_sheet sheet;
	struct acc_map_plan plan;
	unsigned layers;           /* bits, in the order of enum acc_layer_kind */
	const char *layer, *coder; /* the one at hand, in two pieces */
	struct acc_theme_map map;  /* of the layer at hand */
};

static void
start_row(struct run *run, const char *kind)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	acc_sheet_text(&run->sheet, F_layer, run->layer);
	acc_sheet_text(&run->sheet, F_layer, run->coder);
	acc_sheet_text(&run->sheet, F_kind, kind);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(&run->sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
put_axes(struct run *run)
{
	const struct acc_correspondence *analysis = &run->map.analysis;
	for (size_t a = 0; a < analysis->axes; a++) {
		start_row(run, "axis");
		acc_sheet_count(&run->sheet, F_name, a + 1);
		acc_sheet_number(&run->sheet, F_inertia, analysis->inertia[a]);
		acc_sheet_number(&run->sheet, F_share, analysis->inertia[a] / analysis->total);
		acc_sheet_row(&run->sheet);
	}
}

/* Inertia of a point, its contributions to the two axes, and how well they show it. */
static void
put_inertia(struct run *run, size_t point, bool theme)
{
	const struct acc_correspondence *analysis = &run->map.analysis;
	double contribution[2] = {NAN, NAN}, all = 0, shown = 0;
	for (size_t a = 0; a < analysis->axes; a++) {
		double share = theme ? acc_row_contribution(analysis, point, a)
				     : acc_column_contribution(analysis, point, a);
		all += share * analysis->inertia[a];
		shown += a < 2 ? share * analysis->inertia[a] : 0;
		if (a < 2)
			contribution[a] = share;
	}
	acc_sheet_number(&run->sheet, F_mass,
			 theme ? analysis->row_mass[point] : analysis->column_mass[point]);
	if (analysis->reason != ACC_DEFINED)
		return;
	acc_sheet_number(&run->sheet, F_inertia, all);
	acc_sheet_number(&run->sheet, F_share, all / analysis->total);
	acc_sheet_number(&run->sheet, F_contribution_x, contribution[0]);
	acc_sheet_number(&run->sheet, F_contribution_y, contribution[1]);
	acc_sheet_number(&run->sheet, F_quality, shown / all);
}

static void
put_point(struct run *run, const struct acc_map_point *point)
{
	struct acc_sheet *sheet = &run->sheet;
	struct acc_text notes = {0};
	bool ellipse = !isnan(point->long_axis);
	acc_sheet_number(sheet, F_count, point->count);
	acc_sheet_number(sheet, F_x, point->x);
	acc_sheet_number(sheet, F_y, point->y);
	acc_sheet_number(sheet, F_var_x, point->var_x);
	acc_sheet_number(sheet, F_var_y, point->var_y);
	acc_sheet_number(sheet, F_cov_xy, point->cov_xy);
	acc_sheet_number(sheet, F_ellipse_a, point->long_axis);
	acc_sheet_number(sheet, F_ellipse_b, point->short_axis);
	acc_sheet_number(sheet, F_ellipse_angle, point->angle);
	acc_sheet_number(sheet, F_level, run->plan.level);
	acc_sheet_number(sheet, F_clusters, point->clusters);
	acc_sheet_number(sheet, F_replicates, (double)run->map.replicates);
	acc_sheet_count(sheet, F_seed, run->plan.seed);
	acc_sheet_text(sheet, F_method,
		       ellipse ? "cluster bootstrap of n - 1 in each group, Procrustes, F(2, df)"
			       : "");
	acc_sheet_text(sheet, F_reason, acc_reason_key(point->reason));
	acc_notes_text(&notes, point->notes);
	acc_sheet_text(sheet, F_note, notes.bytes ? notes.bytes : "");
	sheet->failed = sheet->failed || notes.failed;
	acc_text_free(&notes);
	acc_sheet_row(sheet);
}

static void
put_members(struct run *run)
{
	const struct acc_theme_map *map = &run->map;
	bool document = map->kind == ACC_CLUSTER_DOCUMENT;
	for (size_t i = 0; i < map->members; i++) {
		const struct acc_map_member *member = &map->member[i];
		enum acc_reason reason = map->analysis.reason;
		if (reason == ACC_DEFINED && isnan(member->x))
			reason = ACC_REASON_no_themes;
		else if (reason == ACC_DEFINED && isnan(member->y))
			reason = ACC_REASON_one_axis;
		start_row(run, document ? "document" : "participant");
		acc_sheet_text(&run->sheet, F_name, member->name);
		acc_sheet_text(&run->sheet, F_group,
			       run->study.patterns.group.label[member->group]);
		acc_sheet_number(&run->sheet, F_count, member->count);
		acc_sheet_number(&run->sheet, F_x, member->x);
		acc_sheet_number(&run->sheet, F_y, member->y);
		acc_sheet_text(&run->sheet, F_reason, acc_reason_key(reason));
		acc_sheet_row(&run->sheet);
	}
}

static bool
take_layer(struct run *run, struct acc_layer layer, const char *name, const char *coder)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	run->layer = name;
	run->coder = coder;
	run->plan.layer = layer;
	if (!acc_status_ok(run->command->messages,
			   acc_theme_map_make(&run->map, patterns, &run->plan)))
		return false;
	put_axes(run);
	for (uint32_t t = 0; t < acc_layer_themes(patterns); t++) {
		start_row(run, "theme");
		acc_sheet_text(&run->sheet, F_name, acc_layer_theme(patterns, t));
		put_inertia(run, t, true);
		put_point(run, &run->map.theme[t]);
	}
	for (uint32_t g = 0; g < patterns->group.count; g++) {
		start_row(run, "group");
		acc_sheet_text(&run->sheet, F_name, patterns->group.label[g]);
		acc_sheet_text(&run->sheet, F_group, patterns->group.label[g]);
		put_inertia(run, g, false);
		put_point(run, &run->map.group[g]);
	}
	put_members(run);
	acc_theme_map_free(&run->map);
	return true;
}

/* ---- the stage ---- */

static bool
check(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	uint32_t themes = acc_layer_themes(patterns), groups = patterns->group.count;
	if (groups < 2 || groups > GROUPS_MAX)
		acc_error(messages, groups < 2 ? ACC_EXIT_DATA : ACC_EXIT_LIMIT, place,
			  "a map needs 2 to %d groups; there %s %u. Name their column with --group",
			  GROUPS_MAX, groups == 1 ? "is" : "are", (unsigned)groups);
	else if (themes < 2 || themes > THEMES_MAX)
		acc_error(messages, themes < 2 ? ACC_EXIT_DATA : ACC_EXIT_LIMIT, place,
			  "a map needs 2 to %d themes; there %s %u. Name their column with --theme",
			  THEMES_MAX, themes == 1 ? "is" : "are", (unsigned)themes);
	else if (patterns->design == ACC_THEME_CODES && run->study.present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present");
	run->plan.present = run->study.present;
	return !messages->errors;
}

static void
map(struct acc_command *command)
{
	static const char *const words[] = {"any", "majority", "all", "each"};
	struct run run = {.command = command, .plan.replicates = REPLICATES};
	const char *given = command->settings.layer ? command->settings.layer : "majority";
	const struct acc_vocabulary *coder = &run.study.patterns.coder;
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	run.layers = acc_list_bits(command, "layer", given, words, 4);
	run.plan.level = acc_plan_level(command);
	acc_plan_cluster(command, &run.plan.cluster);
	acc_plan_seed(command, &run.plan.seed);
	bool good =
	    !command->messages->errors && acc_study_read(command, &run.study, false) && check(&run);
	for (unsigned i = 0; good && i < 3; i++)
		if (run.layers & 1u << i)
			good = take_layer(&run, (struct acc_layer){.kind = (enum acc_layer_kind)i},
					  words[i], "");
	for (uint32_t c = 0; good && run.layers & 8 && c < coder->count; c++)
		good = take_layer(&run, (struct acc_layer){ACC_LAYER_CODER, c},
				  "coder:", coder->label[c]);
	if (good)
		acc_sheet_write(&run.sheet, command);
	acc_sheet_free(&run.sheet);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_map = {
    .name = "map",
    .summary = "themes and groups on one map (correspondence analysis)",
    .operands = "[FILE]",
    .about = "Correspondence analysis of how many units of each group have each theme: groups lie "
	     "near each other when they speak of the themes in the same proportions, themes when "
	     "they are spread alike over the groups. Participants are further points that do not "
	     "move the map. Ellipses say where a point might lie with other participants of the "
	     "same kind: 1,000 draws of participants, each map turned to fit the first.",
    .examples = "accord map ratings.csv\n"
		"    axes, themes, groups and participants, by what most coders applied\n"
		"accord map study.patterns --layer any,each --seed 7 --output map.csv\n"
		"    by whose codings count; another seed for the ellipses\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER |
	      ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = map,
};
