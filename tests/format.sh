#!/bin/sh
# The C sources are laid out as .clang-format says (`make format`). Versions of clang-format differ
# in details, and the house's is 14: with another one differences are shown and not counted.
set -u
program=clang-format
if command -v clang-format-14 >/dev/null; then program=clang-format-14; fi
verdict='not ok'
case $($program --version) in *'version 14.'*) ;; *) verdict='ok (not version 14)' ;; esac
for file in stats/*.[ch] stats/*/*.[ch] plots/*.[ch] plots/*/*.[ch] pipeline/*.[ch] \
	pipeline/*/*.[ch] tests/*.[ch] tests/*/*.[ch] fixtures/*/*.[ch]; do
	if [ ! -e "$file" ]; then continue; fi
	if said=$($program --dry-run -Werror "$file" 2>&1); then
		echo "ok layout of $file"
	else
		echo "$verdict layout of $file"
		printf '%s\n' "$said" | head -6 | sed 's/^/# /'
	fi
done
