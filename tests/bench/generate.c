/* A made-up study as CSV on standard output, the same bytes for the same arguments.
 *
 *   generate [units=N] [coders=N] [codes=N] [missing=SHARE] [seed=N] [shuffled] [text] [themes=N]
 *
 * A latent class: each unit has a true code, which a coder gives with probability .84, else any:
 * alpha is about .70. Rows are 20 bytes, grouped by unit or in a random order. With `text` each row
 * ends in a quoted text of about 210 bytes with commas, doubled quotes and line ends, the shape of
 * qualitative exports. With `themes` a coder applies one or two of so many themes, the first ones
 * most often. Every row is a function of its number, so that 10^9 rows take no memory. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct made {
	uint64_t units, coders, codes, themes, seed;
	double missing;
	bool shuffled, text;
};

/* SplitMix64, finalised: a number that depends on its place alone. */
static uint64_t
draw(const struct made *made, uint64_t row, uint64_t purpose)
{
	uint64_t z = made->seed * 0x9e3779b97f4a7c15u + row * 8 + purpose + 1;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	z = (z ^ z >> 31) * 0xbf58476d1ce4e5b9u;
	return z ^ z >> 29;
}

static double
share(const struct made *made, uint64_t row, uint64_t purpose)
{
	return (double)(draw(made, row, purpose) >> 11) * 0x1p-53;
}

/* A permutation of 0 .. count - 1: four Feistel rounds on the next even number of bits, walked
 * until inside. */
static uint64_t
shuffle(const struct made *made, uint64_t at, uint64_t count)
{
	unsigned half = 1;
	while (half < 31 && (uint64_t)1 << 2 * half < count)
		half++;
	uint64_t mask = ((uint64_t)1 << half) - 1;
	do {
		uint64_t left = at >> half, right = at & mask;
		for (uint64_t round = 0; round < 4; round++) {
			uint64_t mixed = draw(made, right << 3 | round, 7) & mask;
			uint64_t next = left ^ mixed;
			left = right;
			right = next;
		}
		at = left << half | right;
	} while (at >= count);
	return at;
}

static void
put_text(const struct made *made, uint64_t row)
{
	static const char *const said[] = {"I said \"\"wait\"\", and nobody did",
					   "well, you know",
					   "we listen, mostly",
					   "they never told us why,\nor when",
					   "it takes time, and patience",
					   "that is care, I think"};
	size_t length = 0;
	fputs(",\"", stdout);
	for (uint64_t k = 0; length < 190; k++) {
		const char *words = said[draw(made, row + k * 0x10001, 5) % 6];
		length += strlen(words) + 2;
		fputs(words, stdout);
		fputs(". ", stdout);
	}
	putchar('"');
}

static void
put_row(const struct made *made, uint64_t number)
{
	uint64_t per_unit = made->coders * (made->themes ? 2 : 1);
	uint64_t unit = number / per_unit, coder = number % made->coders;
	bool second = number % per_unit >= made->coders;
	if (share(made, number, 0) < (second ? 0.5 : made->missing))
		return;
	printf("u%07llu,coder%llu,", (unsigned long long)unit, (unsigned long long)coder + 1);
	if (made->themes) {
		double where = share(made, number, 1);
		uint64_t theme = (uint64_t)(where * where * (double)made->themes);
		printf("t%03llu", (unsigned long long)(theme / 2 * 2 + second));
	} else {
		bool knows = share(made, number, 1) < 0.84;
		uint64_t code = (knows ? draw(made, unit, 2) : draw(made, number, 3)) % made->codes;
		printf("c%02llu", (unsigned long long)code + 1);
	}
	if (made->text)
		put_text(made, number);
	putchar('\n');
}

static bool
take(struct made *made, const char *argument)
{
	const struct {
		const char *name;
		uint64_t *value;
	} numbers[] = {{"units=", &made->units},
		       {"coders=", &made->coders},
		       {"codes=", &made->codes},
		       {"themes=", &made->themes},
		       {"seed=", &made->seed}};
	for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
		if (!strncmp(argument, numbers[k].name, strlen(numbers[k].name))) {
			*numbers[k].value = strtoull(argument + strlen(numbers[k].name), NULL, 10);
			return *numbers[k].value > 0;
		}
	made->shuffled = made->shuffled || !strcmp(argument, "shuffled");
	made->text = made->text || !strcmp(argument, "text");
	if (!strncmp(argument, "missing=", 8))
		made->missing = strtod(argument + 8, NULL);
	return strchr("st", *argument) || !strncmp(argument, "missing=", 8);
}

int
main(int argc, char **argv)
{
	struct made made = {.units = 1160, .coders = 3, .codes = 12, .seed = 1};
	if (argc == 1) {
		puts("generate: made-up studies for the other benchmarks; its head says how");
		return 0;
	}
	for (int i = 1; i < argc; i++)
		if (!take(&made, argv[i])) {
			fprintf(stderr, "generate: what is '%s'?\n", argv[i]);
			return 2;
		}
	uint64_t rows = made.units * made.coders * (made.themes ? 2 : 1);
	printf("unit,coder,%s%s\n", made.themes ? "theme" : "code", made.text ? ",text" : "");
	for (uint64_t k = 0; k < rows; k++)
		put_row(&made, made.shuffled ? shuffle(&made, k, rows) : k);
	return fflush(stdout) || ferror(stdout);
}
