#!/bin/sh
# A study in a folder, as its user has it: begun, made, changed, made again, verified, installed.
#
#   BUILD=build/release tests/workspace.sh        small studies
#   BUILD=build/release tests/workspace.sh full   the demo study as an example, whole
set -u
BUILD=${BUILD:-build/release} MAKE=${MAKE:-make}
root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-workspace.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM PIPE
unset MAKEFLAGS MAKELEVEL MFLAGS MODE CDPATH
PATH=$root/$BUILD:$PATH

# check WHAT COMMAND...: the command succeeds; what it said is shown when it does not
check() {
	what=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok $what"
	else
		echo "not ok $what"
		sed 's/^/# /' "$work/said"
	fi
}
fails() { if "$@"; then return 1; fi; }
says() { # says PATTERN COMMAND...: it fails, and says so
	pattern=$1
	shift
	if "$@" >"$work/heard" 2>&1; then return 1; fi
	cat "$work/heard"
	grep -q -- "$pattern" "$work/heard"
}
quiet_make() { $MAKE --no-print-directory "$@" 2>&1; }
plan() { quiet_make -n "$@" | sed -n 's/^accord \([a-z]*\).*/\1/p' | tr '\n' ' '; }
planned() { # planned FOLDER STAGES: what `make -n` would run, and no other
	[ "$(plan -C "$1")" = "$2" ] || { echo "planned: $(plan -C "$1")" && return 1; }
}
same_trees() { # all but the time in the record
	for folder in "$1" "$2"; do
		(cd "$folder" && find . -type f ! -name '*.json' -exec cksum {} + | sort -k 3) >"$work/${3:-list}.$folder"
	done
	diff "$work/${3:-list}.$1" "$work/${3:-list}.$2"
}

report=
if accord report --help >/dev/null 2>&1; then report='provenance report '; fi

if [ "${1:-}" = full ]; then
	cp -R examples fixtures "$work" && cd "$work/examples/compassion" || exit 1
	check 'example compassion is made' $MAKE -s
	check 'example compassion: figures' test "$(find figures -name '*-85.pdf' | wc -l)" -ge 7
	check 'example compassion comes out the same' accord verify
	exit
fi

# ---- begun and made without an edit; side by side the same; nothing is made twice ----
cd "$work" || exit 1
awk -F, 'NR == 1 || $1 == "FG1" && ++a < 80 || $1 == "FG4" && ++b < 80' \
	"$root/fixtures/compassion/ratings.csv" >ratings.csv
check 'a study is begun' accord init s --from ratings.csv
cp -R s j
check 'make needs no edit' $MAKE -s -C s
for table in agreement pairs explanation coders disagreements cooccurrence comparison saturation; do
	check "rows in $table" test "$(wc -l <s/results/$table.csv)" -gt 1
done
for figure in forest cooccurrence prevalence coders groups saturation; do
	check "picture $figure" test -s s/figures/$figure-85.pdf
done
if [ -n "$report" ]; then check 'a report' test -s s/report.html; fi
check 'make -j4 runs' $MAKE -s -j4 -C j
check 'make -j4 makes what make does' same_trees s j
check 'nothing is made twice' planned s ''
check 'the digests are those of sha256sum' sh -c 'cd s && sha256sum --quiet -c SHA256SUMS'

# ---- verified ----
check 'verify is content' accord verify s
check 'verify changes nothing' same_trees s j
# One byte: a letter of a participant's number.
cp s/ratings.csv kept.csv
printf 9 | dd of=s/ratings.csv bs=1 seek="$(($(head -n 2 kept.csv | wc -c) - 30))" conv=notrunc 2>/dev/null
check 'one byte was changed' test "$(cmp -l kept.csv s/ratings.csv | wc -l)" -eq 1
check 'verify names an input that has changed' says '^ratings.csv: error: has changed' accord verify s
cp -p kept.csv s/ratings.csv
cp s/results/pairs.csv kept.pairs && echo >>s/results/pairs.csv
check 'verify names a result that was changed' says '^results/pairs.csv: error: is not what' accord verify s
cp kept.pairs s/results/pairs.csv
check 'verify is content again' accord verify s

# ---- a line is changed: what depends on it is made, and nothing else ----
$MAKE -s -C s >/dev/null 2>&1 # the clock of the inputs has moved
printf '[figures]\nwidth = 85\nformat = svg\nfigure = forest\n' >figures.ini
sed '/^\[figures\]/,$d' s/study.ini | cat - figures.ini >new.ini && cp new.ini s/study.ini
check 'figures: only they are drawn again' planned s "plot ${report}provenance "
$MAKE -s -C s 2>/dev/null
check 'pictures of other widths are gone' test "$(echo s/figures/*-*.*)" = s/figures/forest-85.svg
cp new.ini s/study.ini && printf '[disagreements]\ntop = 3\n' >>s/study.ini
check 'one table: only it is made again' planned s "disagree ${report}provenance "
if accord config | grep -q '^labels,group-labels,'; then
	sed 's/^groups.*/&\
group-labels = students=Medical students/' new.ini >s/study.ini
	check 'a label of a group: the codings are not read again' \
		sh -c "[ \"\$1\" ] && case \" \$1\" in *' tabulate '*) exit 1 ;; esac" sh "$(plan -C s)"
fi
cp new.ini s/study.ini && printf '\n; a comment\n' >>s/study.ini
$MAKE -s -C s 2>/dev/null
echo '# mine' >>s/figures/forest.gp
check 'an edited script is drawn again' planned s "plot ${report#provenance }provenance "
$MAKE -s -C s 2>/dev/null
check 'an edited script stays, and verify uses it' sh -c 'tail -n 1 s/figures/forest.gp | grep -q mine && accord verify s'
rm s/results/coders.csv s/figures/forest-85.svg
$MAKE -s -C s 2>/dev/null
check 'what was lost is made again' test -s s/results/coders.csv -a -s s/figures/forest-85.svg

cp new.ini s/study.ini && printf '[cooccurrence]\nwindow = near:1\n[specify]\nwindow = unit, overlap\n' >>s/study.ini
check 'a window that needs the units is made from the codings' sh -c "$MAKE -s -C s results/cooccurrence.csv &&
	grep -q '^ACCORD_OF_RATINGS := cooccur specify$' s/build/settings.mk &&
	grep -q ' cooccur ratings.csv ' s/build/cooccurrence.made && grep -q ',near:1,' s/results/cooccurrence.csv"

# ---- what stops it ----
cp new.ini s/study.ini
echo 'groups = a' >>s/study.ini
check 'a setting that cannot be stops make, with its line' \
	says '^study.ini:[0-9]*: error: the key .groups. stands in \[figures\]' $MAKE -C s
cp new.ini s/study.ini
sed '3s/,/;/g' kept.csv >s/ratings.csv
check 'codings that cannot be stop make, with their line' says '^ratings.csv:3:' $MAKE -C s
check 'and leave no half file' test -z "$(find s -name '*.tmp' ! -path 's/build/*')"
rm s/ratings.csv
check 'codings that are not there stop make' says "No rule to make target 'ratings.csv'\|ratings.csv" $MAKE -C s
check 'clean leaves what the author wrote' sh -c \
	"$MAKE -s -C s clean >/dev/null && test -e s/figures/forest.gp -a -e s/study.ini -a ! -e s/results"

# ---- any make since 3.81 ----
cat "$(accord mk)" s/Makefile | sed 's/^#.*//' >rules
for word in '&:' '::=' '!=' '\.ONESHELL' '\.SHELLFLAGS' '\.EXTRA_PREREQS' '$(file ' '$(let ' '$(intcmp ' \
	'^ *undefine' '^private' '\.RECIPEPREFIX' '\.WAIT'; do
	check "rules without $word" fails grep -n -e "$word" rules
done

# ---- examples ----
cp -R "$root/examples" "$root/fixtures" "$work"
for example in categories scale; do
	check "example $example is made" $MAKE -s -C examples/$example
	check "example $example comes out the same" accord verify examples/$example
done
value() { awk -F, -v key="$2" '$4 == key {printf "%.3f", $10; exit}' "examples/$1/results/agreement.csv"; }
check 'example categories: the published kappa' test "$(value categories cohen_kappa)" = 0.429
check 'example scale: the published ICC(2,1), .29' test "$(value scale icc2)" = 0.290
check 'example scale: the published ICC(3,k), .91' test "$(value scale icc3k)" = 0.909

# ---- installed ----
if [ "$BUILD" = build/release ]; then
	check 'make install' $MAKE -s -C "$root" MODE=release BUILD="$BUILD" install DESTDIR="$work/tree"
	(
		PATH=$work/tree/usr/local/bin:$(printf %s "$PATH" | sed "s|^$root/$BUILD:||")
		cd "$work" || exit
		check 'the tree works from where it is' test "$(accord mk)" = "$work/tree/usr/local/share/accord/accord.mk"
		check 'installed: begun' accord init i --from examples/scale/ratings.csv --wide --unit target
		check 'installed: made' $MAKE -s -C i
		check 'installed: verified' accord verify i
		check 'installed: a manual' grep -q 'accord' tree/usr/local/share/man/man1/accord.1
		check 'installed: a manual of study.ini' grep -q '^\.TH STUDY.INI 5' tree/usr/local/share/man/man5/study.ini.5
	)
	check 'make uninstall' $MAKE -s -C "$root" MODE=release BUILD="$BUILD" uninstall DESTDIR="$work/tree"
	check 'uninstall leaves no file' test -z "$(find "$work/tree" -type f)"
fi
