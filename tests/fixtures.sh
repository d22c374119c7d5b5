#!/bin/sh
# Every folder of fixtures/ says where its data come from; what a program made is made again and
# comes out the same, whatever the compiler.
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-fixtures.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
for folder in fixtures/*/; do
	folder=${folder%/}
	if [ -s "$folder/README.md" ] && [ -s "$folder/ratings.csv" ]; then
		echo "ok $folder has ratings and a README.md"
	else
		echo "not ok $folder has ratings and a README.md"
	fi
	if [ ! -e "$folder/generate.c" ]; then continue; fi
	for compiler in 'gcc -O2' 'clang -O0'; do
		if said=$($compiler -std=c11 -Wall -Wextra -Werror -o "$work/generate" \
			"$folder/generate.c" -lm 2>&1) && "$work/generate" >"$work/ratings.csv" &&
			cmp -s "$work/ratings.csv" "$folder/ratings.csv"; then
			echo "ok $folder made again ($compiler)"
		else
			echo "not ok $folder made again ($compiler)"
			printf '%s\n' "$said" | sed 's/^/# /'
		fi
	done
done
