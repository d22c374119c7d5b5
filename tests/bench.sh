#!/bin/sh
# Run the benchmarks: each tests/bench/NAME.c is a program that prints its own lines; a shell script
# tests/bench/NAME.sh does so too. Figures for a reader, no pass or fail.
#
#   BUILD=build/release tests/bench.sh [NAME...]
set -eu
BUILD=${BUILD:-build/release}
export BUILD
if [ $# = 0 ]; then
	for source in tests/bench/*.c tests/bench/*.sh; do
		if [ -e "$source" ]; then set -- "$@" "$(basename "${source%.*}")"; fi
	done
fi
if [ $# = 0 ]; then echo 'tests/bench: no benchmark' >&2 && exit 1; fi
for name; do
	echo "== $name"
	if [ -e "tests/bench/$name.sh" ]; then
		"tests/bench/$name.sh"
	else
		"$BUILD/tests/bench/$name"
	fi
done
