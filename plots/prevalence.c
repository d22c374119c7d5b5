#include "plots/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Dumbbells: how common each theme is in each group (A) and the differences between groups (B). */

static const char layout[] =
    "# ---- layout, in mm: panel B beside A, or below it in a narrow figure\n"
    "NAME_EM = 0.0; do for [r=1:R] { NAME_EM = most(NAME_EM, EM[r]) }\n"
    "TALL = 1; do for [r=1:R] { TALL = most(TALL, linecount(L[r])) }\n"
    "ML = mm(NAME_EM,FS) + 4; MB = 11; LINE = 4.4\n"
    "GAP = 13; ROOM = WIDTH - ML - 4\n"
    "WA = DIFFERENCES && !NARROW ? 0.55*(ROOM-GAP) : ROOM\n"
    "KEYTO = ML + WA + 3\n";

static const char pairs_key[] =
    "# key of the pairs\n"
    "XB = NARROW ? ML : ML + WA + GAP; WB = NARROW ? ROOM : ROOM - GAP - WA\n"
    "pair(p) = L[R+FIRST[p]].\" − \".L[R+SECOND[p]]\n"
    "wide(p) = mm(EM[R+FIRST[p]]+EM[R+SECOND[p]]+1.15, FS) + 9\n"
    "BROKEN = 0; do for [p=1:P] { if (wide(p) > WIDTH-XB) { BROKEN = 1 } }\n"
    "half(p) = mm(most(EM[R+FIRST[p]],EM[R+SECOND[p]])+0.9, FS) + 9\n"
    "HALF = 0.0; do for [p=1:P] { HALF = most(HALF, half(p)) }\n"
    "PLEFT = BROKEN ? most(6, least(XB, WIDTH+4-HALF)) : XB\n"
    "array PX[P+1]; array PLINE[P+1]; PLINES = P > 0; x = PLEFT\n"
    "do for [p=1:P] {\n"
    "  w = BROKEN ? half(p) : wide(p)\n"
    "  if (x > PLEFT && x + w - 5 > WIDTH - 1) { x = PLEFT; PLINES = PLINES + 1 }\n"
    "  PX[p] = x + 1.5; PLINE[p] = PLINES; x = x + w\n"
    "}\n"
    "PLINES = PLINES*(1 + 0.8*BROKEN)\n";

static const char fitting[] =
    "MA = 3.4 + LINE*most(DIFFERENCES, NARROW ? KEYLINES : most(KEYLINES, DIFFERENCES*PLINES))  # "
    "above A\n"
    "MX = 3.4 + LINE*PLINES                                                           # above B\n"
    "NATURAL(pitch) = most(most(G,DIFFERENCES*P)*pitch + 1.6, FS*0.36*TALL + 1.6)\n"
    "FULL(pitch) = R*NATURAL(pitch) + MA + MB + (NARROW && DIFFERENCES ? R*NATURAL(pitch) + MX + "
    "MB : "
    "0)\n"
    "PITCH = 2.1\n"
    "if (FULL(PITCH) > TALLEST) { PITCH = 1.4 }\n"
    "if (NARROW && FULL(PITCH) > TALLEST) { DIFFERENCES = 0 }\n"
    "ROW = NATURAL(PITCH); HEIGHT = FULL(PITCH); SCALE = least(1, PITCH/2.)\n"
    "TA = HEIGHT - MA; BA = TA - R*ROW                       # top and bottom of the panels\n"
    "TB = NARROW ? BA - MB - MX : TA; BB = TB - R*ROW\n"
    "load HERE.\"/page.gp\"\n"
    "AX(v) = ML + 1.0*v*WA/XMAX\n"
    "BX(v) = XB + 1.0*(v-DMIN)*WB/(DMAX-DMIN)\n"
    "AY(r,g) = TA - (r-0.5)*ROW - (g-(G+1)/2.)*PITCH\n"
    "BY(r,p) = TB - (r-0.5)*ROW - (p-(P+1)/2.)*PITCH\n"
    "\n"
    "# ---- frame\n"
    "do for [r=1:R:2] {\n"
    "  set object r rectangle from 0,TA-r*ROW to WIDTH,TA-(r-1)*ROW behind fc rgb ZEBRA fs solid "
    "noborder\n"
    "  if (DIFFERENCES && NARROW) { set object 200+r rectangle from 0,TB-r*ROW to "
    "WIDTH,TB-(r-1)*ROW "
    "behind fc rgb ZEBRA fs solid noborder }\n"
    "}\n"
    "do for [i=0:floor(1.0*XMAX/XSTEP+0.01)] {\n"
    "  set arrow 10+i from AX(i*XSTEP),BA to AX(i*XSTEP),TA nohead back lw pts(0.4) lc rgb RULE\n"
    "  set label 10+i whole(i*XSTEP) at AX(i*XSTEP),BA-2.6 center font pt(FS) tc rgb INK\n"
    "}\n"
    "set arrow 1 from AX(0),BA to AX(XMAX),BA nohead front lw pts(0.5) lc rgb INK\n"
    "set label 1 XLABEL at AX(XMAX/2.),BA-7 center font pt(FS) tc rgb INK\n"
    "do for [r=1:R] { set label 100+r L[r] at ML-2,TA-(r-0.5)*ROW right offset character "
    "0,lift(L[r]) "
    "noenhanced font pt(FS) tc rgb INK }\n"
    "do for [g=1:KEYS] {\n"
    "  y = HEIGHT - 2.6 - (KLINE[g]-1)*LINE\n"
    "  set label 400+g \"\" at KX[g],y point pt shape(g) ps size(g)*1.1 lc rgb colour(g)\n"
    "  set label 500+g L[R+g] at KX[g]+2.2,y left noenhanced font pt(FS) tc rgb INK\n"
    "}\n";

static const char frame_b[] =
    "if (DIFFERENCES) {\n"
    "  set label 2 letter(1) at 1,HEIGHT-2.6 left font BOLD tc rgb INK\n"
    "  set label 3 letter(2) at (NARROW ? 1 : PLEFT-6),TB+MX-2.6+(NARROW ? 0 : MA-MX) left font "
    "BOLD "
    "tc rgb "
    "INK\n"
    "  do for [i=0:floor(1.0*(DMAX-DMIN)/DSTEP+0.01)] {\n"
    "    v = DMIN + i*DSTEP\n"
    "    set arrow 40+i from BX(v),BB to BX(v),TB nohead back lw pts(v == 0 ? 0.6 : 0.4) lc rgb (v "
    "== 0 ? "
    "INK : RULE)\n"
    "    set label 40+i whole(v) at BX(v),BB-2.6 center font pt(FS) tc rgb INK\n"
    "  }\n"
    "  set arrow 2 from BX(DMIN),BB to BX(DMAX),BB nohead front lw pts(0.5) lc rgb INK\n"
    "  set label 4 DLABEL at BX((DMIN+DMAX)/2.),BB-7 center font pt(FS) tc rgb INK\n"
    "  if (NARROW) { do for [r=1:R] { set label 300+r L[r] at ML-2,TB-(r-0.5)*ROW right offset "
    "character "
    "0,lift(L[r]) noenhanced font pt(FS) tc rgb INK } }\n"
    "  do for [p=1:P] {\n"
    "    y = TB + (NARROW ? MX : MA) - 2.6 - (PLINE[p]-1)*LINE*(1+0.8*BROKEN)\n"
    "    set label 600+p \"\" at PX[p],y point pt shape(LOOK[p]) ps size(LOOK[p])*1.1 lc rgb "
    "colour(LOOK[p])\n"
    "    if (BROKEN) {\n"
    "      set label 700+p L[R+FIRST[p]] at PX[p]+2.2,y left noenhanced font pt(FS) tc rgb INK\n"
    "      set label 800+p \"− \".L[R+SECOND[p]] at PX[p]+2.2,y-3.3 left noenhanced font pt(FS) tc "
    "rgb "
    "INK\n"
    "    } else {\n"
    "      set label 700+p pair(p) at PX[p]+2.2,y left noenhanced font pt(FS) tc rgb INK\n"
    "    }\n"
    "  }\n"
    "}\n"
    "\n";

static const char drawing[] =
    "# ---- data: bar from the lowest to the highest group; intervals and values of groups and of\n"
    "# differences, hollow where the interval includes 0; open where undefined\n"
    "group(g) = C(\"pair\") == 0 && C(\"group\") == g\n"
    "differs(p) = DIFFERENCES && C(\"pair\") == p\n"
    "cut(v) = v > XMAX ? XMAX : v < 0 ? 0 : v\n"
    "bcut(v) = v > DMAX ? DMAX : v < DMIN ? DMIN : v\n"
    "none(l,h) = l <= 0 && h >= 0\n"
    "plot \\\n"
    "  DATA using (pick(group(0), AX(C(\"low\")))):(AY(C(\"row\"),(G+1)/2.)):(AX(C(\"high\"))-"
    "AX(C(\"low\"))):(0) with vectors nohead lw pts(2.4) lc rgb 0xD2D2D2, \\\n"
    "  for [g=1:G] DATA using (pick(group(g), AX(cut(C(\"low\"))))):(AY(C(\"row\"),g)):"
    "(AX(cut(C(\"high\")))-AX(cut(C(\"low\")))):(0) with vectors nohead lw pts(LW) lc rgb "
    "colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(group(g), AX(C(\"percent\")))):(AY(C(\"row\"),g)) with points "
    "pt "
    "shape(g) ps size(g)*SCALE lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(group(g) && !given(\"percent\"), AX(0)+2)):(AY(C(\"row\"),g)) "
    "with "
    "points pt shape(g)-1 ps size(g)*SCALE lc rgb colour(g), \\\n"
    "  for [g=1:G] DATA using (pick(PITCH > 2 && group(g) && !given(\"percent\"), AX(0)+3.6)):"
    "(AY(C(\"row\"),g)):(\"not defined\") with labels left font pt(FSX) tc rgb INK, \\\n"
    "  for [p=1:P] DATA using (pick(differs(p), BX(bcut(C(\"low\"))))):(BY(C(\"row\"),p)):"
    "(BX(bcut(C(\"high\")))-BX(bcut(C(\"low\")))):(0) with vectors nohead lw pts(LW) lc rgb "
    "colour(LOOK[p]), \\\n"
    "  for [p=1:P] DATA using (pick(differs(p), BX(C(\"percent\")))):(BY(C(\"row\"),p)) with "
    "points pt "
    "shape(LOOK[p]) ps size(LOOK[p])*SCALE lc rgb colour(LOOK[p]), \\\n"
    "  for [p=1:P] DATA using (pick(differs(p) && none(C(\"low\"),C(\"high\")), "
    "BX(C(\"percent\")))):"
    "(BY(C(\"row\"),p)) with points pt shape(LOOK[p]) ps size(LOOK[p])*0.5*SCALE lc rgb 0xFFFFFF\n"
    "unset output\n";

struct pair {
	size_t first, second, look; /* groups from 1, and whose mark it wears */
};

struct sharing {
	const struct acc_table *table;
	const char *quantity, *layer;
	struct acc_names themes, groups;
	size_t *order;     /* [themes] in drawing order */
	struct pair *pair; /* [pairs] */
	size_t pairs;
	double highest, lowest_difference, highest_difference; /* per cent */
};

static bool
of_quantity(const struct acc_table *table, size_t row, const char *quantity)
{
	return !strcmp(acc_table_text(table, row, "what"), "prevalence") &&
	       !strcmp(acc_table_text(table, row, "quantity"), quantity);
}

static bool
drawn(const struct sharing *sharing, size_t row, const char *kind)
{
	return of_quantity(sharing->table, row, sharing->quantity) &&
	       !strcmp(acc_table_text(sharing->table, row, "layer"), sharing->layer) &&
	       !strcmp(acc_table_text(sharing->table, row, "kind"), kind);
}

/* The layer to draw of a quantity: the one asked for, or `majority`, or the first. */
static const char *
choose_layer(const struct acc_table *table, const char *quantity, const char *layer)
{
	const char *first = NULL;
	for (size_t r = 0; r < table->rows; r++) {
		if (!of_quantity(table, r, quantity))
			continue;
		const char *this = acc_table_text(table, r, "layer");
		if (!strcmp(this, layer ? layer : "majority"))
			return this;
		first = first ? first : this;
	}
	return layer ? NULL : first;
}

/* Shares of units; without them, of participants. */
static bool
choose(struct sharing *sharing, const struct acc_figure_options *options)
{
	static const char *const quantities[] = {"density", "mention_rate"};
	for (size_t q = 0; q < 2; q++) {
		sharing->quantity = quantities[q];
		sharing->layer = choose_layer(sharing->table, quantities[q], options->layer);
		if (sharing->layer)
			return true;
	}
	return false;
}

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord compare`";
	struct sharing sharing = {.table = results->comparison};
	if (!sharing.table)
		return false;
	*why = "the results of `accord compare` have no prevalence of this layer";
	return choose(&sharing, options);
}

static double
percent(const struct sharing *sharing, size_t row, const char *column)
{
	return 100 * acc_table_number(sharing->table, row, column);
}

static void
gather(struct sharing *sharing)
{
	const struct acc_table *table = sharing->table;
	for (size_t r = 0; r < table->rows; r++)
		if (drawn(sharing, r, "estimate")) {
			acc_names_add(&sharing->themes, acc_table_text(table, r, "theme"));
			acc_names_add(&sharing->groups, acc_table_text(table, r, "group"));
			sharing->highest = fmax(sharing->highest, percent(sharing, r, "value"));
			sharing->highest = fmax(sharing->highest, percent(sharing, r, "ci_high"));
		}
}

/* Every pair of up to three groups; of more, the first with each other one. */
static bool
list_pairs(struct sharing *sharing)
{
	size_t n = sharing->groups.count;
	sharing->pair = calloc(n + 3, sizeof *sharing->pair);
	if (!sharing->pair)
		return false;
	for (size_t second = 2; second <= n; second++)
		sharing->pair[sharing->pairs++] = (struct pair){1, second, second};
	if (n == 3)
		sharing->pair[sharing->pairs++] = (struct pair){2, 3, 4};
	return true;
}

/* Number of the pair a difference belongs to, or 0; `sign` says which way round it is. */
static size_t
find_pair(const struct sharing *sharing, size_t row, double *sign)
{
	const struct acc_table *table = sharing->table;
	size_t g = acc_names_find(&sharing->groups, acc_table_text(table, row, "group")) + 1;
	size_t v = acc_names_find(&sharing->groups, acc_table_text(table, row, "versus")) + 1;
	*sign = g < v ? 1 : -1;
	for (size_t p = 0; p < sharing->pairs; p++)
		if (sharing->pair[p].first == (g < v ? g : v) &&
		    sharing->pair[p].second == (g < v ? v : g))
			return p + 1;
	return 0;
}

/* Share of a theme over all groups; without one, the mean of its groups. */
static double
overall(const struct sharing *sharing, const char *theme)
{
	double sum = 0, values = 0;
	for (size_t r = 0; r < sharing->table->rows; r++) {
		double value = percent(sharing, r, "value");
		if (!drawn(sharing, r, "estimate") || isnan(value) ||
		    strcmp(acc_table_text(sharing->table, r, "theme"), theme))
			continue;
		if (!*acc_table_text(sharing->table, r, "group"))
			return value;
		sum += value;
		values++;
	}
	return values > 0 ? sum / values : -1;
}

/* Descending, ties in order of appearance. */
static bool
sort_themes(struct sharing *sharing)
{
	size_t n = sharing->themes.count;
	double *value = calloc(n + 1, sizeof *value);
	sharing->order = calloc(n + 1, sizeof *sharing->order);
	for (size_t t = 0; value && sharing->order && t < n; t++) {
		double new = overall(sharing, sharing->themes.name[t]);
		size_t at = t;
		for (; at > 0 && value[at - 1] < new; at--) {
			value[at] = value[at - 1];
			sharing->order[at] = sharing->order[at - 1];
		}
		value[at] = new;
		sharing->order[at] = t;
	}
	free(value);
	return value && sharing->order;
}

static void
put_numbers(struct acc_text *data, double value, double low, double high)
{
	acc_data_number(data, value);
	acc_data_number(data, low);
	acc_data_number(data, high);
}

/* The row from the lowest to the highest group of a theme. */
static void
put_range(const struct sharing *sharing, size_t place, const char *theme, struct acc_text *data)
{
	double low = NAN, high = NAN;
	for (size_t r = 0; r < sharing->table->rows; r++)
		if (drawn(sharing, r, "estimate") && *acc_table_text(sharing->table, r, "group") &&
		    !strcmp(acc_table_text(sharing->table, r, "theme"), theme)) {
			low = fmin(low, percent(sharing, r, "value"));
			high = fmax(high, percent(sharing, r, "value"));
		}
	acc_text_printf(data, "%zu\t0\t0\t0", place);
	put_numbers(data, NAN, low, high);
	acc_text_put(data, "\tNaN\tNaN\n");
}

static void
put_estimate(const struct sharing *sharing, size_t place, size_t row, struct acc_text *data)
{
	const struct acc_table *table = sharing->table;
	const char *group = acc_table_text(table, row, "group");
	if (sharing->groups.count && !*group)
		return;
	size_t g = *group ? acc_names_find(&sharing->groups, group) : 0;
	acc_text_printf(data, "%zu\t%zu\t0\t0", place, g + 1);
	put_numbers(data, percent(sharing, row, "value"), percent(sharing, row, "ci_low"),
		    percent(sharing, row, "ci_high"));
	acc_data_number(data, acc_table_number(table, row, "count"));
	acc_data_number(data, acc_table_number(table, row, "total"));
	acc_text_put(data, "\n");
}

static void
put_difference(struct sharing *sharing, size_t place, size_t row, struct acc_text *data)
{
	double sign;
	size_t p = find_pair(sharing, row, &sign);
	if (!p)
		return;
	double value = sign * percent(sharing, row, "value");
	double low = sign * percent(sharing, row, sign > 0 ? "ci_low" : "ci_high");
	double high = sign * percent(sharing, row, sign > 0 ? "ci_high" : "ci_low");
	const struct pair *pair = &sharing->pair[p - 1];
	acc_text_printf(data, "%zu\t%zu\t%zu\t%zu", place, pair->first, pair->second, p);
	put_numbers(data, value, low, high);
	acc_text_put(data, "\tNaN\tNaN\n");
	sharing->lowest_difference = fmin(sharing->lowest_difference, fmin(value, low));
	sharing->highest_difference = fmax(sharing->highest_difference, fmax(value, high));
}

static void
put_data(struct sharing *sharing, struct acc_text *data, struct acc_facts *facts)
{
	const struct acc_table *table = sharing->table;
	acc_text_put(data,
		     "# row: number of the theme, label L[row] in prevalence.gp; pair 0: share in "
		     "a group (group 0: lowest and highest group);\n"
		     "# pair 1, 2, ...: difference group - versus, percentage points\n"
		     "row\tgroup\tversus\tpair\tpercent\tlow\thigh\tcount\ttotal\n");
	for (size_t place = 0; place < sharing->themes.count; place++) {
		const char *theme = sharing->themes.name[sharing->order[place]];
		put_range(sharing, place + 1, theme, data);
		for (size_t r = 0; r < table->rows; r++) {
			if (strcmp(acc_table_text(table, r, "theme"), theme))
				continue;
			if (drawn(sharing, r, "estimate")) {
				put_estimate(sharing, place + 1, r, data);
				acc_facts_row(facts, table, r);
			} else if (drawn(sharing, r, "difference"))
				put_difference(sharing, place + 1, r, data);
		}
	}
}

/* A round step that divides a range into six parts at most. */
static double
round_step(double range)
{
	static const double steps[] = {1, 2, 5, 10, 20, 25, 50};
	size_t s = 0;
	while (s + 1 < sizeof steps / sizeof *steps && range / steps[s] > 6)
		s++;
	return steps[s];
}

static void
put_pairs(const struct sharing *sharing, struct acc_text *gp)
{
	static const char *const name[] = {"FIRST", "SECOND", "LOOK"};
	for (size_t part = 0; part < 3; part++) {
		acc_text_printf(gp, "array %s[%zu] = [", name[part],
				sharing->pairs ? sharing->pairs : 1);
		for (size_t p = 0; p < sharing->pairs; p++) {
			const struct pair *pair = &sharing->pair[p];
			acc_text_printf(gp, "%s%zu", p ? ", " : "",
					part == 0   ? pair->first
					: part == 1 ? pair->second
						    : pair->look);
		}
		acc_text_put(gp, sharing->pairs ? "]\n" : "1]\n");
	}
}

static void
put_script(const struct sharing *sharing, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	double most = fmin(100, fmax(1, sharing->highest)), step = round_step(most);
	double low = sharing->lowest_difference, high = sharing->highest_difference;
	double dstep = round_step(high - low > 1 ? high - low : 1);
	bool differences = high > low;
	acc_script_open(gp, "prevalence", "How common each theme is in each group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	acc_text_printf(gp, "XMAX = %g; XSTEP = %g                   # per cent\n",
			step * ceil(most / step - 1e-9), step);
	acc_text_printf(gp,
			"DMIN = %g; DMAX = %g; DSTEP = %g        # percentage points, panel B\n",
			dstep * floor(low / dstep), dstep * fmax(1, ceil(high / dstep)), dstep);
	acc_text_printf(gp, "XLABEL = \"%s (%%, %g%% CI)\"\n",
			strcmp(sharing->quantity, "density") ? "Participants who mention the theme"
							     : "Units with the theme",
			100 * level);
	acc_text_printf(gp, "DLABEL = \"Difference (percentage points, %g%% CI)\"\n", 100 * level);
	acc_text_printf(gp, "DIFFERENCES = %d                         # panel B\n\n", differences);
	acc_text_printf(
	    gp,
	    "R = %zu; G = %zu; P = %zu               # themes, groups, pairs of groups\n"
	    "NAMED = %d                              # there are groups, and they have names\n",
	    sharing->themes.count, sharing->groups.count ? sharing->groups.count : 1,
	    differences ? sharing->pairs : 0, sharing->groups.count > 0);
	put_pairs(sharing, gp);
	acc_text_put(gp, "\n");
	acc_labels_put(labels, gp);
	acc_text_put(gp, layout);
	acc_text_put(gp, acc_script_key);
	acc_text_put(gp, pairs_key);
	acc_text_put(gp, fitting);
	acc_text_put(gp, frame_b);
	acc_text_put(gp, drawing);
}

static void
put_caption(const struct sharing *sharing, const struct acc_facts *facts, struct acc_text *caption)
{
	bool density = !strcmp(sharing->quantity, "density");
	acc_text_put(caption, density ? "Share of units with each theme"
				      : "Share of participants who mention each theme");
	acc_text_put(caption, sharing->groups.count ? " by group, with " : ", with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, ". Layer of codings: ");
	acc_label_clean(caption, sharing->layer, 0);
	acc_text_put(caption, ".");
	if (sharing->groups.count > 1)
		acc_text_put(caption, " Grey bar: from the lowest to the highest group.");
	if (sharing->highest_difference > sharing->lowest_difference) {
		acc_text_put(caption, " Panel B (in a narrow figure, below): differences");
		acc_text_put(caption, sharing->groups.count > 3
					  ? " between the first group and each other one"
					  : " between the groups");
		acc_text_put(caption,
			     " with their intervals, hollow where the interval includes 0; the "
			     "intervals are not corrected for the number of comparisons.");
	}
	acc_text_put(caption,
		     " An open mark at 0 in panel A stands for a share that is not defined. "
		     "Themes are sorted by their share over all groups.");
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct sharing sharing = {.table = results->comparison};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = choose(&sharing, options);
	gather(&sharing);
	ready = ready && sort_themes(&sharing) && list_pairs(&sharing);
	for (size_t t = 0; ready && t < sharing.themes.count; t++)
		acc_labels_row(&labels, sharing.themes.name[sharing.order[t]]);
	for (size_t g = 0; g < sharing.groups.count; g++)
		acc_labels_add(&labels, sharing.groups.name[g], ACC_LABEL_ROW);
	if (ready)
		put_data(&sharing, acc_bundle_add(bundle, "prevalence.dat"), &facts);
	put_script(&sharing, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "prevalence.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "prevalence.caption.txt");
	put_caption(&sharing, &facts, caption);
	acc_caption_close(caption, &labels, results);
	bundle->failed |= !ready || sharing.themes.failed || sharing.groups.failed;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_names_free(&sharing.themes);
	acc_names_free(&sharing.groups);
	free(sharing.order);
	free(sharing.pair);
}

const struct acc_figure acc_figure_prevalence = {
    .key = "prevalence",
    .title = "how common each theme is in each group, and the differences",
    .needs = "compare",
    .applies = applies,
    .draw = draw,
};
