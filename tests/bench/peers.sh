#!/bin/sh
# Whole programs, from a CSV to the number: Accord, the limits of the machine, and other people's
# programs, in one run; writes docs/bench.md.
#
#   tests/bench/peers.sh [SIZE...]     S M L XL; default all
#
# Data are made once, by tests/bench/generate, in build/bench (about 2 GB with XL). A peer is measured
# when it is installed (tests/prerequisites.sh bench installs those that are packaged) and left out where
# it would take hours or all memory. RUNS=5 counted runs of each, in turn; of what takes longer than
# SLOW=30 seconds, one.
set -eu
BUILD=${BUILD:-build/release} RUNS=${RUNS:-5} SLOW=${SLOW:-30}
tools=$BUILD/tests/bench data=build/bench list=build/bench/list accord=$BUILD/accord
[ $# != 0 ] || set -- S M L XL
mkdir -p $data
python=$(for p in /usr/bin/python3 python3; do command -v $p && break; done || true)
tab=$(printf '\t')

# has PROGRAM [MODULE...]: can it be measured?
has() {
	program=$1
	shift
	case $program in
	python) [ -n "$python" ] && $python -c "import sys$(printf ', %s' "$@")" ;;
	R) command -v Rscript && Rscript -e "for (p in strsplit('$*', ' ')[[1]]) library(p, character.only = TRUE)" ;;
	node) command -v node && node -e "require('$1')" ;;
	esac >/dev/null 2>&1
}
# made NAME ARGUMENTS...: a data file
made() {
	file=$data/$1.csv
	shift
	if [ ! -e "$file" ]; then
		"$tools/generate" "$@" >"$file.part" && mv "$file.part" "$file"
	fi
}
group=
# begin GROUP; then run NAME COMMAND...: the first is the yardstick
begin() { group=$1; }
run() {
	name=$1
	shift
	echo "$group$tab$name$tab$*" >>$list
}
agree() { echo "$accord agree --quiet --format csv --coefficient $*"; }

# What a size is read by: accord and the limits of the machine.
limits() {
	for order in grouped shuffled; do
		file=$data/$1-$order.csv
		begin "$1 $order: from CSV to a coefficient"
		run 'libcsv, a bare pass' "$tools/bare_csv $file"
		run 'read and memchr' "$tools/newlines $file"
		run 'accord, alpha' "$(agree krippendorff_alpha) $file"
		run 'accord, usual coefficients and intervals' "$accord agree --quiet --format csv $file"
		run 'accord, all coefficients and intervals' "$(agree all) $file"
		run 'accord, alpha, two threads' "$(agree krippendorff_alpha) --threads 2 $file"
	done
}
# What others take; the sizes that each is asked for.
peers() {
	file=$data/$1-grouped.csv
	begin "$1: other programs"
	run 'accord, alpha' "$(agree krippendorff_alpha) $file"
	run 'accord, usual coefficients and intervals' "$accord agree --quiet --format csv $file"
	here='tests/bench/peers'
	four='gwet.ac1.raw fleiss.kappa.raw conger.kappa.raw krippen.alpha.raw'
	while IFS='|' read -r program modules name script sizes; do
		case " $sizes " in *" $1 "*) ;; *) continue ;; esac
		# shellcheck disable=SC2086 # words
		if has $program $modules; then
			case $program in
			python) run "$name" "$python $here/$script $file" ;;
			R) run "$name" "Rscript --vanilla $here/$script $file" ;;
			node) run "$name" "node $here/$script $file 2" ;;
			esac
		else
			echo "$name: $modules not installed" >&2
		fi
	done <<-LIST
		python|pandas numpy|pandas and numpy by hand, alpha|alpha_pandas.py|S M L XL
		python|pandas sklearn|pandas, scikit-learn, Cohen (two coders)|cohen_sklearn.py|S M L
		python|pandas statsmodels|pandas, statsmodels, Fleiss (complete units)|fleiss_statsmodels.py|S M L
		python|nltk|nltk, alpha|alpha_nltk.py|S M
		R|data.table|R, data.table by hand, alpha|alpha_datatable.R|S M L
		R|data.table irrCAC|R, data.table, irrCAC, AC1|raw_irrcac.R gwet.ac1.raw|S M L
		R|data.table irrCAC|R, data.table, irrCAC, four coefficients|raw_irrcac.R $four|S M L
		R|data.table psych|R, data.table, psych, Cohen (two coders)|cohen_psych.R|S M L
		R|data.table vcd|R, data.table, vcd, Cohen (two coders)|cohen_vcd.R|S M L
		node|@duckdb/node-api|DuckDB, two threads, alpha as SQL|alpha_duckdb.js|S M L XL
	LIST
}
bootstrap() {
	begin "$1: 10,000 bootstrap replicates of units"
	boot='--ci bootstrap-percentile --replicates 10000 --cluster unit'
	run 'accord, alpha' "$(agree krippendorff_alpha) $boot $data/$1-grouped.csv"
	run 'accord, alpha, two threads' "$(agree krippendorff_alpha) $boot --threads 2 $data/$1-grouped.csv"
	run 'accord, all coefficients' "$(agree all) $boot $data/$1-grouped.csv"
	has python pandas && run 'numpy, the same algorithm, alpha' \
		"$python tests/bench/peers/bootstrap_numpy.py $data/$1-grouped.csv 10000"
	if [ "$1" = S ] && has R data.table irrCAC boot; then
		run 'R boot and irrCAC, AC1' \
			"Rscript --vanilla tests/bench/peers/bootstrap_irrcac.R $data/S-grouped.csv 10000"
	fi
}
cooccurrence() {
	for order in grouped shuffled; do
		file=$data/themes-$order.csv
		begin "500 themes, 10^6 segments, 3 coders, $order: co-occurrence"
		run 'libcsv, a bare pass' "$tools/bare_csv $file"
		some="$accord cooccur --quiet --layer any --test none --ci none"
		square="$some --format square"
		all="$some --format csv --measure all"
		run 'accord, counts alone' "$square $file"
		run 'accord, counts alone, two threads' "$square --threads 2 $file"
		run 'accord, all measures' "$all $file"
		run 'accord, all measures, two threads' "$all --threads 2 $file"
		has python pandas scipy && run 'pandas and scipy.sparse, counts alone' \
			"$python tests/bench/peers/cooccurrence_scipy.py $file"
	done
}
# tabulated NAME: the patterns of a data file, counted now
tabulated() { "$accord" tabulate "$data/$1.csv" --quiet --output "$data/$1.patterns"; }
# How replicates of all coefficients, from patterns, grow with the units of the data file NAME of UNITS, and
# in number. NAME UNITS...
replicates() {
	begin 'growth with units of 10,000 bootstrap replicates, all coefficients, from patterns'
	boot="$(agree all) --ci bootstrap-percentile --cluster unit --replicates"
	first=$1
	while [ $# != 0 ]; do
		tabulated "$1"
		run "$2 units" "$boot 10000 $data/$1.patterns"
		shift 2
	done
	begin 'growth with replicates'
	for number in 1000 10000 100000; do
		run "$number replicates" "$boot $number $data/$first.patterns"
	done
}
# growth NAME ARGUMENT VALUES...: one argument of the generator at a time
growth() {
	begin "growth with $1"
	of=$1 argument=$2
	shift 2
	for value; do
		made "growth-$argument-$value" units=100000 coders=3 codes=10 "$argument=$value"
		run "$value $of" "$(agree all) $data/growth-$argument-$value.csv"
	done
}

rm -f $list
for size; do
	case $size in
	S) shape='units=1160 coders=3 codes=12' ;;
	M) shape='units=100000 coders=3 codes=10' ;;
	L) shape='units=1000000 coders=5 codes=8 missing=0.1' ;;
	XL) shape='units=10000000 coders=3 codes=10' ;;
	*) echo "$0: $size: a size is S, M, L or XL" >&2 && exit 2 ;;
	esac
	# shellcheck disable=SC2086 # words
	made "$size-grouped" $shape
	# shellcheck disable=SC2086 # words
	made "$size-shuffled" $shape shuffled
	limits "$size"
	peers "$size"
	bootstrap "$size"
done
case " $* " in *' L '*)
	made text units=200000 coders=5 codes=8 text
	begin 'a quoted text column: from CSV to a coefficient'
	run 'libcsv, a bare pass' "$tools/bare_csv $data/text.csv"
	run 'read and memchr' "$tools/newlines $data/text.csv"
	run 'accord, alpha' "$(agree krippendorff_alpha) $data/text.csv"
	made themes-grouped units=1000000 coders=3 themes=500
	made themes-shuffled units=1000000 coders=3 themes=500 shuffled
	cooccurrence
	;;
esac
begin 'the demo study'
run 'accord agree --help' "$accord agree --help"
for stage in 'agree' 'cooccur' 'compare' 'coders' 'map' 'saturate' 'disagree'; do
	run "accord $stage" "$accord $stage fixtures/compassion/ratings.csv --seen listed --quiet --format csv"
done
make --no-print-directory --always-make --dry-run demo-results DEMO=$data/demo |
	sed -n "s|^\./accord |$accord |p" >$data/demo.sh
mkdir -p $data/demo
run 'all results of the study, figures not counted' "sh -eu $data/demo.sh"
growth units units 1000 10000 100000 1000000
growth coders coders 2 4 8
growth codes codes 2 5 10 20
case " $* " in
*' XL '*) set -- XL-grouped 10000000 ;;
*) set -- ;;
esac
replicates growth-units-100000 100000 growth-units-1000000 1000000 "$@"

"$tools/measure" -n "$RUNS" -t "$SLOW" <$list >$data/results
tests/bench/report.sh $data/results >$data/bench.md
mv $data/bench.md docs/bench.md
echo "written: docs/bench.md"
