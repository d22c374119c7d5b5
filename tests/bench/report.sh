#!/bin/sh
# The measurements of tests/bench/measure (columns with tabs between) as a page, docs/bench.md.
#
#   tests/bench/report.sh RESULTS
set -eu
cat <<'TEXT'
# How fast, and with how much memory

Made by `make bench` (tests/bench/peers.sh); do not edit by hand. Whole processes, from start to end, as
the operating system accounts them: CPU is user and system time, peak is the largest resident memory. The
commands of a table ran in turn, so that a machine that is busy is busy for all of them, and a ratio
is the median of the ratios round by round (with the lowest and highest); seconds are of the machine
that made this page and say little about another, ratios say more. The first row of a table is its yardstick.

Data are made up (tests/bench/generate.c, a latent class, 20 bytes a row): S 1,160 units x 3 coders x 12 codes;
M 10^5 x 3 x 10; L 10^6 x 5 x 8 with a tenth missing, 90 MB; XL 10^7 x 3 x 10, 600 MB; with all rows of a
unit together (grouped) or in random order (shuffled). Peers are the scripts in tests/bench/peers.
TEXT
awk -F'\t' '
	function number(x) { return x == "" ? "failed" : x < 0.0995 ? sprintf("%.4f", x) : sprintf("%.2f", x) }
	function range(median, low, high) { return median == "" ? "" : sprintf("%s (%s to %s)", number(median), number(low), number(high)) }
	NR == 1 { next }
	$1 != last {
		last = $1
		printf "\n## %s%s\n\n", toupper(substr($1, 1, 1)), substr($1, 2)
		print "| | CPU s | wall s | peak MiB | CPU, ratio | wall, ratio |\n|---|---|---|---|---|---|"
	}
	{
		printf "| %s | %s | %s | %s | %s | %s |\n", $2, number($4), number($5), $6, range($7, $8, $9),
			range($10, $11, $12)
	}' "$1"
cat <<'TEXT'

## What cannot be compared

Cohen's kappa of the first two coders reads as many rows as alpha of all, and counts fewer. statsmodels takes units that
all coders rated only. By hand means a few lines of pandas or data.table that know the design of the file
beforehand; Accord also checks every row and says which one is wrong.
TEXT
