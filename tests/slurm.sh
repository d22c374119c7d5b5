#!/bin/sh
# A private Slurm of one node, for tests: no root, no munge, no cgroups, loopback only, all of it under
# one folder.
#
#   tests/slurm.sh start DIR     then SLURM_CONF=DIR/slurm.conf is its configuration
#   tests/slurm.sh stop DIR
set -eu
dir=$2
PATH=$PATH:/usr/sbin
export SLURM_CONF="$dir/slurm.conf"

configure() {
	user=$(id -un) host=$(hostname -s) port=$1
	mkdir -p "$dir/state" "$dir/spool" "$dir/log"
	cat >"$SLURM_CONF" <<-END
		ClusterName=accord
		SlurmctldHost=$host(127.0.0.1)
		SlurmctldPort=$port
		SlurmdPort=$((port + 1))
		SlurmUser=$user
		SlurmdUser=$user
		AuthType=auth/none
		CredType=cred/none
		CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
		StateSaveLocation=$dir/state
		SlurmdSpoolDir=$dir/spool
		SlurmctldPidFile=$dir/slurmctld.pid
		SlurmdPidFile=$dir/slurmd.pid
		SlurmctldLogFile=$dir/log/slurmctld.log
		SlurmdLogFile=$dir/log/slurmd.log
		ProctrackType=proctrack/pgid
		TaskPlugin=task/none
		JobAcctGatherType=jobacct_gather/none
		AccountingStorageType=accounting_storage/none
		JobCompType=jobcomp/filetxt
		JobCompLoc=$dir/log/jobcomp.txt
		SelectType=select/cons_tres
		SelectTypeParameters=CR_Core
		SchedulerParameters=batch_sched_delay=0
		MpiDefault=none
		ReturnToService=2
		PlugStackConfig=/dev/null
		NodeName=$host NodeAddr=127.0.0.1 $(slurmd -C | grep -oE '(CPUs|RealMemory)=[0-9]+' | tr '\n' ' ') State=UNKNOWN
		PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
	END
}

ready() {
	tries=0
	until [ "$(sinfo -h -o %t 2>/dev/null)" = idle ]; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || return 1
		sleep 0.1
	done
}

stop() {
	pids=$(cat "$dir"/slurmctld.pid "$dir"/slurmd.pid 2>/dev/null) || true
	# shellcheck disable=SC2086 # words
	if [ -n "$pids" ]; then kill $pids 2>/dev/null || true; fi
	tries=0
	# shellcheck disable=SC2086
	while [ -n "$pids" ] && kill -0 $pids 2>/dev/null && [ $tries -lt 100 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	# A kill while a step ends can leave them waiting.
	# shellcheck disable=SC2086
	if [ -n "$pids" ]; then kill -9 $pids 2>/dev/null || true; fi
}

case $1 in
start)
	# A port that somebody has is no port for us: try others.
	for attempt in 1 2 3; do
		configure $((20000 + ($$ * 7 + attempt * 1009) % 30000))
		if slurmctld >"$dir/log/start" 2>&1 && slurmd >>"$dir/log/start" 2>&1 && ready; then exit 0; fi
		stop
	done
	cat "$dir"/log/* >&2
	exit 1
	;;
stop) stop ;;
esac
