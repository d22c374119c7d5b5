#!/bin/sh
# The checks can fail: each is run on a small tree with a fault in it and must name the fault, and on
# the same tree without the fault and must not.
# shellcheck disable=SC2016 # what is written into files is not for this shell
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-self.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
export LC_ALL=C

# tree: a sound one in miniature, made anew; the working directory
tree() {
	cd "$work" && rm -rf tree && mkdir -p tree && cd tree || exit 1
	mkdir -p stats plots pipeline/read docs tests/cases/greet tests/unit fixtures build/check \
		build/release/stats build/release/plots build/release/tests/unit
	cp "$root"/tests/*.sh tests
	printf '#ifndef A_H\n#define A_H\nint a(void);\n#endif\n' >stats/a.h
	printf '#include "stats/a.h"\nint\na(void)\n{\n\treturn 1;\n}\n' >stats/a.c
	printf '#ifndef B_H\n#define B_H\n#include "stats/a.h"\n#endif\n' >plots/b.h
	printf '#include "plots/b.h"\n#include <csv.h>\n' >pipeline/read/csv.c
	printf '#!/bin/sh\n[ "$1" = list ] && printf "key,source\\nki,Li 1\\n" || echo "hello $1"\n' \
		>build/release/accord
	echo 'ACC_REASON(ro, "so")' >stats/reasons.def
	echo 'ACC_NOTE(0, no, "nu")' >stats/notes.def
	printf '| `ro` | so |\n| `no` | nu |\n' >docs/formats.md
	echo 'accord ki: `ki`, Li 1' >docs/methods.md
	echo 'accord you' >tests/cases/greet/cmd
	echo 'hello you' >tests/cases/greet/expected.out
	printf '#!/bin/sh\necho 1..1; echo "ok 1 - two"\n' >build/release/tests/unit/two
	touch tests/unit/two.c
	printf '<!-- tutorial -->\n```sh\necho one; echo two; echo three\n```\n```text\none\n...\nthree\n```\n' \
		>README.md
	cp "$root/.clang-format" .
	chmod +x build/release/accord build/release/tests/unit/two
}
compile() { for c in stats/*.c; do gcc -I. -c -o "build/release/${c%.c}.o" "$c"; done; }

# fault CHECK WHAT: with the fault WHAT in the tree, CHECK must say "not ok"
fault() {
	if tests/"$1.sh" ${3:+"$3"} 2>&1 | grep -q '^not ok'; then
		echo "ok $1 notices $2"
	else
		echo "not ok $1 notices $2"
	fi
	tree && compile
}

tree && compile
tests/litter.sh before
for check in 'includes' 'headers' 'cases' 'unit' 'tutorial README.md' 'format' 'registry' 'litter after'; do
	name=${check%% *} with=${check#"$name"}
	if said=$(tests/"$name.sh" ${with:+"${with# }"} 2>&1) &&
		! printf '%s\n' "$said" | grep '^not ok' && printf '%s\n' "$said" | grep -q '^ok'; then
		echo "ok $name is content with a sound tree"
	else
		echo "not ok $name is content with a sound tree"
		printf '%s\n' "$said" | sed 's/^/# /'
	fi
done

echo '#include "plots/b.h"' >>stats/a.c
fault includes 'stats including plots'
echo '#include "pipeline/read/csv.h"' >>plots/b.h
fault includes 'plots including pipeline'
echo '#include <gsl/gsl_math.h>' >>plots/b.h
fault includes 'GSL outside stats'
echo '#include <csv.h>' >pipeline/agree.c
fault includes 'csv.h outside the reader'
printf '#include <stdio.h>\nvoid p(double x);\nvoid p(double x) { printf("%%g", x); }\n' >>stats/a.c
compile
fault includes 'printing in stats'
printf '#include <stdlib.h>\nchar *p(void);\nchar *p(void) { return getenv("X"); }\n' >>stats/a.c
compile
fault includes 'the environment read in stats'
printf '#include <stdio.h>\nvoid p(char *s);\nvoid p(char *s) { snprintf(s, 3, "x"); }\n' >>stats/a.c
compile
if tests/includes.sh | grep -q '^not ok'; then echo 'not ok snprintf is fine'; else echo 'ok snprintf is fine'; fi
tree && compile
echo '#include "stats/c.h"' >>stats/a.h
echo '#include "stats/a.h"' >stats/c.h
fault includes 'a circle'
rm build/release/stats/a.o
fault includes 'an object that is not there'
echo 'size_t n(void);' >>stats/a.h
fault headers 'a header that does not stand alone'
echo 'hello me' >tests/cases/greet/expected.out
fault cases 'another output'
echo 1 >tests/cases/greet/exit
fault cases 'another exit status'
echo 'echo oops >&2' >>tests/cases/greet/cmd
fault cases 'another standard error'
echo 'touch left' >>tests/cases/greet/cmd
fault cases 'a file left behind'
rm build/release/accord
fault cases 'a program that is not there'
echo 'echo "not ok 2 - three"' >>build/release/tests/unit/two
fault unit 'a test that fails'
echo 'kill -SEGV $$' >>build/release/tests/unit/two
fault unit 'a crash'
sed 's/1\.\.1/1..2/' build/release/tests/unit/two >two && cat two >build/release/tests/unit/two
fault unit 'tests that did not run'
rm build/release/tests/unit/two
fault unit 'a program that is not there'
sed 's/^three$/four/' README.md >new && mv new README.md
fault tutorial 'another output' README.md
sed 's/^echo one/false; &/' README.md >new && mv new README.md
fault tutorial 'a command that fails' README.md
sed 1d README.md >new && mv new README.md
fault tutorial 'a README without a tutorial' README.md
sed 's/so/si/' docs/formats.md >new && mv new docs/formats.md
fault registry 'a reason that is written another way'
sed 's/`no`//' docs/formats.md >new && mv new docs/formats.md
fault registry 'a note that is not written'
sed 's/Li 1//' docs/methods.md >new && mv new docs/methods.md
fault registry 'a source that is not written'
: >stats/reasons.def
fault registry 'a list without entries'
echo 'int   b;' >>stats/a.c
fault format 'another layout'
tests/litter.sh before && touch left
fault litter 'a file left behind' after
tests/litter.sh before && echo >>stats/a.c
fault litter 'a changed file' after
fault workspace 'a program that begins no study'
touch left
fault layout 'a file that is not on the map'
