#!/bin/sh
# Run the commands that the documents tell people to type.
#
#   tests/tutorial.sh README.md docs/*.md
#
# In a document, between a line `<!-- tutorial -->` and a line `<!-- /tutorial -->`,
#
#   ```sh      is run (sh -eu), all blocks of a document one after the other in one copy of the tree;
#              a command that fails fails the block
#   ```text    right after such a block is what it prints, to the letter (standard output and error
#              together); a line `...` stands for any lines
#
# Blocks of other kinds (```console, ```csv, plain ```) are not looked at. ./accord is there and
# built. Documents without the marker are passed over, but one named README.md must have it.
set -u
unset MAKEFLAGS MAKELEVEL MFLAGS MODE NO_INSTALL # as in the reader's own shell
root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-tutorial.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# FILE -> N.sh, N.line and, where there is one, N.text in $work/blocks
blocks() {
	rm -rf "$work/blocks" && mkdir "$work/blocks"
	awk -v out="$work/blocks/" '
		/^<!-- tutorial -->/ { inside = 1 }
		/^<!-- \/tutorial -->/ { inside = 0 }
		fence && /^```/ { close(target); fence = 0; next }
		fence { print > target; next }
		inside && /^```sh[ \t]*$/ {
			name = out sprintf("%03d", ++n); fence = follows = 1
			target = name ".sh"; printf "" > target
			print NR > (name ".line"); close(name ".line")
			next
		}
		inside && follows && /^```text[ \t]*$/ {
			target = name ".text"; printf "" > target; fence = 1; follows = 0; next
		}
		/^```/ { fence = 1; target = "/dev/null"; follows = 0; next }
		NF { follows = 0 }' "$1"
}

# alike EXPECTED GOT: line by line; `...` matches any lines, none too
alike() {
	awk 'NR == FNR { e[++n] = $0; next } { g[++m] = $0 }
	END {
		i = j = 1
		while (j <= m) {
			if (i <= n && e[i] == "...") { star = i++; back = j }
			else if (i <= n && e[i] == g[j]) { i++; j++ }
			else if (star) { i = star + 1; j = ++back }
			else exit 1
		}
		while (i <= n && e[i] == "...") i++
		exit i <= n
	}' "$1" "$2"
}

for document; do
	blocks "$document"
	if ! grep -q '^<!-- tutorial -->' "$document"; then
		if [ "$document" = README.md ]; then echo "not ok $document: no tutorial"; fi
		continue
	fi
	rm -rf "$work/tree" && mkdir "$work/tree" && tar -cf - --exclude ./.git --exclude ./out \
		--exclude './build/[!r]*' . | tar -xf - -C "$work/tree"
	for block in "$work"/blocks/*.sh; do
		if [ ! -e "$block" ]; then
			echo "not ok $document: a tutorial without commands"
			continue
		fi
		name="$document:$(cat "${block%.sh}.line")"
		(cd "$work/tree" && sh -eu "$block" >"$work/said" 2>&1 </dev/null)
		status=$?
		if [ $status != 0 ]; then
			echo "not ok $name: status $status"
			sed 's/^/# /' "$block" "$work/said"
		elif [ -e "${block%.sh}.text" ] && ! alike "${block%.sh}.text" "$work/said"; then
			echo "not ok $name: prints something else"
			diff -u "${block%.sh}.text" "$work/said" | sed 's/^/# /; 1s/.*/# - in the document, + printed/; 2d'
		else
			echo "ok $name: $(sed -n '/^[^#]/{p;q;}' "$block")"
		fi
	done
done
