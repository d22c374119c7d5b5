#!/bin/sh
# The report in headless Chromium: tests/report/page.mjs. Its libraries are installed into build/report/.
set -u
BUILD=${BUILD:-build/release}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
	{ echo 'not ok there is no chromium' && exit 1; }
if ! said=$(tests/report_studies.sh 2>&1); then
	printf 'not ok the reports are made\n%s\n' "$said" | sed '2,$s/^/# /'
	exit 1
fi
tools=build/report/tools
mkdir -p $tools
cp tests/report/package.json tests/report/package-lock.json tests/report/page.mjs $tools
if [ ! -d $tools/node_modules/playwright-core ] &&
	! said=$(cd $tools && npm ci --no-audit --no-fund --ignore-scripts 2>&1); then
	printf 'not ok npm ci\n%s\n' "$said" | sed '2,$s/^/# /'
	exit 1
fi
profile=$(mktemp -d "${TMPDIR:-/tmp}/accord-page.XXXXXX") || exit 1
trap 'rm -rf "$profile"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$profile node $tools/page.mjs "$chromium" docs/report.schema.json "$profile/user" \
	"$PWD/build/report/demo" "$PWD/build/report/hostile" ||
	echo 'not ok the browser was driven to the end'
