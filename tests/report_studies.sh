#!/bin/sh
# For the suite `report`: the demo study with its figures, and a study with hostile names, each with its
# report in every format, in build/report/demo and build/report/hostile.
set -eu
BUILD=${BUILD:-build/release} MAKE=${MAKE:-make}
out=build/report
accord=$BUILD/accord
mkdir -p $out/hostile
$MAKE --no-print-directory MODE=release BUILD=build/release DEMO=$out/demo demo-study >/dev/null
"$BUILD/tests/report_check" --study >$out/hostile.csv
$accord agree $out/hostile.csv --seen listed --by theme,group --coefficient alpha --quiet \
	--output $out/hostile/agreement.csv
$accord explain $out/hostile.csv --seen listed --quiet --output $out/hostile/explain.csv
for study in demo hostile; do
	title='Compassion in medical training: agreement of coders' figures="--figures $out/demo/figures"
	if [ $study = hostile ]; then
		title='</title><script>alert(1)</script> "\\end{document}" & $_%#~^'
		figures=
	fi
	printf 'made by: tests <b>&amp; "this" \\end{verbatim}\n' >$out/record.txt
	for format in html:html json:json markdown:md latex:tex; do
		# shellcheck disable=SC2086 # words
		$accord report $out/$study/*.csv $figures --synthetic --title "$title" \
			--provenance $out/record.txt --format "${format%:*}" \
			--output "$out/$study/report.${format#*:}"
	done
done
