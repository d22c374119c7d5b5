#!/bin/sh
# The top level holds what the README's map says and nothing else; scripts can be run; shell
# scripts pass shellcheck where it is installed.
set -u
map='.ci .clang-format .gitignore CHANGES.md CITATION.cff LICENSE Makefile README.md'
map="$map docs examples fixtures pipeline plots stats tests"

if tracked=$(git ls-files 2>/dev/null) && [ -n "$tracked" ]; then
	found=$(printf '%s\n' "$tracked" | cut -d/ -f1 | sort -u)
else
	found=$(find . -maxdepth 1 ! -name . | sed 's|^./||' | grep -vx -e .git -e build -e out -e accord)
fi
for name in $found; do
	case " $map " in
	*" $name "*) echo "ok top level: $name" ;;
	*) echo "not ok top level: $name is not on the map" ;;
	esac
done
for name in $map; do
	if [ ! -e "$name" ]; then echo "not ok top level: no $name"; fi
done
for script in .ci/run tests/*.sh examples/*/*.sh; do
	if [ ! -x "$script" ]; then
		echo "not ok $script cannot be executed"
	elif said=$(sh -n "$script" 2>&1 && { ! command -v shellcheck || shellcheck -S warning "$script"; } 2>&1); then
		echo "ok script $script"
	else
		echo "not ok script $script"
		printf '%s\n' "$said" | sed 's/^/# /'
	fi
done
