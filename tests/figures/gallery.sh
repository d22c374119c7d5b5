#!/bin/sh
# Every figure of the demo study on one page, with the command that draws it, what it shows and its
# caption.
#
#   tests/figures/gallery.sh PAGE FOLDER RESULTS...   writes PAGE and FOLDER/NAME-180.svg
set -eu
page=$1 folder=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./accord plot "$@" --synthetic --width 180 --format svg --output "$work" --quiet
mkdir -p "$folder"
rm -f "$folder"/*.svg
cp "$work"/*.svg "$folder/"
here=$(basename "$folder")

# needs KEY: the stage whose results a figure is drawn from
needs() {
	./accord list figures --format csv | sed 's/"[^"]*"/x/g' |
		awk -F, -v key="$1" '$1 == key { print $4 }'
}
{
	cat <<'END'
# Figures

Made by `make gallery` from the demo study, whose codings are synthetic; do not edit. `make figures` draws all of
them for every journal (`accord list journals`) in every format, `make check-figures` measures them. What the files
are is in [formats.md](formats.md), section 4; how to add a figure in [extending.md](extending.md).

Every picture has a caption (`NAME.caption.txt`) and a text for those who do not see it (`NAME.alt.txt`, also inside
the SVG).

END
	echo '```sh'
	echo 'make demo                                                  # results, and figures as PDF and SVG'
	echo 'accord plot out/demo/agreement.csv --journal frontiers     # sizes, widths and formats of a journal'
	echo 'accord plot out/demo/agreement.csv --color 0               # greys'
	echo 'accord plot out/demo/agreement.csv --inline-data           # each script a file of its own, to mail'
	echo '```'
	for key in $(./accord list figures --format csv | awk -F, 'NR > 1 { print $1 }'); do
		if [ ! -e "$work/$key-180.svg" ]; then continue; fi
		alt=$(tr '\n' ' ' <"$work/$key.alt.txt" | sed 's/ *$//;s/[][]/\\&/g')
		printf '\n## %s\n\n' "$key"
		printf '`accord plot RESULTS --figure %s`, from the results of `accord %s`\n\n' \
			"$key" "$(needs "$key")"
		printf '![%s](%s/%s-180.svg)\n\n' "$alt" "$here" "$key"
		cat "$work/$key.caption.txt"
		for more in "$work/$key"-180-p*.svg; do
			if [ ! -e "$more" ]; then continue; fi
			printf '\n![%s, continued](%s/%s)\n' "$key" "$here" "$(basename "$more")"
		done
	done
} >"$work/page.md"
mv "$work/page.md" "$page"
