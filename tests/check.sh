#!/bin/sh
# Every check; the names of what failed; last line "N passed, N failed".
#
#   tests/check.sh             all (make check)
#   tests/check.sh NAME...     some, e.g. `tests/check.sh unit-asan headers`, on what is built
#
# A check is a program that prints a line `ok NAME` or `not ok NAME` for each thing it tested, and
# details after it as lines that begin with `#`; or that ends with `N passed, N failed`. It is run from
# the top of the tree. One that reports nothing, or ends with an error but names no failure, has itself
# failed: no check can pass by finding nothing to do. To add one: a script in tests/ and a line in
# `checks`.
set -u

root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
MAKE=${MAKE:-make} CC=${CC:-cc} JOBS=${JOBS:-2}
case $CC in *clang*) OTHER=gcc ;; *) OTHER=clang ;; esac
export MAKE CC JOBS OTHER root
logs=build/check
unset CDPATH GREP_OPTIONS POSIXLY_CORRECT
export LC_ALL=C TZ=UTC

# NAME COMMAND: what runs side by side once the three programs are built. Of the other compiler it is
# asked whether it takes every line without a warning and comes to the same numbers.
checks='
cases-asan     env BUILD=build/asan tests/cases.sh
unit-asan      env BUILD=build/asan tests/unit.sh
demo           tests/demo.sh
tutorial       tests/tutorial.sh README.md docs/*.md
headers        tests/headers.sh
self           tests/self.sh
cases          env BUILD=build/release tests/cases.sh
unit           env BUILD=build/release tests/unit.sh
cases-other    env BUILD=build/other tests/cases.sh
unit-other     env BUILD=build/other tests/unit.sh test_laws
golden-other   build/other/tests/golden tests/golden
golden         build/release/tests/golden tests/golden
golden-asan    build/asan/tests/golden tests/golden
golden-program env BUILD=build/release tests/golden.sh
format         tests/format.sh
fixtures       tests/fixtures.sh
registry       env BUILD=build/release tests/registry.sh
includes       env BUILD=build/release tests/includes.sh
layout         tests/layout.sh
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

mkdir -p $logs
rm -f $logs/summary
started=$(date +%s)
if [ $# = 0 ]; then
	rm -f $logs/*.log
	tests/litter.sh before >/dev/null
	run builds tests/builds.sh
	# shellcheck disable=SC2046 # names are words
	set -- $(echo "$checks" | awk 'NF {print $1}')
	all=yes
fi
for name; do
	rm -f "$logs/$name.log"
	if ! echo "$checks" | grep "^$name "; then echo "$name echo 'not ok $name: no such check'"; fi
done | tr '\n' '\0' | xargs -0 -n 1 -P "$JOBS" "$0" --one
set -- "$@" ${all:+builds}
if [ -n "${all:-}" ]; then
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
