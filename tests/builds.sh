#!/bin/sh
# The three programs that are tested: as users build it, by the other compiler with every warning
# an error, and with sanitizers. Also: no warning in the first.
set -u
case ${MAKEFLAGS:-} in *jobserver*) parallel= ;; *) parallel=-j$JOBS ;; esac

# build NAME TARGET VARIABLE=VALUE...
build() {
	name=$1 target=$2
	shift 2
	log=build/check/build-$name.log
	# shellcheck disable=SC2086 # none or one word
	if $MAKE --no-print-directory $parallel "BUILD=build/$name" "$@" "$target" units \
		>"$log" 2>&1; then
		echo "ok build $name"
	else
		echo "not ok build $name"
		grep -E 'error|warning|\*\*\*' "$log" | sed 's/^/# /'
	fi
}
build release accord MODE=release
if grep -q 'warning:' build/check/build-release.log; then
	echo 'not ok no warnings'
	grep 'warning:' build/check/build-release.log | sed 's/^/# /'
else
	echo 'ok no warnings'
fi
build other build/other/accord MODE=release "CC=$OTHER" "CFLAGS=${CFLAGS:-} -Werror -O1 -g0"
build asan build/asan/accord MODE=asan CC=gcc "CFLAGS=${CFLAGS:-} -g1"
