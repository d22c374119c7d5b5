#!/bin/sh
# Each header compiles alone, twice over, with gcc and with clang, without a warning.
set -u
for compiler in gcc clang; do
	for header in stats/*.h stats/*/*.h plots/*.h plots/*/*.h pipeline/*.h pipeline/*/*.h; do
		if [ ! -e "$header" ]; then continue; fi
		# shellcheck disable=SC2086 # flags are words
		if said=$(printf '#include "%s"\n#include "%s"\ntypedef int unit_not_empty;\n' \
			"$header" "$header" | $compiler -std=c11 -D_GNU_SOURCE -I. ${CPPFLAGS:-} -Wall \
			-Wextra -Wpedantic -Wshadow -Wconversion -Werror -fsyntax-only -x c - 2>&1); then
			echo "ok $header alone, $compiler"
		else
			echo "not ok $header alone, $compiler"
			printf '%s\n' "$said" | sed 's/^/# /'
		fi
	done
done
