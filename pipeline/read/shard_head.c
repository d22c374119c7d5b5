#include "pipeline/read/shard_head.h"
#include "stats/base.h"

#include <stdlib.h>
#include <string.h>

const char *const acc_shard_keys[ACC_SHARD_KEYS] = {"unit", "document"};

void
acc_shard_free(struct acc_shard *shard)
{
	free(shard->columns);
	*shard = (struct acc_shard){0};
}

/* ---- the line of a CSV ---- */

void
acc_shard_write_head(const struct acc_shard *shard, char line[ACC_SHARD_HEAD_MAX])
{
	snprintf(line, ACC_SHARD_HEAD_MAX,
		 ACC_SHARD_HEAD "%lu/%lu, key %s, " ACC_UNIT_HASH
				" seed %llu, rows %020llu, study %s, version %s\n",
		 (unsigned long)shard->index, (unsigned long)shard->parts,
		 acc_shard_keys[shard->key], (unsigned long long)shard->seed,
		 (unsigned long long)shard->rows, shard->study, ACC_VERSION);
}

bool
acc_shard_read_head(struct acc_shard *shard, const char *bytes)
{
	unsigned long index, parts;
	unsigned long long seed, rows;
	char key[12];
	if (sscanf(bytes,
		   ACC_SHARD_HEAD
		   "%lu/%lu, key %11[a-z], " ACC_UNIT_HASH
		   " seed %llu, rows %llu, study %32[0-9a-f], version %23[0-9a-z.+-]",
		   &index, &parts, key, &seed, &rows, shard->study, shard->version) != 7 ||
	    index >= parts || parts > ACC_SHARD_PARTS_MAX)
		return false;
	shard->index = (uint32_t)index;
	shard->parts = (uint32_t)parts;
	shard->seed = seed;
	shard->rows = rows;
	for (shard->key = 0; shard->key < ACC_SHARD_KEYS; shard->key++)
		if (!strcmp(key, acc_shard_keys[shard->key]))
			return true;
	return false;
}

/* ---- options ---- */

static bool
digits(const char **text, uint64_t most, uint64_t *number)
{
	*number = 0;
	const char *begin = *text;
	for (; **text >= '0' && **text <= '9'; ++*text)
		if (__builtin_mul_overflow(*number, 10u, number) ||
		    __builtin_add_overflow(*number, (uint64_t)(**text - '0'), number))
			return false;
	return *text > begin && *number <= most;
}

static bool
take_place(struct acc_command *command, struct acc_shard *shard)
{
	const char *at = command->settings.shard;
	uint64_t index, parts;
	if (digits(&at, ACC_SHARD_PARTS_MAX, &index) && *at++ == '/' &&
	    digits(&at, ACC_SHARD_PARTS_MAX, &parts) && !*at && index < parts) {
		shard->index = (uint32_t)index;
		shard->parts = (uint32_t)parts;
		return true;
	}
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--shard '%s' is not a shard: I/N, I from 0 to N - 1, such as 0/64",
		  acc_visible(command->settings.shard));
	return false;
}

static bool
take_seed(struct acc_command *command, struct acc_shard *shard)
{
	const char *at = command->settings.shard_seed;
	if (!at || (digits(&at, UINT64_MAX, &shard->seed) && !*at))
		return true;
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--shard-seed '%s' is not a whole number",
		  acc_visible(command->settings.shard_seed));
	return false;
}

static bool
take_study(struct acc_command *command, struct acc_shard *shard)
{
	const char *given = command->settings.shard_study;
	if (!given)
		return true;
	if (!*given || strlen(given) >= sizeof shard->study || strpbrk(given, ",\"\r\n\t")) {
		acc_error(
		    command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		    "--shard-study takes a name of at most %d bytes, without commas and quotes",
		    ACC_DIGEST_TEXT - 1);
		return false;
	}
	strcpy(shard->study, given);
	return true;
}

bool
acc_shard_options(struct acc_command *command, struct acc_shard *shard)
{
	const struct acc_settings *settings = &command->settings;
	*shard = (struct acc_shard){0};
	if (settings->key) {
		size_t key =
		    acc_choice(command, "key", settings->key, acc_shard_keys, ACC_SHARD_KEYS);
		if (key == ACC_SHARD_KEYS)
			return false;
		shard->key = (enum acc_shard_key)key;
	}
	return take_seed(command, shard) && take_study(command, shard) &&
	       (!settings->shard || take_place(command, shard));
}

/* ---- merging ---- */

static bool
same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

bool
acc_shard_fits(const struct acc_shard *expected, const struct acc_shard *shard, const char *first,
	       const char *file, struct acc_messages *messages)
{
	struct acc_place place = {file, 0, 0};
	const char *other = acc_visible(first);
	uint64_t before = messages->errors;
	if (!expected->parts != !shard->parts)
		acc_error(messages, ACC_EXIT_DATA, place,
			  shard->parts ? "it is a shard of a study, '%s' is not; merge all shards "
					 "of a study and nothing else"
				       : "it is not a shard, '%s' is; merge all shards of a study "
					 "and nothing else",
			  other);
	else if (expected->parts != shard->parts)
		acc_error(messages, ACC_EXIT_DATA, place,
			  "it is one of %lu shards, '%s' is one of %lu; is it left over from "
			  "another run?",
			  (unsigned long)shard->parts, other, (unsigned long)expected->parts);
	else if (!same(expected->study, shard->study))
		acc_error(messages, ACC_EXIT_DATA, place,
			  "it is of other data (study %s) than '%s' (study %s); is it left over "
			  "from another run?",
			  *shard->study ? acc_visible(shard->study) : "unknown", other,
			  *expected->study ? acc_visible(expected->study) : "unknown");
	else if (expected->key != shard->key || expected->seed != shard->seed)
		acc_error(messages, ACC_EXIT_DATA, place,
			  "it was split by %s with seed %llu, '%s' by %s with seed %llu; split all "
			  "alike",
			  acc_shard_keys[shard->key], (unsigned long long)shard->seed, other,
			  acc_shard_keys[expected->key], (unsigned long long)expected->seed);
	else if (!same(expected->version, shard->version))
		acc_error(messages, ACC_EXIT_DATA, place,
			  "it was tabulated by accord %s, '%s' by accord %s; tabulate all with one",
			  acc_visible(shard->version), other, acc_visible(expected->version));
	else if (!same(expected->columns, shard->columns))
		acc_error(messages, ACC_EXIT_DATA, place,
			  "its ratings were read otherwise (%s) than those of '%s' (%s); tabulate "
			  "all with the same options",
			  acc_visible(shard->columns ? shard->columns : ""), other,
			  acc_visible(expected->columns ? expected->columns : ""));
	return messages->errors == before;
}
