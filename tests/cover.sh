#!/bin/sh
# Lines that the unit tests and the command cases reach, file by file, of a MODE=cover build.
#
#   BUILD=build/cover tests/cover.sh        (make cover)
set -eu
BUILD=${BUILD:-build/cover}
find "$BUILD" -name '*.gcda' -exec rm -f {} +
BUILD=$BUILD tests/unit.sh | grep '^not ok' || true
BUILD=$BUILD tests/cases.sh | grep '^not ok' || true
find "$BUILD/stats" "$BUILD/plots" "$BUILD/pipeline" -name '*.gcno' | sort | while read -r notes; do
	gcov -n -o "${notes%/*}" "$notes" 2>/dev/null
done | awk -v q="'" '
	/^File/ { split($0, part, q); file = part[2] }
	/^Lines executed/ && file ~ /^(stats|plots|pipeline)\/.*\.c$/ {
		split($0, part, /[:% ]+/); share = part[3]; lines = $NF
		printf "%6.1f %%  of %5d  %s\n", share, lines, file
		hit += share / 100 * lines; all += lines; file = ""
	}
	END { if (!all) exit 1; printf "%6.1f %%  of %5d  all\n", 100 * hit / all, all }'
