#!/bin/sh
# The demo study runs twice, into two folders: every table has rows, every figure is whole, its fonts
# are embedded and its page as wide as its name says, and the two runs agree to the byte.
# shellcheck disable=SC2086,SC2231 # the folders have plain names
set -u
MAKE=${MAKE:-make}
first=build/check/demo second=build/check/demo-again
rm -rf $first $second

# By itself `make comparison` makes what compares the groups, and no more.
$MAKE --no-print-directory MODE=release BUILD=build/release DEMO=$first demo-comparison >/dev/null 2>&1
for file in comparison.csv differences.csv coders.csv map.csv saturation.csv \
	figures/groups-180.pdf figures/prevalence-180.pdf figures/map-85.svg figures/saturation-85.svg; do
	if [ -s $first/$file ]; then
		echo "ok make comparison: $file"
	else
		echo "not ok make comparison: $file"
	fi
done
if [ -e $first/agreement.csv ]; then
	echo 'not ok make comparison also makes what it need not'
fi

for folder in $first $second; do
	if said=$($MAKE --no-print-directory MODE=release BUILD=build/release DEMO=$folder demo-study 2>&1); then
		echo "ok demo study into $folder"
	else
		echo "not ok demo study into $folder"
		printf '%s\n' "$said" | tail -20 | sed 's/^/# /'
		exit
	fi
done
case $said in
*[Ww]arning* | *"gnuplot>"*)
	echo 'not ok demo study: gnuplot or Accord warns'
	printf '%s\n' "$said" | grep -i -B2 -A2 warning | sed 's/^/# /'
	;;
*) echo 'ok demo study without warnings' ;;
esac

for table in agreement pairs cooccurrence sets comparison differences coders map saturation \
	disagreements; do
	if [ "$(wc -l <$first/$table.csv)" -gt 1 ]; then
		echo "ok rows in $table.csv"
	else
		echo "not ok rows in $table.csv"
	fi
done

# What was planted (fixtures/compassion/README.md) is found, and nothing else: rows of density by kind,
# theme and groups, and what must be true of their p ($20) and p_holm ($21).
planted() {
	if awk -F, -v rows="$2" 'index($0, rows) == 1 { n++; if ('"$3"') good++ }
		END { exit !(n && n == good) }' $first/comparison.csv; then
		echo "ok $1"
	else
		echo "not ok $1: $3"
		grep "^$2" $first/comparison.csv | sed 's/^/# /'
	fi
}
planted 'planted difference found: time constraints' \
	'prevalence,test,density,,time constraints,' '$20 != "" && $20 < .05'
planted 'planted difference found: students and advisors, corrected for three pairs' \
	'prevalence,difference,density,,time constraints,majority,students,advisors,' \
	'$21 != "" && $21 < .05 && $15 < 0'
planted 'planted equality not called different: self-care' \
	'prevalence,test,density,,self-care,' '$20 != "" && $20 > .05'
planted 'planted equality not called different: self-care, every pair' \
	'prevalence,difference,density,,self-care,' '$20 > .05 && $14 < 0 && $15 > 0'
planted 'four leaders, rare theme: not estimable, and whose fault it is' \
	'prevalence,test,density,,role models,' \
	'$20 == "" && /,not_estimable,not enough in: leaders,/'
planted 'four leaders, rare theme: agreement is not estimable either' \
	'agreement,test,krippendorff_alpha,identity,role models,' \
	'$20 == "" && /,not_estimable,not enough in: leaders,/'
for report in report.html methods.md; do
	if [ -s "$first/$report" ]; then
		echo "ok there is $report"
	else
		echo "not ok there is no $report"
	fi
done
for picture in $first/figures/*.svg; do
	if tail -c 20 "$picture" | grep -q '</svg>'; then
		echo "ok whole: $picture"
	else
		echo "not ok whole: $picture"
	fi
done
for picture in $first/figures/*.pdf; do
	width=${picture%.pdf} width=${width##*-}
	said=$(
		pdfinfo "$picture" 2>&1 | awk -v width="$width" '
			/^Page size/ { w = $3 * 25.4 / 72; found = 1 }
			END { if (!found || w < width - .3 || w > width + .3) print "page is " w " mm wide" }'
		pdffonts "$picture" 2>&1 | awk 'NR > 2 { n++ } NR > 2 && $(NF - 4) != "yes" {
			print "font not embedded: " $1 } NR > 2 && !/Liberation/ { print "other font: " $1 }
			END { if (!n) print "no text" }'
	)
	if [ -z "$said" ]; then
		echo "ok page and fonts: $picture"
	else
		echo "not ok page and fonts: $picture"
		printf '%s\n' "$said" | sed 's/^/# /'
	fi
done
if cmp -s $first/figures/forest-180.svg docs/figures/forest-180.svg; then
	echo 'ok the figure of README is the demo study'
else
	echo 'not ok docs/figures/forest-180.svg is not the demo study: make gallery'
fi
for file in $(cd $first && find . -type f ! -name '*.made' | sort); do
	if cmp -s "$first/$file" "$second/$file"; then
		echo "ok same bytes twice: $file"
	else
		echo "not ok same bytes twice: $file"
	fi
done
