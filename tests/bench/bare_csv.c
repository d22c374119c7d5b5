/* A bare pass of libcsv over a file, with callbacks that do nothing: the yardstick of the reader.
 *
 *   bare_csv FILE */
#include <csv.h>
#include <stdio.h>

static void
on_field(void *bytes, size_t length, void *context)
{
	(void)bytes, (void)length, (void)context;
}

static void
on_record(int end, void *context)
{
	(void)end, (void)context;
}

int
main(int argc, char **argv)
{
	static char chunk[1 << 16];
	struct csv_parser parser;
	size_t length;
	if (argc != 2) {
		puts("bare_csv: a pass of libcsv over a file, for the other benchmarks");
		return argc != 1;
	}
	FILE *file = fopen(argv[1], "r");
	if (!file || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI)) {
		perror(argv[1]);
		return 1;
	}
	while ((length = fread(chunk, 1, sizeof chunk, file)))
		if (csv_parse(&parser, chunk, length, on_field, on_record, NULL) != length)
			return 1;
	int damaged = csv_fini(&parser, on_field, on_record, NULL) || ferror(file);
	csv_free(&parser);
	fclose(file);
	return damaged;
}
