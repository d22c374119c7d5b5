#!/bin/sh
# The LaTeX of a report compiles with its bibliography, as a whole and as a piece for \input, also with
# hostile names; what it typesets holds the numbers.
set -u
BUILD=${BUILD:-build/release}
if ! said=$(tests/report_studies.sh 2>&1); then
	printf 'not ok the reports are made\n%s\n' "$said" | sed '2,$s/^/# /'
	exit 1
fi

# compile NAME FOLDER FILE: twice and the bibliography in between; no error, no undefined citation
compile() {
	rm -f "$2/$3".aux "$2/$3".bbl
	if (
		cd "$2" && pdflatex -interaction=nonstopmode -halt-on-error "$3" && bibtex "$3" &&
			pdflatex -interaction=nonstopmode -halt-on-error "$3" &&
			pdflatex -interaction=nonstopmode -halt-on-error "$3"
	) >"$2/$3.said" 2>&1 && ! grep -E 'undefined|Missing character|^!' "$2/$3.log" "$2/$3.blg"; then
		echo "ok $1"
	else
		echo "not ok $1"
		grep -E -A3 '^!|undefined|Missing|error' "$2/$3.said" "$2/$3.blg" | head -20 | sed 's/^/# /'
	fi
}

# holds NAME PDF TEXT...: the page has these words
holds() {
	name=$1 text=$(pdftotext -layout "$2" - | tr -s ' \n' '  ')
	shift 2
	for words; do
		case $text in
		*"$words"*) ;;
		*) echo "not ok $name: '$words' is not on paper" && return ;;
		esac
	done
	echo "ok $name"
}

for study in demo hostile; do
	folder=build/report/latex-$study
		mkdir -p "$folder"
	ln -sfn "$PWD/build" "$folder/build" # the figures stand where the report says
	cp build/report/$study/report.tex "$folder"
	compile "the report of $study" "$folder" report
done
holds 'what is typeset is the demo study' build/report/latex-demo/report.pdf 'burnout' 'Krippendorff' \
	'.75 [.73, .77]' 'capable of being cultivated' 'References' 'de Vries'
if [ "$(grep -c '^<use build/report/demo/figures/.*-180.pdf' build/report/latex-demo/report.log)" -ge 7 ]; then
	echo 'ok the figures are in it'
else
	echo 'not ok the figures are in it'
fi
holds 'hostile names on paper' build/report/latex-hostile/report.pdf '$(touch PWNED_x)' '50% agree' 'C:\new\table' \
	'a@^b_c' '{unclosed' '<touch PWNED_x'

piece=build/report/latex-piece
mkdir -p $piece
"$BUILD/accord" report build/report/demo/*.csv --format latex --section agreement,methods >$piece/part.tex
"$BUILD/accord" report build/report/demo/*.csv --format bibtex >$piece/accord.bib
{
	echo '\documentclass{article}'
	sed -n 's/^% \(\\.*\)/\1/p; s/^%   \(.*\)/\1/p' $piece/part.tex
	printf '%s\n' '\begin{document}' '\input{part}' '\bibliographystyle{plainnat}' '\bibliography{accord}' \
		'\end{document}'
} >$piece/paper.tex
compile 'a piece in a paper, with the preamble it asks for' $piece paper
