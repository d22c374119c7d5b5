#!/bin/sh
# Sets of themes: seconds for alpha and the multi-valued alpha with the default interval, on studies of
# 12 themes and 3 coders in which every unit is a cluster (the hardest) and with 29 participants.
set -eu
accord=$PWD/${BUILD:-build/release}/accord
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

for people in 0 29; do
	awk -v people=$people '
	function below(n) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % n }
	BEGIN {
		seed = 7
		print "unit,coder,theme" (people ? ",participant" : "")
		for (u = 1; u <= 3000; u++) {
			of = people ? ",p" u % people : ""
			for (t = 1; t <= 12; t++) truth[t] = below(100) < 45
			for (c = 1; c <= 3; c++) {
				none = 1
				for (t = 1; t <= 12; t++)
					if (truth[t] != (below(100) < 10)) { print u ",c" c ",t" t of; none = 0 }
				if (none) print u ",c" c "," of
			}
		}
	}' >"$work/ratings.csv"
	sets=$("$accord" tabulate "$work/ratings.csv" --quiet | grep -c '^value,')
	for coefficient in krippendorff_alpha fleiss_kappa conger_kappa vanoest_ir2 mv_alpha; do
		begun=$(date +%s%N)
		"$accord" agree "$work/ratings.csv" --quiet --weights dice --coefficient $coefficient \
			--format csv --output "$work/out.csv"
		ended=$(date +%s%N)
		echo "$sets distinct sets, 3000 units, $people participants, $coefficient:" \
			"$(((ended - begun) / 1000000)) ms"
	done
done
