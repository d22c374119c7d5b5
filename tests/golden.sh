#!/bin/sh
# Published and cross-checked numbers (tests/golden/README.md) against what `accord agree` prints: the
# whole road from a CSV to a CSV. golden.c compares more of them, without the program.
#
#   BUILD=build/release tests/golden.sh
#
# Aims at every row whose coefficient and weights are registered (`accord list`), so that a new one is
# tested by adding its rows; one without any row fails. Rows of other quantities are counted, not
# compared, and those in exceptions.csv say themselves why.
set -u
BUILD=${BUILD:-build/release}
root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root/tests/golden" || exit 1
accord=$root/$BUILD/accord
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-golden.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
export LC_ALL=C

for registry in coefficients weights distances; do
	"$accord" list $registry --format csv 2>"$work/err" |
		awk -F, -v aliases=$registry 'NR > 1 { print $1; if (aliases == "weights" && $2 != "") print $2 }' \
			>"$work/$registry"
	if [ ! -s "$work/$registry" ]; then
		echo "not ok accord list $registry"
		sed 's/^/# /' "$work/err"
		exit
	fi
done

# A CSV record into f[1], f[2], ...: quotes may hold commas, not line breaks.
csv='
function fields(s, f,    n, c) {
	n = 0
	do {
		if (substr(s, 1, 1) == "\"") {
			c = ""; s = substr(s, 2)
			while (match(s, /^[^"]*""/)) { c = c substr(s, 1, RLENGTH - 1); s = substr(s, RLENGTH + 1) }
			match(s, /"/); c = c substr(s, 1, RSTART - 1); s = substr(s, RSTART + 1)
		} else { match(s, /^[^,]*/); c = substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1) }
		f[++n] = c
	} while (substr(s, 1, 1) == "," && (s = substr(s, 2)) != "\n")
	return n
}'

# Plan: rows (job, coefficient, quantity, expected, tolerance, source, label) and jobs (job, dataset,
# weights, subset, coefficients). A job is one run of accord.
awk -v work="$work" "$csv"'
FILENAME ~ /coefficients$/ { coefficient[$1]; next }
FILENAME ~ /(weights|distances)$/ { weights[$1]; next }
FNR == 1 { next }
{ n = fields($0, f); row = f[1] "\t" f[2] "\t" f[3] "\t" f[4] "\t" f[5] "\t" f[6] }
FILENAME ~ /exceptions/ { except[row]; next }
FILENAME ~ /known_wrong/ { wrong = f[6]; f[6] = f[7]; f[8] = "wrong " wrong }
FILENAME ~ /expected|methods_gold/ && row in except { left["in exceptions.csv"]++; next }
# Coefficients without weights.
f[3] ~ /^(|tolerance=0|ties-corrected|uncorrected|incomplete-data.*)$/ && f[5] == "value" {
	if (f[2] == "kendall_w" && f[3] == "uncorrected") f[2] = "kendall_w_uncorrected"
	if (f[2] == "kendall_w" && f[3] ~ /incomplete/) f[2] = "kendall_w_pairwise"
	if (f[2] == "icck") f[2] = "icc1k"
	if (f[2] ~ /^icc_/) { sub(/_a/, "2", f[2]); sub(/_c/, "3", f[2]); sub(/1$/, "", f[2]) }
	f[3] = "identity"
}
f[3] == "tolerance=1" { f[3] = "adjacent" }
f[2] == "fleiss_kappa_unbalanced_binary" { f[2] = "fleiss_cuzick_kappa" }
!(f[2] in coefficient) || !(f[3] in weights) {
	left["other coefficient or weights"]++; next
}
!(f[5] ~ /^(value|pa|pe|se|ci_low|ci_high|se_null|z)$/ || (f[5] == "p" && f[8] ~ /irr/)) ||
f[4] !~ /^((coders|group|category|table)=[^;]*)?$/ && f[4] !~ /^table=/ {
	left["other quantity or subset"]++; next
}
{
	ci = f[5] ~ /^(se_null|z)$/ || (f[5] == "p" && f[8] !~ /irrCAC/) ? "null" : "gwet"
	key = f[1] "\t" f[3] "\t" f[4] "\t" ci
	if (!(key in job)) { job[key] = ++jobs; coefs[jobs] = ""; keys[jobs] = key }
	j = job[key]
	if (!((j, f[2]) in asked)) { asked[j, f[2]]; coefs[j] = coefs[j] (coefs[j] == "" ? "" : ",") f[2] }
	if (f[8] ~ /^wrong /) { decimals = f[6]; sub(/^[^.]*\.?/, "", decimals); f[7] = length(decimals) }
	gsub(/\t/, " ", f[8])
	printf "%d\t%s\t%s\t%s\t%.17g\t%s\t%s %s %s\n", j, f[2], f[5], f[6], 10 ^ -f[7], f[8],
	    f[1], f[2], f[3] (f[4] == "" ? "" : " " f[4]) > (work "/rows")
}
END {
	for (j = 1; j <= jobs; j++) print j "\t" keys[j] "\t" coefs[j] > (work "/jobs")
	for (why in left) print left[why] " rows: " why > (work "/left")
}' "$work/coefficients" "$work/weights" "$work/distances" exceptions.csv expected.csv \
	methods_gold.csv methods_gold_sets.csv known_wrong.csv || exit

# ratings DATASET SUBSET: the ratings of a job
ratings() {
	case $2 in
	table=*)
		echo "${2#table=}" | awk -F';' '{
			print "unit,coder,code"
			for (k = 1; k <= NF; k++) {
				n = split($k, cell, ",")
				for (l = 1; l <= n; l++)
					while (cell[l]-- > 0) { print ++u ",A," k; print u ",B," l }
			}
		}'
		;;
	*)
		awk -F, -v OFS=, -v subset="$2" -v dataset="$1" '
		BEGIN {
			kind = subset; sub(/=.*/, "", kind)
			what = substr(subset, length(kind) + 2)
			if (kind == "coders") { n = split(what, part, ","); for (i = 1; i <= n; i++) want[part[i]] }
		}
		FILENAME == "groups.csv" { if ($1 == dataset) group[$2] = $3; next }
		FNR == 1 { print; next }
		!($2 in place) { place[$2] = ++places }
		kind == "coders" && !($2 in want) && !(place[$2] in want) { next }
		kind == "group" && group[$1] != what { next }
		kind == "category" && $3 != "" && $3 != what { $3 = "other" }
		{ print }' groups.csv "data/$1.csv"
		;;
	esac
}
categories() {
	case $2 in
	table=*) echo "${2#table=}" | awk -F';' '{ for (k = 1; k <= NF; k++) printf "%s", (k < NF) ? k "," : k }' ;;
	category=*) echo "${2#category=},other" ;;
	*) awk -F, -v d="$1" '$1 == d { printf s "%s", $3; s = "," }' categories.csv ;;
	esac
}

# sets: codes that are sets, "A|B" or "{}", as themes applied, a row each
sets() {
	awk -F, -v OFS=, '
	FNR == 1 { print $1, $2, "theme"; next }
	$3 == "{}" { print $1, $2, "" }
	$3 != "{}" { n = split($3, label, "|"); for (i = 1; i <= n; i++) print $1, $2, label[i] }'
}

tr '\t' '\034' <"$work/jobs" | while IFS=$(printf '\034') read -r job dataset weights subset ci coefficients; do
	set -- --coefficient "$coefficients" --weights "$weights" --ci "$ci" --level 0.95 --format csv
	if grep -qx -e "$weights" "$work/distances"; then
		ratings "$dataset" "$subset" | sets | "$accord" agree - "$@"
	else
		ratings "$dataset" "$subset" |
			"$accord" agree - "$@" --categories "$(categories "$dataset" "$subset")"
	fi >"$work/$job.csv" 2>"$work/$job.err"
	sed "s/^/$job	/" "$work/$job.csv"
	if [ ! -s "$work/$job.csv" ]; then sed "s/^/$job	!/" "$work/$job.err"; fi
done >"$work/said"

awk -F'\t' "$csv"'
# P(T > t) with df degrees of freedom, a finite sum (Abramowitz and Stegun 26.7.3, 26.7.4)
function upper(t, df,    theta, c, sum, term, k) {
	theta = atan2(t, sqrt(df)); c = cos(theta); sum = 0
	if (df % 2) {
		term = c
		for (k = 1; k <= df - 2; k += 2) { sum += term; term *= c * c * (k + 1) / (k + 2) }
		return .5 - (theta + sin(theta) * sum) / 3.14159265358979323846
	}
	term = 1
	for (k = 0; k <= df - 2; k += 2) { sum += term; term *= c * c * (k + 1) / (k + 2) }
	return .5 - sin(theta) * sum / 2
}
function number(column) { return f[at[column]] == "" ? "" : f[at[column]] + 0 }
FILENAME ~ /coefficients$/ { rows[$1] = 0; next }
FILENAME ~ /said$/ && $2 ~ /^!/ { error[$1] = substr($2, 2); next }
FILENAME ~ /said$/ {
	job = $1; sub(/^[^\t]*\t/, ""); n = fields($0, f)
	if (f[1] == "group") { for (i = 1; i <= n; i++) at[f[i]] = i; next }
	c = job "\t" f[at["coefficient"]]
	value[c] = number("value"); pa[c] = number("observed"); pe[c] = number("expected")
	se[c] = number("se"); chance[c] = number("p"); low[c] = number("ci_low"); high[c] = number("ci_high")
	units[c] = number("units"); rated[c] = units[c] + number("units_single")
	reason[c] = f[at["reason"]]
	next
}
{
	c = $1 "\t" $2; quantity = $3; expected = $4; tolerance = $5; source = $6; label = $7 " " $3
	n = rated[c]; m = $2 == "krippendorff_alpha" ? units[c] : n
	s = se[c]
	# standard errors from tables divide by n squared
	if (s != "" && (source ~ /table|vcd|FCE|kappaGold kappa2|psych|delta\.pair|Agresti/ ||
	    (source ~ /vignette/ && label ~ /^gwet_abstractors3x3/))) s *= sqrt((m - 1) / m)
	if (quantity == "value") got = value[c]
	else if (quantity == "pa") got = pa[c]
	else if (quantity == "pe") got = pe[c]
	else if (quantity == "se") got = s
	else if (quantity == "se_null") got = s
	else if (quantity == "z") got = s == "" ? "" : value[c] / s
	else if (quantity == "p" && source !~ /irrCAC/) got = chance[c]
	else if (quantity == "p") got = s == "" ? "" : s == 0 ? (value[c] > 0 ? 0 : .5) : upper(value[c] / s, n - 1)
	else if (source !~ /statpsych|multiagree/) got = quantity == "ci_low" ? low[c] : high[c]
	else got = s == "" ? "" : value[c] + (quantity == "ci_low" ? -1 : 1) * 1.959963984540054 * s
	rows[$2]++; split(source, word, /[: ]/); kind[word[1]]++; all++
	e = expected + 0; off = got - e; if (off < 0) off = -off
	undefined = expected ~ /^(NA|NaN|nan)?$/
	good = undefined ? got == "" : got != "" && off <= tolerance + 1e-12 * (e < 0 ? -e : e)
	if (good && source ~ /^wrong /) {
		peer = substr(source, 7) - got; good = peer > tolerance || peer < -tolerance
	}
	print (good ? "ok " : "not ok ") label
	shown = (got == "") ? "nothing: " reason[c] error[$1] : sprintf("%.15g", got)
	if (!good) printf "# got %s, expected %s (+- %g); %s\n", shown, expected, tolerance, source
}
END {
	for (k in rows) print (rows[k] ? "ok " : "not ok ") k " has a golden value"
	printf "# %d rows compared: %d published, %d tests of other packages, %d runs of other packages,",
	    all, kind["pub"], kind["test"], kind["run"]
	printf " %d reference implementations, %d known wrong elsewhere\n", kind["ref"], kind["wrong"]
}' "$work/coefficients" "$work/said" "$work/rows"
sed 's/^/# not compared: /' "$work/left"
