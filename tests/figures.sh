#!/bin/sh
# The figures, measured as a journal would: every figure of the demo study for every journal, width
# and format; drawn twice to the same bytes; only what changed drawn again; what an author edited
# kept; the gallery up to date; all hostile names. Needs what `tests/prerequisites.sh figures` says.
# shellcheck disable=SC2086,SC2046 # the folders have plain names
set -u
MAKE=${MAKE:-make} accord=build/release/accord
work=build/check/figures demo=build/check/figures/demo
rm -rf $work
mkdir -p $work
said() { printf '%s\n' "$1" | tail -20 | sed 's/^/# /'; }
# holds NAME COMMAND...: ok when the command succeeds
holds() {
	name=$1
	shift
	if out=$("$@" 2>&1); then echo "ok $name"; else
		echo "not ok $name"
		said "$out"
	fi
}
# fresh FOLDER NAME: the files of that name written since `age FOLDER`
age() { find "$1" -type f -exec touch -d 2001-01-01 {} +; }
fresh() { find "$1" -type f -name "$2" -newermt 2002-01-01; }
names=$(sed -n 's/^ACC_FIGURE(\([a-z_]*\))$/\1/p' plots/figures.def)

# ---- every journal, width and format, measured; and greys
if out=$($MAKE --no-print-directory MODE=release BUILD=build/release DEMO=$demo \
	FIGURES=$work/journals every-figure 2>&1); then
	echo 'ok every figure for every journal is drawn'
else
	echo 'not ok every figure for every journal is drawn'
	said "$out"
	exit
fi
case $out in
*[Ww]arning* | *'not drawn'* | *'no installed font'*)
	echo 'not ok they are drawn without a complaint'
	said "$(printf '%s\n' "$out" | grep -iE 'warning|not drawn|font')"
	;;
*) echo 'ok they are drawn without a complaint' ;;
esac
# journal, smallest text, tallest picture, dpi: from the list that the program is built from
sed -n 's/^ACC_JOURNAL(//; s/"[^"]*"//gp' plots/journals.def |
	awk -F', *' '/^[a-z]/ { print $1, $5, $7, $8 }' >$work/sizes
while read -r journal smallest tallest dpi; do
	python3 tests/figures/measure.py $work/journals/$journal $smallest $tallest $dpi
done <$work/sizes
python3 tests/figures/measure.py $work/journals/grey 6 235 300
python3 tests/figures/colours.py $work/journals/default/style.gp
for name in $names; do
	for file in $name.gp $name.dat $name.caption.txt $name.alt.txt; do
		holds "there is $file" test -s $work/journals/default/$file
	done
done

# ---- the same bytes twice, in every format
results=$(echo $demo/*.csv)
plot() { $accord plot $results --synthetic --quiet "$@"; }
again=$work/again
plot --journal frontiers --format pdf,svg,png,tiff,eps --output $again
for file in $again/*; do
	holds "same bytes twice: ${file##*/}" cmp $file $work/journals/frontiers/${file##*/}
done

# ---- only what changed is drawn again
age $again
plot --journal frontiers --format pdf,svg,png,tiff,eps --output $again
holds 'nothing changed: nothing is drawn' test -z "$(fresh $again '*')"
plot --journal frontiers --color 0 --format svg --output $again
holds 'another setting: drawn again' test -n "$(fresh $again forest-85.svg)"
holds 'another setting: pictures not asked for stay' test -z "$(fresh $again '*.pdf')"
rm $again/forest-85.svg
plot --journal frontiers --color 0 --format svg --output $again
holds 'a picture that is gone is drawn again' test -s $again/forest-85.svg

# A theme of another name: the figures that show it, and no other.
renamed=$work/renamed
plot --format svg --width 85 --output $renamed
age $renamed
sed 's/burnout/burning out/g' fixtures/compassion/ratings.csv >$work/ratings.csv
mkdir $work/results
$MAKE --no-print-directory MODE=release BUILD=build/release DEMO=$work/results \
	STUDY=$work/ratings.csv $(for r in $results; do echo $work/results/${r##*/}; done) >$work/log 2>&1
$accord plot $work/results/*.csv --synthetic --quiet --format svg --width 85 --output $renamed
for picture in $renamed/*.svg; do
	shown=no drawn=no
	if grep -q 'burning' $picture; then shown=yes; fi
	if [ -n "$(fresh $renamed ${picture##*/})" ]; then drawn=yes; fi
	holds "a renamed theme: ${picture##*/}: shown $shown, drawn again $drawn" test $shown = $drawn
done

# ---- an author's edits
edited=$work/edited
plot --figure forest --format svg --output $edited
sed -i 's/XMAX = 1;/XMAX = 1.2;/' $edited/forest.gp
cp $edited/forest.gp $work/mine.gp
note=$($accord plot $results --synthetic --figure forest --format svg --output $edited 2>&1)
holds 'an edited script stays' cmp $edited/forest.gp $work/mine.gp
holds 'the new one is put beside it' test -s $edited/forest.gp.new
holds 'and that is said' expr "$note" : '.*forest.gp.*edited by hand.*forest.gp.new'
holds 'the picture is the edited one' \
	sh -c "! cmp -s $edited/forest-180.svg $work/journals/default/forest-180.svg"

# ---- one file alone
for name in $names; do
	plot --figure $name --inline-data --format svg --width 85 --output $work/alone
	holds "the same picture from a single file: $name" cmp $work/alone/$name-85.svg \
		$work/journals/default/$name-85.svg
done
mkdir $work/mailed
cp $work/alone/forest.gp $work/mailed/
holds 'a single file draws itself' sh -c "cd $work/mailed && gnuplot forest.gp && test -s forest-180.pdf"
holds 'nothing else is beside it' test ! -e $work/alone/forest.dat -a ! -e $work/alone/style.gp

# ---- a script that fails; no gnuplot
mkdir $work/broken
printf 'plot (\n' >$work/broken/forest.gp
plot --figure forest --format pdf --output $work/broken 2>/dev/null
status=$?
holds 'a script that fails is an error' test $status = 3
holds 'a script that fails leaves no picture' test -z "$(find $work/broken -name '*.pdf*')"
mkdir $work/nothing
note=$(PATH=$work/nothing $accord plot $results --synthetic --output $work/without 2>&1)
holds 'without gnuplot: the package is named' expr "$note" : '.*gnuplot-nox'
holds 'without gnuplot: scripts, data and captions' test -s $work/without/forest.gp -a \
	-s $work/without/forest.dat -a -s $work/without/forest.caption.txt
holds 'without gnuplot: no picture' test -z "$(find $work/without -name '*.pdf' -o -name '*.svg')"

# ---- the gallery is of this program
mkdir $work/docs
tests/figures/gallery.sh $work/docs/figures.md $work/docs/figures $results
holds 'docs/figures.md is up to date (make gallery)' diff $work/docs/figures.md docs/figures.md
holds 'docs/figures is up to date (make gallery)' diff -r $work/docs/figures docs/figures

# ---- all hostile names, every size of study
FIGURES=all BUILD=build/release tests/unit.sh test_render
