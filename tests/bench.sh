#!/bin/sh
# Run the benchmarks, tests/bench/NAME.c or NAME.sh; each prints its own lines, and the last writes
# docs/bench.md. Figures for a reader, no pass or fail.
#
#   BUILD=build/release tests/bench.sh [NAME...]
set -eu
BUILD=${BUILD:-build/release}
export BUILD
[ $# != 0 ] || set -- resample permute sets themes spmatrix peers
for name; do
	echo "== $name"
	if [ -e "tests/bench/$name.sh" ]; then
		"tests/bench/$name.sh"
	else
		"$BUILD/tests/bench/$name"
	fi
done
