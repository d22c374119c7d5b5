#!/bin/sh
# The tests leave nothing behind and change nothing: `before` notes every file outside build/, out/
# and .git/, `after` compares.
set -u
list() {
	find . \( -path ./.git -o -path ./build -o -path ./out -o -path ./accord \) -prune \
		-o \( -type f -o -type l \) -exec cksum {} + | sort -k 3
}
if [ "${1:-}" = before ]; then
	list >build/check/files
else
	if list | diff build/check/files - >build/check/files.diff && [ -s build/check/files ]; then
		echo 'ok no litter'
	else
		echo 'not ok no litter: the tests made or changed files'
		sed 's/^/# /' build/check/files.diff
	fi
fi
