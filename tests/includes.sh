#!/bin/sh
# Who may include and call whom.
#
#   stats/     includes only stats/                    GSL is used here and nowhere else
#   plots/     includes plots/ and stats/
#   pipeline/  includes all three                      csv.h only in pipeline/read/csv*.c, ini.h and
#                                                      sha2.h only in one file each of pipeline/study/
#   stats/ and plots/ neither read nor print nor exit: their objects (BUILD) call no such function
#   modules (a .c with its .h) form no circle
set -u
BUILD=${BUILD:-build/release}
files=$(find stats plots pipeline \( -name '*.[ch]' -o -name '*.def' \) 2>/dev/null | sort)

for file in $files; do
	case $file in
	stats/*) rooms='stats' third='gsl/' ;;
	plots/*) rooms='stats|plots' third='' ;;
	pipeline/read/csv*.c) rooms='stats|plots|pipeline' third='csv.h' ;;
	pipeline/study/study_file.c) rooms='stats|plots|pipeline' third='ini.h' ;;
	pipeline/study/digest.c) rooms='stats|plots|pipeline' third='sha2.h' ;;
	*) rooms='stats|plots|pipeline' third='' ;;
	esac
	wrong=$(
		sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$file" |
			while read -r included; do
				[ -e "$included" ] || echo "\"$included\" is not a path from the top of the tree"
				printf '%s\n' "$included" | grep -qE "^($rooms)/" || echo "\"$included\""
			done
		sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*<\([^>]*\)>.*/\1/p' "$file" |
			grep -E '^(gsl/.*|csv\.h|ini\.h|sha2\.h|cmocka\.h)$' | grep -v "^${third:-nothing}" | sed 's/.*/<&>/'
	)
	if [ -z "$wrong" ]; then
		echo "ok includes of $file"
	else
		echo "not ok includes of $file"
		printf '%s\n' "$wrong" | sed 's/^/# /'
	fi
done

# Modules in a circle: tsort names them.
circles=$(for file in $files; do
	module=${file%.*}
	sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)\.h".*/\1/p' "$file" |
		sed "s|^|$module |" | awk '$1 != $2'
done | tsort 2>&1 >/dev/null)
if [ -z "$circles" ]; then
	echo 'ok modules form no circle'
else
	echo 'not ok modules form a circle'
	printf '%s\n' "$circles" | sed 's/^tsort: /# /'
fi

# What the objects of stats/ and plots/ call. snprintf writes to memory and is fine.
forbidden='v?f?printf|v?dprintf|puts|fputs|putc|fputc|putchar|perror|std(in|out|err)|f?open(64)?'
forbidden="$forbidden|fdopen|popen|system|fread|fwrite|f?getc|getline|v?f?scanf|read|write|rename"
forbidden="$forbidden|unlink|mkstemp|_?exit|_Exit|quick_exit|abort|(secure_)?getenv|setlocale|signal"
forbidden="$forbidden|time|clock|clock_gettime|gettimeofday|rand|srand|gsl_rng_env_setup"
forbidden="$forbidden|gsl_[a-z_]*_(fprintf|fscanf|fread|fwrite)"
for source in $(find stats plots -name '*.c' 2>/dev/null | sort); do
	object=$BUILD/${source%.c}.o
	if ! symbols=$(nm -u "$object" 2>&1); then
		echo "not ok calls of $source: no $object"
		continue
	fi
	wrong=$(printf '%s\n' "$symbols" | awk '{print $NF}' |
		sed 's/@.*//; s/^__isoc99_//; s/^_*\(.*\)_chk$/\1/' | grep -xE "_?($forbidden)")
	if [ -z "$wrong" ]; then
		echo "ok calls of $source"
	else
		echo "not ok calls of $source: no room for these here"
		printf '%s\n' "$wrong" | sed 's/^/# /'
	fi
done
