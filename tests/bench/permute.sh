#!/bin/sh
# What permuting participants costs: the demo study (14, 11 and 4 people, 9 themes and their pool), 4
# coefficients, 100,000 random assignments of all groups and of the two larger ones, and all of the
# other pairs.
set -eu
study=fixtures/compassion/ratings.csv
began=$(date +%s%N)
"$BUILD/accord" compare $study --seen listed --what agreement --permutations 100000 --threads 0 --quiet \
	--coefficient krippendorff_alpha,fleiss_kappa,gwet_ac,brennan_prediger --format csv >/dev/null
ended=$(date +%s%N)
echo "100,000 permutations, 9 themes, 4 coefficients: $(((ended - began) / 1000000)) ms"
