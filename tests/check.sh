#!/bin/sh
# Every check; the names of what failed; last line "N passed, N failed".
#
#   tests/check.sh                 the suite `check` (make check)
#   tests/check.sh --suite SUITE   another suite (make check-SUITE), or `all` (make check-all)
#   tests/check.sh NAME...         some, e.g. `tests/check.sh unit-asan headers`, on what is built
#
# A check is a program that prints a line `ok NAME` or `not ok NAME` for each thing it tested, and
# details after it as lines that begin with `#`; or that ends with `N passed, N failed`. It is run from
# the top of the tree. One that reports nothing, or ends with an error but names no failure, has itself
# failed: no check can pass by finding nothing to do. To add one: a script in tests/ and a line in
# `checks`; a suite beside `check` holds what is slow or needs large tools, and its needs are in
# tests/prerequisites.sh.
set -u

root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
MAKE=${MAKE:-make} CC=${CC:-cc} JOBS=${JOBS:-2}
case $CC in *clang*) OTHER=gcc ;; *) OTHER=clang ;; esac
export MAKE CC JOBS OTHER root
logs=build/check
unset CDPATH GREP_OPTIONS POSIXLY_CORRECT
export LC_ALL=C TZ=UTC

# SUITE NAME COMMAND: what runs side by side once the programs are built. Of the other compiler it is
# asked whether it takes every line without a warning and comes to the same numbers.
checks='
check    cases-asan     env BUILD=build/asan tests/cases.sh
check    unit-asan      env BUILD=build/asan tests/unit.sh
check    demo           tests/demo.sh
check    tutorial       tests/tutorial.sh README.md docs/*.md
check    headers        tests/headers.sh
check    self           tests/self.sh
check    cases          env BUILD=build/release tests/cases.sh
check    unit           env BUILD=build/release tests/unit.sh
check    cases-other    env BUILD=build/other tests/cases.sh
check    unit-other     env BUILD=build/other tests/unit.sh test_laws
check    golden-other   build/other/tests/golden tests/golden
check    golden         build/release/tests/golden tests/golden
check    golden-asan    build/asan/tests/golden tests/golden
check    golden-groups  build/release/tests/golden_comparison tests/golden
check    golden-program env BUILD=build/release tests/golden.sh
check    format         tests/format.sh
check    fixtures       tests/fixtures.sh
check    report         env BUILD=build/release tests/report.sh
check    registry       env BUILD=build/release tests/registry.sh
check    includes       env BUILD=build/release tests/includes.sh
check    layout         tests/layout.sh
figures  figures        tests/figures.sh
check    workspace      env BUILD=build/release tests/workspace.sh
report   examples       env BUILD=build/release tests/workspace.sh full
report   report-page    tests/report_page.sh
report   report-latex   tests/report_latex.sh
cluster  cluster        env BUILD=build/release tests/cluster.sh
'

# tally LOG: sets passed and failed
tally() {
	passed=0 failed=0
	# shellcheck disable=SC2046 # two words
	set -- $(awk '/^ok / { p++ } /^not ok / { f++ }
		/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 } END { print p + 0, f + 0 }' "$1")
	passed=$1 failed=$2
}

# run NAME COMMAND: run one check, keep what it says, print its line and its failures
run() {
	name=$1 log=$logs/$1.log begun=$(date +%s)
	shift
	(eval "$*") >"$log" 2>&1 </dev/null
	status=$?
	tally "$log"
	if [ $((passed + failed)) = 0 ]; then
		echo "not ok $name: found nothing to check" >>"$log"
	elif [ $status != 0 ] && [ "$failed" = 0 ]; then
		echo "not ok $name: ended with status $status" >>"$log"
	fi
	tally "$log"
	printf '%-14s %5d passed %5d failed %4d s\n' "$name" "$passed" "$failed" \
		$(($(date +%s) - begun))
	if grep -q '^not ok ' "$log"; then
		awk '/^ok /{show=0} /^not ok /{show=1; n=0} show && n++ < 40' "$log" | sed 's/^/    /'
	elif [ "$failed" != 0 ]; then
		tail -n 60 "$log" | sed 's/^/    /'
	fi
}
if [ "${1:-}" = --one ]; then
	shift
	# shellcheck disable=SC2086 # a line of `checks`: words
	run $1
	exit
fi

suite=check
if [ "${1:-}" = --suite ]; then
	suite=$2
	shift 2
fi
mkdir -p $logs
rm -f $logs/summary
started=$(date +%s)
if [ $# = 0 ]; then
	# shellcheck disable=SC2046 # names are words
	set -- $(echo "$checks" | awk -v suite="$suite" 'NF && (suite == "all" || $1 == suite) {print $2}')
	case $suite in check | all) whole=yes ;; esac
fi
if [ -n "${whole:-}" ]; then
	rm -f $logs/*.log
	tests/litter.sh before >/dev/null
	run builds tests/builds.sh
fi
for name; do
	rm -f "$logs/$name.log"
	if ! echo "$checks" | awk -v name="$name" '$2 == name { sub(/^[^ ]+ +/, ""); print; found = 1 }
		END { exit !found }'; then
		echo "$name echo 'not ok $name: no such check'"
	fi
done | tr '\n' '\0' | xargs -0 -n 1 -P "$JOBS" "$0" --one
set -- "$@" ${whole:+builds}
if [ -n "${whole:-}" ]; then
	run litter tests/litter.sh after
	set -- "$@" litter
fi

sum=0 sum_failed=0
for name; do
	[ -e "$logs/$name.log" ] || echo "not ok $name: did not run" | tee "$logs/$name.log"
	tally "$logs/$name.log"
	sum=$((sum + passed)) sum_failed=$((sum_failed + failed))
done
echo "$(($(date +%s) - started)) s; the full text of every check is in $logs"
echo "$sum passed, $sum_failed failed" | tee $logs/summary
[ $sum_failed = 0 ] && [ $sum != 0 ]
