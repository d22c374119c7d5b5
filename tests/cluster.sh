#!/bin/sh
# Shards by make, GNU parallel and Slurm: the bytes of a single process, whatever the number of shards,
# their order, the engine, and a task that is killed on the way. Runs the scripts of examples/.
#
#   BUILD=build/release tests/cluster.sh
set -u
root=$(cd "$(dirname "$0")/.." && pwd) && cd "$root" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS
BUILD=${BUILD:-build/release}
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-cluster.XXXXXX") || exit 1
chmod 755 "$work"
trap 'cd /; "$root/tests/slurm.sh" stop "$work/slurm"; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/bin" "$work/slurm"
cp "$BUILD/accord" "$work/bin/accord"
cp -R examples "$work/examples"
export PATH="$work/bin:$PATH" LC_ALL=C
cd "$work" || exit 1

# verdict WHAT COMMAND...: it must succeed
verdict() {
	what=$1
	shift
	if said=$("$@" 2>&1); then
		echo "ok $what"
	else
		echo "not ok $what"
		printf '%s\n' "$said" | tail -n 20 | sed 's/^/# /'
	fi
}
# fresh FOLDER: an empty one with the study in it
fresh() {
	rm -rf "$1" && mkdir "$1" && cp study.csv "$1"
}
same() { cmp "$1" whole.patterns; }

# ---- a study: 6,000 units of 24 documents, three of four coders, a text with quotes and line ends ----
awk 'BEGIN {
	srand(6)
	split("Anna Ben Zo\303\253 Zoe\314\210", coder, " ")
	print "document,participant,group,unit,coder,code,text"
	for (d = 0; d < 24; d++) for (u = 0; u < 250; u++) {
		out = int(rand() * 4)
		truth = int(rand() * 5)
		for (c = 0; c < 4; c++) if (c != out && !(c == 3 && out != 2))
			printf "%d\tD%d,P%d,%s,u%d,%s,%d,\"said \"\"%d\"\",@and left\"\n", int(rand() * 1e9), d,
				d % 9, d % 2 ? "staff" : "lead", u, coder[c + 1],
				rand() < 0.7 ? truth : int(rand() * 5), u
	}
}' | { IFS= read -r header && echo "$header" && sort -n | cut -f 2- | tr '@' '\n'; } >study.csv
verdict 'a single process' accord tabulate study.csv --output whole.patterns
verdict 'the study is of some size' test "$(sed -n '$s/.*,//p' whole.patterns)" = 6000

# ---- make, GNU parallel, xargs; 1, 8, 64 shards; any order ----
for parts in 1 8 64; do
	fresh make
	verdict "make -j2, $parts shards" \
		make -s -f examples/shards.mk -j2 STUDY=make/study.csv PARTS=$parts
	verdict "make -j2, $parts shards: same bytes" same make/study.patterns
	verdict "make does nothing twice, $parts shards" sh -c \
		'! make -f examples/shards.mk STUDY=make/study.csv PARTS='$parts' | grep "accord [stm]"'

	fresh parallel
	# shellcheck disable=SC2016 # parallel's
	verdict "GNU parallel, $parts shards" sh -ec 'accord shard parallel/study.csv --parts '$parts' |
		parallel --halt now,fail=1 -j 2 accord tabulate {} --output {.}.patterns'
	find parallel -name '*.patterns' | sort >files
	for order in 'cat' 'sort -r' 'sort -t. -k2.2' 'shuf'; do
		# shellcheck disable=SC2046,SC2086 # words
		verdict "merge, $parts shards, order of $order: same bytes" \
			sh -c 'accord merge $('"$order"' files) | cmp - whole.patterns'
	done

	fresh pipe
	verdict "rows by themselves through a pipe, $parts shards" sh -ec '
		accord shard pipe/study.csv --parts '$parts' >names
		i=0
		while read -r shard; do
			sed 1,2d "$shard" | accord tabulate --no-header --shard $i/'$parts' --shard-study pipe \
				--columns document,participant,group,unit,coder,code,text >"pipe/$i.patterns"
			i=$((i + 1))
		done <names
		accord merge pipe/*.patterns | cmp - whole.patterns'
done
fresh one
verdict 'one job, its shards side by side' env SLURM_CPUS_PER_TASK=2 \
	sh examples/slurm/parallel.sbatch one/study.csv 8
verdict 'one job, its shards side by side: same bytes' same one/study.patterns
# A line of another unit between the rows of one would split it: parallel may cut a file that is sorted
# by unit only where the unit changes.
verdict 'GNU parallel --pipe --group-by on a sorted stream' sh -ec '
	accord shard study.csv --parts 1 --output flat >/dev/null
	tr "\n" "@" <flat.0-of-1.csv | sed "s/,@and/, and/g" | tr "@" "\n" | sed 1,2d |
		sort -t, -k1,1 -k4,4 | sed "s/^\([^,]*\),\([^,]*\),\([^,]*\),\([^,]*\),/\1:\4,\1,\2,\3,\4,/" |
		parallel --pipe --group-by 1 --colsep , --block 20k -j 2 \
			"accord tabulate --no-header --columns ,document,participant,group,unit,coder,code,text >g.{#}.patterns"
	accord merge g.*.patterns | cmp - whole.patterns && [ $(ls g.*.patterns | wc -l) -gt 3 ]'

# ---- Slurm ----
if ! said=$("$root/tests/slurm.sh" start "$work/slurm" 2>&1); then
	echo 'not ok a private Slurm starts'
	printf '%s\n' "$said" | tail -n 30 | sed 's/^/# /'
	exit 1
fi
echo 'ok a private Slurm starts'
export SLURM_CONF="$work/slurm/slurm.conf"

# wait_for SECONDS COMMAND...: until it succeeds
wait_for() {
	left=$(($1 * 5))
	shift
	until "$@" >/dev/null 2>&1; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 0.2
	done
}
queue_empty() { [ -z "$(squeue -h)" ]; }
# submit ARGUMENT...: sets tabulate and merge to the numbers of the jobs
submit() {
	tabulate='' merge=''
	said=$(examples/slurm/submit.sh "$@" 2>&1) || { echo "not ok submit.sh $*: $said" && return 1; }
	tabulate=$(echo "$said" | sed -n 's/tabulate: job \([0-9]*\),.*/\1/p')
	merge=$(echo "$said" | sed -n 's/.*merge: job \([0-9]*\),.*/\1/p')
	[ -n "$tabulate" ] && [ -n "$merge" ]
}

for parts in 1 8 64; do
	fresh slurm$parts
	AT_ONCE=4 submit slurm$parts/study.csv $parts
	verdict "Slurm array of $parts, then merge" wait_for 180 queue_empty
	verdict "Slurm array of $parts: same bytes" same slurm$parts/study.patterns
done

# A task dies in the middle: on its first run, `accord` of task 3 gets half of its shard and no more.
mv bin/accord bin/accord.real
cat >bin/accord <<'END'
#!/bin/sh
if [ "${SLURM_ARRAY_TASK_ID:-}" = 3 ] && [ "$1" = tabulate ] && [ ! -e half ]; then
	mkfifo half
	(head -c 4000 "$2" && sleep 300) >half &
	shift 2
	exec accord.real tabulate half "$@"
fi
exec accord.real "$@"
END
chmod +x bin/accord
fresh killed
submit killed/study.csv 8
running() { [ -p half ] && [ "$(squeue -h -j "${tabulate}_3" -o %t)" = R ]; }
others_done() { [ "$(find killed -name '*.patterns' | wc -l)" = 7 ]; }
verdict 'task 3 is running' wait_for 60 running
verdict 'the other tasks are done' wait_for 60 others_done
verdict 'a running task leaves no output' test ! -e killed/study.3-of-8.patterns
verdict 'the merge is waiting' test "$(squeue -h -j "$merge" -o %r)" = Dependency
verdict 'the task is killed and requeued' scontrol requeue "${tabulate}_3"
# Slurm holds a requeued job back for two minutes, in case its node is ill.
again() {
	[ "$(squeue -h -j "${tabulate}_3" -o %t)" = PD ] && scontrol update JobId="${tabulate}_3" StartTime=now
}
verdict 'it is back in the queue' wait_for 60 again
verdict 'it runs again, then merge' wait_for 200 queue_empty
verdict 'after a killed task: same bytes' same killed/study.patterns
verdict 'nothing half-written is left' sh -c '! find killed -name "*.tmp" | grep .'
mv bin/accord.real bin/accord

# A task fails: no merge. (Its shard was cut short.)
fresh failed
accord shard failed/study.csv --parts 2 --output failed/study >/dev/null
sed '$d' failed/study.1-of-2.csv | sed '$d' >short.csv && mv short.csv failed/study.1-of-2.csv
array=$(sbatch --parsable --array=0-1 examples/slurm/tabulate.sbatch failed/study 2)
sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes \
	examples/slurm/merge.sbatch failed/study 2 >/dev/null
verdict 'a task fails' wait_for 60 queue_empty
verdict 'a task that failed says why' grep -q 'study.1-of-2.csv:1: error: .*cut short' \
	"log/accord-tabulate-${array}_1.out"
verdict 'without all shards there is no merge' test ! -e failed/study.patterns
verdict 'merge by hand names the missing shard' sh -c \
	'accord merge failed/*.patterns 2>&1 | grep "shard 1/2 is missing"'

# A folder of an earlier run, with other data and another number of shards.
fresh stale
submit stale/study.csv 4 && wait_for 60 queue_empty
sed 's/,staff,/,crew,/' study.csv >stale/study.csv
accord tabulate stale/study.csv --output whole.patterns
submit stale/study.csv 2 && wait_for 60 queue_empty
verdict 'files of an earlier run do not get in: same bytes' same stale/study.patterns
verdict 'they are refused when named' sh -c '! accord merge stale/*-of-*.patterns 2>said && grep "left over" said'

# make, with Slurm running each command.
fresh salloc
accord tabulate study.csv --output whole.patterns
verdict 'make inside an allocation' salloc -Q -n 2 make -s -f examples/shards.mk -j2 \
	STUDY=salloc/study.csv PARTS=4 SHELL=/usr/bin/srun '.SHELLFLAGS=-Q --exact -n1 /bin/sh -c'
verdict 'make inside an allocation: same bytes' same salloc/study.patterns
