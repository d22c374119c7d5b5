#!/bin/sh
# What is registered is documented: every reason and note with its sentence in docs/formats.md, every
# key of `accord list` somewhere in docs/; coefficients, weights and distances in docs/methods*.md with
# their source.
#
#   BUILD=build/release tests/registry.sh
set -u
BUILD=${BUILD:-build/release}

# written KIND KEY TEXT FILE...: one of the files has the text
written() {
	kind=$1 key=$2 text=$3
	shift 3
	if grep -qF -- "$text" "$@"; then
		echo "ok $kind $key is documented"
	else
		echo "not ok $kind $key: $* lacks $text"
	fi
}

for kind in reason note; do
	keys=$(sed -n 's/^ACC_[A-Z]*(\([0-9]*, \)\{0,1\}\([a-z_]*\), "\(.*\)")$/\2 \3/p' stats/${kind}s.def)
	if [ -z "$keys" ]; then echo "not ok ${kind}s: none found in stats/${kind}s.def"; fi
	printf '%s\n' "$keys" | while read -r key sentence; do
		written $kind "$key" "| \`$key\` | $sentence |" docs/formats.md
	done
done

for list in coefficients weights distances measures figures stages intervals; do
	rows=$("$BUILD/accord" list $list --format csv | sed 1d)
	if [ -z "$rows" ]; then echo "not ok accord list $list says nothing"; fi
	printf '%s\n' "$rows" | while IFS= read -r row; do
		key=${row%%,*} source=${row##*,}
		case $list in
		coefficients | weights | distances)
			written $list "$key" "\`$key\`" docs/methods*.md
			written "source of $list" "$key" "$source" docs/methods*.md
			;;
		stages) written $list "$key" "accord $key" docs/*.md ;;
		*) written $list "$key" "$key" docs/*.md ;;
		esac
	done
done
