#!/bin/sh
# Run the commands that the program's help, its man pages and the README's console blocks tell people to type: the
# examples of each stage, one by one, in a folder that has what they name. A command must succeed and leave
# something: output or files.
#
#   BUILD=build/release tests/examples.sh
set -u
unset MAKEFLAGS MAKELEVEL MFLAGS MODE
root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-examples.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
PATH=$root/${BUILD:-build/release}:$PATH
export PATH LC_ALL=C

# ---- what the examples name: two focus groups of the demo study, in several shapes ----
things=$work/things
mkdir "$things" && cd "$things" || exit 1
awk -F, -v OFS=, 'NR == 1 { print $0, "paragraph", "begin", "end"; next }
	{ at = substr($4, 5) + 0 }
	$1 == "FG1" && ++a < 90 || $1 == "FG3" && ++b < 60 || $1 == "FG4" && ++c < 90 { print $0, at, 80 * at, 80 * at + 100 }' \
	"$root/fixtures/compassion/ratings.csv" >themes.csv
sed '1s/unit/segment/; 1s/coder/rater/; 1s/theme/code/' themes.csv >export.csv
cp "$root/fixtures/fleiss1971/ratings.csv" codes.csv
printf 'unit,ann,bob,cyd\n1,1,2,1\n2,3,3,4\n3,5,4,5\n4,2,2,3\n5,1,1,1\n' >scores.csv
printf 'unit,coder,joy,fear\n1,a,1,0\n1,b,1,1\n2,a,0,1\n2,b,0,1\n3,a,1,1\n3,b,1,0\n' >matrix.csv
{
	accord tabulate themes.csv --output study.patterns
	accord agree themes.csv --output agreement.csv
	accord agree themes.csv --by pair --coefficient cohen --output pairs.csv
	accord cooccur themes.csv --output cooccurrence.csv
	accord compare themes.csv --permutations 99 --output comparison.csv
	accord codeline themes.csv --output codeline.csv
	accord specify themes.csv --output specifications.csv
	accord shard themes.csv --parts 64 --output study
	for part in study.*-of-64.csv; do accord tabulate "$part" --output "${part%.csv}.patterns"; done
	accord init study --from themes.csv
	make -s -C study tables
} >"$work/log" 2>&1 || {
	echo 'not ok what the examples name is made'
	sed 's/^/# /' "$work/log"
	exit 1
}

# lay COMMAND: what it names, in the working directory
lay() {
	ratings=themes.csv
	case $1 in
	*'--by category'*) ratings=codes.csv ;;
	*--matrix*) ratings=matrix.csv ;;
	esac
	case $1 in
	*'accord plot'* | *'accord report'*) ;;
	*) cp "$things/$ratings" ratings.csv && cp "$things/study.patterns" "$things/scores.csv" "$things/export.csv" . ;;
	esac
	case $1 in
	*'--unit segment'*) cp "$things/export.csv" ratings.csv ;;
	*study.3-of-64.csv*) cp "$things/study.3-of-64.csv" . ;;
	*study.*-of-64.patterns*) cp "$things"/study.*-of-64.patterns . ;;
	*study.csv*) cp "$things/themes.csv" study.csv ;;
	*'plot agreement.csv pairs.csv'*) cp "$things"/agreement.csv "$things"/pairs.csv "$things"/comparison.csv \
		"$things"/cooccurrence.csv . ;;
	*'plot agreement.csv'* | *'plot *.csv'*) cp "$things/agreement.csv" . ;;
	*'plot '*) cp "$things/codeline.csv" "$things/specifications.csv" "$things/comparison.csv" . ;;
	*'accord report'*) mkdir -p out/figures && cp "$things/agreement.csv" out ;;
	*'accord verify'*) cp -R "$things/study" . && make -s -C study >/dev/null ;;
	*'accord provenance'* | *'accord config'*) cp -R "$things/study/." . && mkdir -p figures && echo 1 >figures/one.svg ;;
	esac
	case $1 in
	*'part-*.csv'*) mv export.csv part-1.csv && mkdir work ;;
	*'--output study.patterns'*) rm study.patterns ;;
	esac
}

# try WHERE COMMAND
try() {
	where=$1 command=$2
	rm -rf "$work/here" && mkdir "$work/here" && cd "$work/here" || exit 1
	case $command in *'| parallel'*) command -v parallel >/dev/null || command=${command%%|*} ;; esac
	lay "$command"
	ls -R >"$work/before"
	if sh -euc "$command" >"$work/out" 2>"$work/err" </dev/null &&
		{ [ -s "$work/out" ] || ! ls -R | cmp -s - "$work/before"; }; then
		echo "ok $where: $command"
	else
		echo "not ok $where: $command"
		tail -n 5 "$work/err" | sed 's/^/# /'
	fi
}

# The examples in a text of help, one a line.
examples() { awk '/^Examples:/ { inside = 1; next } inside && /^$/ { exit } inside && /^  accord/ { print substr($0, 3) }'; }

accord --help | examples >"$work/all"
for stage in $(accord list stages --format csv | sed 1d | cut -d, -f1); do
	accord "$stage" --help | examples | sed "s/^/$stage	/"
done >>"$work/all"
# Man pages have the same examples: each must be there to the letter.
tab=$(printf '\t')
while IFS=$tab read -r stage command; do
	if [ -z "$command" ]; then command=$stage stage=; fi
	# shellcheck disable=SC2086 # one word or none
	accord --manual $stage | sed 's/\\-/-/g; s/\\(aq/'"'"'/g' | grep -Fq -- "$command" ||
		echo "not ok the man page of accord $stage lacks: $command"
	try "accord $stage --help" "$command"
done <"$work/all"

# The settings that the man page of study.ini shows.
rm -rf "$work/here" && mkdir "$work/here" && cd "$work/here" && cp "$things/themes.csv" ratings.csv || exit 1
accord --manual study.ini | sed -n '/^\.nf/,/^\.fi/{/^\./!p;}' | sed 's/\\-/-/g' >study.ini
if accord agree --study study.ini --format csv >"$work/out" 2>&1 && grep -q gwet_ac "$work/out" &&
	accord config --study study.ini --format csv | grep -q 'ratings.csv,study.ini:2,'; then
	echo 'ok the man page of study.ini: its example'
else
	echo 'not ok the man page of study.ini: its example'
	tail -n 5 "$work/out" | sed 's/^/# /'
fi

# The README's console blocks; make demo and make check are the checks themselves.
sed -n '/^```console/,/^```$/s/^\$ //p' "$root/README.md" | grep -v '^make \(demo\|check\)$' >"$work/readme"
[ -s "$work/readme" ] || echo 'not ok the README has console blocks'
rm -rf "$work/here" && mkdir "$work/here" && cd "$work/here" && cp "$things/themes.csv" ratings.csv || exit 1
while read -r command; do
	if sh -euc "$command" >"$work/out" 2>&1 </dev/null; then
		echo "ok README.md: $command"
	else
		echo "not ok README.md: $command"
		tail -n 5 "$work/out" | sed 's/^/# /'
	fi
done <"$work/readme"
