/* theme_map: the correspondence analysis of themes by groups, with its participants as further
 * points and with how far each point would move had other people of the same kind taken part. */
#ifndef ACC_THEME_MAP_H
#define ACC_THEME_MAP_H

#include "stats/correspondence.h"
#include "stats/estimate.h"
#include "stats/mentions.h"

/* A point on the first two axes. */
struct acc_map_point {
	double count; /* units with the theme, or themes applied in the units of the group */
	double x, y;  /* NaN where there is no such axis, or nothing was counted */
	double var_x, var_y, cov_xy;  /* over replicates */
	double long_axis, short_axis; /* half axes of the ellipse of the level */
	double angle;                 /* of the long axis, in degrees from the first axis */
	double clusters;
	enum acc_reason reason; /* why a coordinate or the ellipse is missing */
	unsigned notes;
};

/* A participant (or document) as a further point of a group. */
struct acc_map_member {
	uint32_t group;
	const char *name; /* borrowed from the patterns */
	double count, x, y;
};

struct acc_map_plan {
	struct acc_layer layer;
	uint32_t present; /* as in layer.h */
	enum acc_cluster cluster;
	double level;
	uint64_t seed;
	size_t replicates;
};

struct acc_theme_map {
	struct acc_correspondence analysis;  /* rows: themes; columns: groups */
	struct acc_map_point *theme, *group; /* owned */
	struct acc_map_member *member;       /* owned, by group */
	size_t members;
	size_t replicates; /* that had a map */
	enum acc_cluster kind;
};

/* A replicate draws, in each group of n participants, n - 1 with replacement (McCarthy & Snowden
 * 1985: the variance of a mean is then unbiased), is analysed anew and turned to fit. */
enum acc_status acc_theme_map_make(struct acc_theme_map *map, const struct acc_patterns *patterns,
				   const struct acc_map_plan *plan);
void acc_theme_map_free(struct acc_theme_map *map);

#endif
