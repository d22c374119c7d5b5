#!/bin/sh
# The programs that are tested: as users build it, without a warning, and with sanitizers (suites check
# and all), and by the other compiler with every warning an error (suites house and all).
#
#   tests/builds.sh check|house|all
set -u
case ${MAKEFLAGS:-} in *jobserver*) parallel= ;; *) parallel=-j$JOBS ;; esac

# build NAME TARGETS VARIABLE=VALUE...
build() {
	name=$1 targets=$2
	shift 2
	log=build/check/build-$name.log
	# shellcheck disable=SC2086 # words
	if $MAKE --no-print-directory $parallel "BUILD=build/$name" "$@" $targets >"$log" 2>&1; then
		echo "ok build $name"
	else
		echo "not ok build $name"
		grep -E 'error|warning|\*\*\*' "$log" | sed 's/^/# /'
	fi
}
suite=$1
build release 'accord units' MODE=release
if grep -q 'warning:' build/check/build-release.log; then
	echo 'not ok no warnings'
	grep 'warning:' build/check/build-release.log | sed 's/^/# /'
else
	echo 'ok no warnings'
fi
if [ "$suite" != house ]; then
	build asan 'build/asan/accord tested' MODE=asan CC=gcc "CFLAGS=${CFLAGS:-} -g1"
fi
if [ "$suite" = check ]; then exit; fi
# The other compiler makes the program and what compares numbers; of the other tests it reads the text.
build other 'build/other/accord build/other/tests/unit/test_laws build/other/tests/golden' \
	MODE=release "CC=$OTHER" "CFLAGS=${CFLAGS:-} -Werror -O1 -g0"
# shellcheck disable=SC2086 # CPPFLAGS are words
if said=$(find tests -name '*.c' | sort | xargs "$OTHER" -std=c11 -D_GNU_SOURCE -I. ${CPPFLAGS:-} -Wall \
	-Wextra -Wpedantic -Wshadow -Wconversion -Werror -fsyntax-only 2>&1); then
	echo 'ok tests read by the other compiler'
else
	echo 'not ok tests read by the other compiler'
	printf '%s\n' "$said" | sed 's/^/# /'
fi
