#!/bin/sh
# Tabulate a study on a Slurm cluster: split it, an array job over the shards, then merge.
#
#   submit.sh STUDY.csv N [OPTION of accord tabulate...]
#
# N shards, at most AT_ONCE (16) at a time. The result is STUDY.patterns. For sbatch's own options use
# its environment, such as SBATCH_ACCOUNT and SBATCH_PARTITION.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
study=$1 parts=$2
shift 2
prefix=${study%.csv}

mkdir -p log
# A result of an earlier run must not be taken for this one's.
rm -f "$prefix.patterns"
accord shard "$study" --parts "$parts" --output "$prefix" "$@" >log/shards
array=$(sbatch --parsable --array="0-$((parts - 1))%${AT_ONCE:-16}" \
	"$here/tabulate.sbatch" "$prefix" "$parts" "$@")
merge=$(sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \
	"$here/merge.sbatch" "$prefix" "$parts")
echo "tabulate: job ${array%%;*}, merge: job ${merge%%;*}, result: $prefix.patterns"
