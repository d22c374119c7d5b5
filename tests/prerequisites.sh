#!/bin/sh
# What a machine needs to build Accord (`demo`), to test it (`check`), and for the further suites of
# tests (`figures`, `report`, `cluster`); `bench`: the packaged programs it is compared with.
#
#   tests/prerequisites.sh PURPOSE...
#
# Looks, says what is missing, and installs it with the system's package manager (apt-get, dnf or
# brew; through sudo where that is needed). Says nothing when nothing is missing. NO_INSTALL=1
# prints the command instead and fails. CC and CPPFLAGS are the ones the build will use.
#
# To add a need: one line in "What is needed".
set -eu

CC=${CC:-cc} CPPFLAGS=${CPPFLAGS:-}
manager='' missing='' packages=''
for m in apt-get dnf brew; do
	if command -v $m >/dev/null; then manager=$m && break; fi
done

# need WHAT APT DNF BREW TEST...: WHAT is missing unless the test succeeds; "-" is no package
need() {
	what=$1 apt=$2 dnf=$3 brew=$4
	shift 4
	if "$@" >/dev/null 2>&1; then return; fi
	missing="$missing${missing:+, }$what"
	case $manager in
	apt-get) names=$apt ;;
	dnf) names=$dnf ;;
	*) names=$brew ;;
	esac
	for name in $names; do
		case "$packages - " in *" $name "*) ;; *) packages="$packages $name" ;; esac
	done
}
program() { command -v "${1%% *}"; }
# shellcheck disable=SC2086 # flags are words
header() { printf '#include <stdio.h>\n#include <%s>\n' "$1" | $CC $CPPFLAGS -E -x c -; }
sanitizers() {
	for library in libasan libubsan; do
		case $(gcc -print-file-name=$library.so) in */*) ;; *) return 1 ;; esac
	done
}
latex() { program pdflatex && program bibtex && kpsewhich natbib.sty booktabs.sty longtable.sty lmodern.sty; }
slurm() { program sbatch && PATH=$PATH:/usr/sbin program slurmctld && PATH=$PATH:/usr/sbin program slurmd; }
gnu_parallel() { parallel --version | grep -q GNU; }
python_modules() { # of the system's Python, which the packages belong to
	python=$(for p in /usr/bin/python3 python3; do program $p && break; done) &&
		$python -c "import $(echo "$*" | tr ' ' ,)"
}
r_packages() {
	program Rscript && Rscript -e "for (p in strsplit('$*', ' ')[[1]]) library(p, character.only = TRUE)"
}
font() {
	if program fc-list; then
		fc-list : family | grep -q 'Liberation Sans'
	else
		find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" /Library/Fonts \
			"${HOME:-/}/Library/Fonts" -name 'LiberationSans-Regular.*' 2>/dev/null | grep -q .
	fi
}

# What is needed -------------------------------------------------------------------------------
case $CC in *clang*) compiler=clang ;; *) compiler=gcc ;; esac
if [ "$(uname -s)" = Darwin ]; then CPPFLAGS="$CPPFLAGS -I$(brew --prefix 2>/dev/null)/include"; fi
need "a C compiler ($CC)" "$compiler libc6-dev" $compiler - header stdlib.h
need 'GSL' libgsl-dev gsl-devel gsl header gsl/gsl_version.h
need 'libcsv' libcsv-dev libcsv-devel libcsv header csv.h
need 'inih' libinih-dev inih-devel inih header ini.h
need 'libmd' libmd-dev libmd-devel libmd header sha2.h
need 'xxHash' libxxhash-dev xxhash-devel xxhash header xxhash.h
need 'utf8proc' libutf8proc-dev utf8proc-devel utf8proc header utf8proc.h
need 'gnuplot' gnuplot-nox gnuplot gnuplot program gnuplot
need 'the font Liberation Sans' fonts-liberation liberation-sans-fonts font-liberation font
for purpose; do
	case $purpose in
	demo) ;;
	check)
		need 'cmocka' libcmocka-dev libcmocka-devel cmocka header cmocka.h
		need 'gcc' gcc gcc - program gcc
		need 'clang' clang clang - program clang
		need 'clang-format' clang-format clang-tools-extra clang-format program clang-format
		if [ "$(uname -s)" = Linux ]; then
			need 'the sanitizers of gcc' gcc 'libasan libubsan' - sanitizers
		fi
		need 'poppler (pdffonts)' poppler-utils poppler-utils poppler program pdffonts
		;;
	figures)
		need 'poppler (pdffonts, pdftoppm)' poppler-utils poppler-utils poppler program pdftoppm
		need 'mutool' mupdf-tools mupdf mupdf-tools program mutool
		need 'Ghostscript' ghostscript ghostscript ghostscript program gs
		need 'Python' python3 python3 python program python3
		;;
	report)
		need 'Node.js' nodejs nodejs node program node
		need 'npm' npm npm node program npm
		need 'Chromium' chromium chromium chromium program chromium
		need 'LaTeX with bibtex' 'texlive-latex-base texlive-latex-recommended lmodern' \
			'texlive-scheme-basic texlive-booktabs texlive-natbib texlive-lm' - latex
		;;
	cluster)
		need 'Slurm' slurm-wlm 'slurm-slurmctld slurm-slurmd' - slurm
		need 'GNU parallel' parallel parallel parallel gnu_parallel
		;;
	bench) # peers to compare with; not all are packaged everywhere
		need 'pandas, scikit-learn, statsmodels, nltk (python3)' \
			'python3-pandas python3-scipy python3-sklearn python3-statsmodels python3-nltk' \
			'python3-pandas python3-scipy python3-scikit-learn python3-statsmodels python3-nltk' \
			python3 python_modules pandas scipy sklearn statsmodels nltk
		need 'data.table, psych, vcd, boot (R)' \
			'r-base-core r-cran-data.table r-cran-psych r-cran-vcd r-cran-boot' \
			R-core r r_packages data.table psych vcd boot
		;;
	*)
		echo 'usage: tests/prerequisites.sh demo|check|figures|report|cluster|bench...' >&2
		exit 2
		;;
	esac
done
if [ -z "$missing" ]; then exit 0; fi

# Get it ---------------------------------------------------------------------------------------
as_root=
if [ "$(id -u)" != 0 ] && [ "$manager" != brew ]; then as_root='sudo '; fi
case $manager in
apt-get)
	command="${as_root}apt-get update && ${as_root}env DEBIAN_FRONTEND=noninteractive \
apt-get install -y --no-install-recommends$packages"
	;;
dnf) command="${as_root}dnf install -y$packages" ;;
brew) command="brew install$packages" ;;
*) command= ;;
esac

echo "missing: $missing" >&2
if [ -n "${AGAIN:-}" ]; then
	echo 'error: still missing after installing; see the messages above' >&2
	exit 1
elif [ -z "$command" ] || [ -z "$packages" ]; then
	echo 'error: no apt-get, dnf or brew here that has it; please install it yourself' >&2
	exit 1
elif [ -n "${NO_INSTALL:-}" ]; then
	echo "to install: $command" >&2
	exit 1
elif [ -n "$as_root" ] && ! program sudo >/dev/null; then
	echo "error: installing needs root, and there is no sudo; as root: tests/prerequisites.sh $*" >&2
	exit 1
fi
echo "installing: $command" >&2
sh -c "$command" >&2 || { echo 'error: installing failed; see the messages above' >&2 && exit 1; }
AGAIN=1 exec "$0" "$@"
