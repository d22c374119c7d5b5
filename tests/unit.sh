#!/bin/sh
# Run the unit tests: each tests/unit/NAME.c is a cmocka program of its own.
#
#   BUILD=build/release tests/unit.sh [NAME...]
set -u
BUILD=${BUILD:-build/release}
export BUILD CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=exitcode=99 LC_ALL=C
limit=
if command -v timeout >/dev/null; then limit='timeout 100'; fi
if [ $# = 0 ]; then
	for source in tests/unit/*.c; do
		name=${source##*/}
		set -- "$@" "${name%.c}"
	done
fi
for name; do
	{
		$limit "$BUILD/tests/unit/$name" 2>&1 </dev/null
		echo "status $?"
	} | awk -v name="$name" '
		/^[ \t]*(not )?ok [0-9]+ - / {
			verdict = /not ok/ ? "not ok" : "ok"
			sub(/^[ \t]*(not )?ok [0-9]+ - /, "")
			print verdict " " name ": " $0
			seen[verdict]++
			next
		}
		/^1\.\.[0-9]+/ { planned += substr($1, 4) }
		/^status [0-9]+$/ { status = $2; next }
		{ print "# " $0 }
		END {
			if (!planned)
				print "not ok " name ": ran no test, status " status
			else if (seen["ok"] + seen["not ok"] < planned)
				print "not ok " name ": stopped early or skipped, status " status
			else if (status != 0 && !seen["not ok"])
				print "not ok " name ": ended with status " status
		}'
done
