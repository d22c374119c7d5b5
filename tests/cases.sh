#!/bin/sh
# Command cases: a case is a folder under tests/cases/ with
#
#   cmd              a shell snippet; `accord` is the program under test, fixtures/ is at hand, and
#                    every other file of the folder lies in the working directory
#   expected.out     its standard output                             (no file: nothing)
#   expected.err     its standard error                              (no file: nothing)
#   exit             its exit status                                 (no file: 0)
#   expected.files   files and folders it leaves behind, one a line  (no file: none)
#   not-asan         why it cannot run under the sanitizers          (no file: it can)
#
#   BUILD=build/release tests/cases.sh [PATH...]           run all, or those whose folder begins
#                                                          with tests/cases/PATH
#   BUILD=build/release tests/cases.sh --update [PATH...]  write what the program says now into the
#                                                          folders; then read `git diff`
set -u

BUILD=${BUILD:-build/release}
if [ "${1:-}" != --batch ]; then
	root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
	update=
	if [ "${1:-}" = --update ]; then
		update=yes
		shift
	fi
	[ $# != 0 ] || set -- ''
	export BUILD root update
	all() {
		for path; do
			find tests/cases -path "tests/cases/${path#tests/cases/}*" -name cmd
		done | sort -u | tr '\n' '\0' | xargs -0 -n 8 -P "${JOBS:-2}" "$0" --batch
	}
	# Through a pipe: in a file, what two write at once has been lost (cat copies without the file's lock).
	exec 4>&1
	status=$({ { all "$@" 4>&-; echo $? >&3; } | cat >&4; } 3>&1)
	exit "$status"
fi
shift

work=$(mktemp -d "${TMPDIR:-/tmp}/accord-cases.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
limit=
if command -v timeout >/dev/null; then limit='timeout 20'; fi

# execute FOLDER: leaves here/, out, err, status and files in $work
execute() {
	rm -rf "$work/here" && mkdir "$work/here" && ln -s "$root/fixtures" "$work/here/fixtures"
	for file in "$1"/* "$1"/.[!.]*; do
		case ${file##*/} in
		cmd | exit | expected.* | not-asan | '*' | '.[!.]*') ;;
		*) cp -R "$file" "$work/here" ;;
		esac
	done
	(
		cd "$work/here" || exit
		# shellcheck disable=SC2086 # none or two words
		exec env -i PATH="$root/$BUILD:$PATH" HOME="$work" LC_ALL=C TZ=UTC ROOT="$root" \
			ACCORD="$root/$BUILD/accord" ASAN_OPTIONS=exitcode=99 $limit sh "$1/cmd"
	) >"$work/out" 2>"$work/err" </dev/null
	echo $? >"$work/status"
	(
		cd "$work/here" || exit
		for file in * .[!.]*; do
			if [ -e "$file" ] && [ "$file" != fixtures ] && [ ! -e "$1/$file" ]; then
				printf '%s\n' "$file"
			fi
		done
	) >"$work/files"
}

# same EXPECTED GOT: an absent file is an empty one
same() {
	if [ -e "$1" ]; then cmp -s "$1" "$2"; else [ ! -s "$2" ]; fi
}
differences() {
	if [ -e "$1" ]; then expected=$1; else expected=/dev/null; fi
	same "$1" "$2" || diff -u "$expected" "$2" | sed "s/^/# /; 1s/.*/# $3: - expected, + got/; 2d"
}
keep() {
	if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}

for case; do
	folder=$root/${case%/cmd} name=${case%/cmd} name=${name#tests/}
	case $BUILD in *asan*) if [ -e "$folder/not-asan" ]; then continue; fi ;; esac
	execute "$folder"
	read -r status <"$work/status"
	expected=0
	if [ -e "$folder/exit" ]; then read -r expected <"$folder/exit"; fi
	if [ -n "$update" ]; then
		keep "$work/out" "$folder/expected.out"
		keep "$work/err" "$folder/expected.err"
		keep "$work/files" "$folder/expected.files"
		if [ "$status" = 0 ]; then rm -f "$folder/exit"; else echo "$status" >"$folder/exit"; fi
		echo "written $name (exit $status)"
	elif [ "$status" = "$expected" ] && same "$folder/expected.out" "$work/out" &&
		same "$folder/expected.err" "$work/err" &&
		same "$folder/expected.files" "$work/files"; then
		echo "ok $name"
	else
		echo "not ok $name"
		if [ "$status" != "$expected" ]; then echo "# exit status $status, expected $expected"; fi
		differences "$folder/expected.err" "$work/err" 'standard error'
		differences "$folder/expected.out" "$work/out" 'standard output'
		differences "$folder/expected.files" "$work/files" 'files left behind'
	fi >"$work/report"
	cat "$work/report"
done
