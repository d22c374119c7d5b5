#!/bin/sh
# Many themes: counts and all measures of 500 themes in a million segments of three coders, from the
# CSV, its rows in any order, and its patterns; alpha of each; and 10,000 permutations of the demo
# study. Wall time; the same beside GSL's sparse matrices: spmatrix.c.
set -eu
accord=$PWD/${BUILD:-build/release}/accord
units=${UNITS:-1000000}
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

ms() {
	begun=$(date +%s%N)
	"$@" >/dev/null
	echo $((($(date +%s%N) - begun) / 1000000))
}

awk -v units="$units" '
function below(n) { seed = seed * 16807 % 2147483647; return int(seed / 65536) % n }
BEGIN {
	seed = 7
	print "unit,coder,theme"
	for (u = 1; u <= units; u++) {
		n = 1 + below(2)
		for (k = 1; k <= n; k++) { a = below(30000) / 30000; truth[k] = int(500 * a * a * a) }
		for (c = 1; c <= 3; c++) {
			none = 1
			for (k = 1; k <= n; k++)
				if (below(10) && (k == 1 || truth[1] != truth[2])) {
					print "u" u ",c" c ",theme " truth[k]; none = 0
				}
			if (none) print "u" u ",c" c ","
		}
	}
}' >"$work/many.csv"
{ head -n 1 "$work/many.csv"; tail -n +2 "$work/many.csv" | shuf --random-source="$work/many.csv"; } >"$work/shuffled.csv"
echo "500 themes, $units segments, 3 coders, $(wc -l <"$work/many.csv") rows; a bare libcsv pass:" \
	"$(ms "${BUILD:-build/release}/tests/bench/bare_csv" "$work/many.csv") ms"
for file in many shuffled; do
	for layer in any any,majority,all,each; do
		echo "  $file.csv, every measure, --layer $layer:" \
			"$(ms "$accord" cooccur "$work/$file.csv" --measure all --layer $layer --quiet --format csv) ms"
	done
	echo "  $file.csv, a square of one measure:" \
		"$(ms "$accord" cooccur "$work/$file.csv" --measure jaccard --layer any --test none --format square) ms"
done
"$accord" tabulate "$work/many.csv" --quiet --output "$work/many.patterns"
echo "  from patterns: $(ms "$accord" cooccur "$work/many.patterns" --measure all --layer any --quiet --format csv) ms"
echo "  alpha of each theme and the pool:" \
	"$(ms "$accord" agree "$work/many.csv" --coefficient krippendorff_alpha --quiet --format csv) ms"
study=fixtures/compassion/ratings.csv
echo "10,000 permutations of the demo study, all groups and layers:" \
	"$(ms "$accord" cooccur $study --seen listed --test permutation --draws 10000 --quiet --format csv) ms"
