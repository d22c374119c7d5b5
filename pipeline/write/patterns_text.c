#include "pipeline/write/patterns_text.h"

#include "pipeline/read/patterns_file.h"

static void
write_labels(struct acc_text *text, struct acc_patterns *patterns)
{
	struct acc_label_kind kind[ACC_LABEL_KINDS];
	acc_label_kinds(patterns, kind);
	acc_text_put(text, "# labels: kind, number, declared (1) or found (0), label\n");
	for (size_t i = 0; i < ACC_LABEL_KINDS; i++)
		for (uint32_t n = 0; n < kind[i].vocabulary->count; n++) {
			acc_text_printf(text, "%s,%lu,%d,", kind[i].word, (unsigned long)n,
					n < kind[i].vocabulary->declared);
			acc_text_csv(text, kind[i].vocabulary->label[n]);
			acc_text_put(text, "\n");
		}
}

static void
write_values(struct acc_text *text, const struct acc_patterns *patterns)
{
	acc_text_put(text, "# what a coder gave: value, number, then theme:code pairs\n");
	for (uint32_t v = 0; v < patterns->value.count; v++) {
		size_t length;
		const uint32_t *word = acc_pool_get(&patterns->value, v, &length);
		acc_text_printf(text, "value,%lu", (unsigned long)v);
		for (size_t i = 0; i < length; i += 2)
			acc_text_printf(text, ",%lu:%lu", (unsigned long)word[i],
					(unsigned long)word[i + 1]);
		acc_text_put(text, "\n");
	}
}

static void
write_number(struct acc_text *text, uint32_t number)
{
	if (number == ACC_NONE)
		acc_text_put(text, ",");
	else
		acc_text_printf(text, ",%lu", (unsigned long)number);
}

static void
write_shard(struct acc_text *text, const struct acc_shard *shard)
{
	acc_text_put(text, "# which shard, of how many; split by what, how, with what seed; rows, "
			   "fingerprint of the data\n");
	acc_text_printf(text, "shard,%lu,%lu,%s," ACC_UNIT_HASH ",%llu,%llu,",
			(unsigned long)shard->index, (unsigned long)shard->parts,
			acc_shard_keys[shard->key], (unsigned long long)shard->seed,
			(unsigned long long)shard->rows);
	acc_text_csv(text, shard->study);
	acc_text_put(text, "\nversion," ACC_VERSION "\ncolumns,");
	acc_text_put(text, shard->columns ? shard->columns : "");
	acc_text_put(text, "\n");
}

/* ",value:times" of a folded pattern: its ratings are in the order of values. */
static void
write_times(struct acc_text *text, const struct acc_pattern *pattern)
{
	for (size_t i = 0, next; i < pattern->ratings; i = next) {
		uint32_t value = pattern->rating[2 * i + 1];
		for (next = i; next < pattern->ratings && pattern->rating[2 * next + 1] == value;)
			next++;
		acc_text_printf(text, ",%lu:%lu", (unsigned long)value, (unsigned long)(next - i));
	}
}

static void
write_patterns(struct acc_text *text, const struct acc_patterns *patterns)
{
	static const char *const tails[ACC_SECTIONS] = {
	    "document, then coder:value pairs", "document, then value:times pairs",
	    "document, ratings of the unit, then none, one or two of its coder:value pairs"};
	static const char *const words[ACC_SECTIONS] = {"pattern", "folded", "pair"};
	enum acc_section section = acc_patterns_section(patterns);
	acc_text_printf(text, "# units: %s, how many, group, participant, %s\n", words[section],
			tails[section]);
	for (uint32_t p = 0; p < patterns->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		acc_text_printf(text, "%s,%llu", words[section], (unsigned long long)pattern.count);
		write_number(text, pattern.group);
		write_number(text, pattern.participant);
		write_number(text, pattern.document);
		if (patterns->paired)
			write_number(text, pattern.size);
		for (size_t i = 0; !patterns->folded && i < pattern.ratings; i++)
			acc_text_printf(text, ",%lu:%lu", (unsigned long)pattern.rating[2 * i],
					(unsigned long)pattern.rating[2 * i + 1]);
		if (patterns->folded)
			write_times(text, &pattern);
		acc_text_put(text, "\n");
	}
}

void
acc_patterns_write(struct acc_text *text, const struct acc_patterns *patterns,
		   const struct acc_shard *shard)
{
	struct acc_patterns view = *patterns;
	acc_text_put(text, ACC_PATTERNS_SIGNATURE "\n");
	acc_text_put(text,
		     "# Distinct rating vectors of a study with the number of units that have "
		     "each; made by accord tabulate,\n"
		     "# added by accord merge. docs/formats.md section 3 explains it.\n");
	acc_text_printf(text, "design,%s\n", acc_design_names[patterns->design]);
	if (patterns->design == ACC_THEMES)
		acc_text_printf(text, "seen,%s\n", acc_seen_names[patterns->seen]);
	if (acc_patterns_section(patterns) != ACC_SECTION_PANEL)
		acc_text_printf(text, "section,%s\n",
				acc_section_names[acc_patterns_section(patterns)]);
	if (shard && shard->parts)
		write_shard(text, shard);
	write_labels(text, &view);
	write_values(text, patterns);
	write_patterns(text, patterns);
	acc_text_printf(text, "end,%lu,%llu\n", (unsigned long)patterns->vector.count,
			(unsigned long long)acc_patterns_units(patterns));
}
