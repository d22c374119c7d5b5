#!/bin/sh
# Reports of the demo study, of a study whose names are hostile and of one without themes or groups: every
# number, name and digit in every format is that of the results; the same bytes whatever the order of
# the files; nothing on the page asks for anything from elsewhere.
#
#   BUILD=build/release tests/report.sh
set -u
BUILD=${BUILD:-build/release}
accord=$BUILD/accord
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-report.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# truth NAME COMMAND...: the command succeeds
truth() {
	name=$1
	shift
	if said=$("$@" 2>&1); then
		echo "ok $name"
	else
		echo "not ok $name"
		printf '%s\n' "$said" | head -20 | sed 's/^/# /'
	fi
}

# study FOLDER RATINGS OPTION...: the results of every stage
study() {
	mkdir -p "$work/$1" && patterns=$work/$1/study.patterns here=$work/$1 ratings=$2
	shift 2
	$accord tabulate "$ratings" "$@" --output "$patterns" &&
		$accord agree "$patterns" --output "$here/agreement.csv" &&
		$accord agree "$patterns" --by pair --coefficient percent,cohen --minimum .667 \
			--output "$here/pairs.csv" &&
		$accord explain "$patterns" --output "$here/explain.csv" &&
		$accord disagree "$ratings" "$@" --output "$here/disagreements.csv"
}

# check FOLDER OPTION...: the report in every format, and what report_check says of it
check() {
	here=$work/$1
	echo "# $1"
	shift
	for format in html:html json:json markdown:md latex:tex; do
		$accord report "$here"/*.csv "$@" --top 100000 --format "${format%:*}" \
			--output "$here/report.${format#*:}" || echo "not ok accord report --format ${format%:*}"
	done
	"$BUILD/tests/report_check" "$here" "$here"/*.csv
}

studies() {
	study demo fixtures/compassion/ratings.csv --seen listed --groups students,advisors,leaders &&
		for stage in cooccur compare coders map saturate; do
			$accord $stage "$work/demo/study.patterns" --output "$work/demo/$stage.csv" || return 1
		done
	"$BUILD/tests/report_check" --study >"$work/hostile.csv" &&
		study hostile "$work/hostile.csv" --seen listed &&
		study plain fixtures/fleiss1971/ratings.csv
}
truth 'results of three studies' studies
check demo --synthetic
check hostile
check plain

# The comparison can fail: one digit of one result is another.
mkdir "$work/changed" && cp "$work"/demo/*.csv "$work"/demo/report.* "$work/changed"
sed '/^,burnout,,krippendorff_alpha,/s/0\.68[0-9]*/0.58/' "$work/demo/agreement.csv" >"$work/changed/agreement.csv"
truth 'a digit that is not that of the results is noticed' sh -c \
	'! cmp -s "$1/demo/agreement.csv" "$1/changed/agreement.csv" &&
	"$2/tests/report_check" "$1/changed" "$1"/changed/*.csv | grep -q "^not ok"' - "$work" "$BUILD"

page=$work/demo/report.html
truth 'the same bytes in any order of files' sh -c '
	"$1/accord" report $(ls -r "$2"/demo/a*.csv "$2"/demo/p*.csv) --format markdown --section agreement >"$2/one" &&
	"$1/accord" report "$2"/demo/p*.csv "$2"/demo/a*.csv --format markdown --section agreement >"$2/two" &&
	cmp "$2/one" "$2/two"' - "$BUILD" "$work"
truth 'synthetic data are named so in every format' sh -c '
	for format in html md tex json; do grep -qi "synthetic data\|\"synthetic\": true" "$1/demo/report.$format" ||
		exit 1; done' - "$work"
truth 'no verdict that nobody asked for' sh -c \
	'! grep -qiE "(almost perfect|substantial|moderate|fair|slight|excellent|acceptable) agreement" "$@"' - \
	"$page" "$work/demo/report.md"
truth 'nothing is fetched' sh -c '! grep -oiE "(src|srcset|href|action|poster)=\"[^\"]{0,12}" "$1" |
	grep -vE "=\"(data:|#)" && ! grep -oiE "url\(|@import|http-equiv=\"refresh" "$1"' - "$page"
truth 'hostile names make no element and no attribute' sh -c '
	! grep -oiE "<(script|img|svg|iframe|object|link|base|form)[ >/]" "$1/hostile/report.html" |
		grep -v "^<script>$" | grep . &&
	[ "$(grep -c "<script>" "$1/hostile/report.html")" = 1 ]' - "$work"
truth 'every source in BibTeX is cited and the other way round' sh -c '
	grep -oE "href=\"#ref-[a-z0-9]+" "$1/demo/report.html" | sed "s/.*ref-//" | sort -u >"$1/cited" &&
	"$2/accord" report "$1"/demo/*.csv --synthetic --top 100000 --format bibtex |
		sed -n "s/^@[a-z]*{\(.*\),/\1/p" | sort >"$1/listed" && cmp "$1/cited" "$1/listed"' - "$work" "$BUILD"
