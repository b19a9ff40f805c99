#!/bin/bash
# A throw-away Redis for tests.
#   .ci/redis.sh start DIR   installs Redis when missing, starts one in DIR on a free port without persistence, prints its URL
#   .ci/redis.sh stop DIR    stops it
set -euo pipefail

fail() { echo "redis.sh: $*" >&2; exit 1; }
[ $# -eq 2 ] || fail "usage: $0 start|stop DIR"
mkdir -p "$2"
dir=$(cd "$2" && pwd)

start() {
	local port
	if ! command -v redis-server >/dev/null; then
		{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends redis-server; } >&2 ||
			fail "cannot install redis-server"
	fi
	for _ in $(seq 20); do # a taken port ends the server at once; then another is tried
		port=$((20000 + RANDOM % 20000))
		redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --daemonize yes \
			--dir "$dir" --pidfile "$dir/redis.pid" --logfile "$dir/redis.log" >/dev/null
		for _ in $(seq 50); do
			# Only our own server counts: its process wrote the pid file and answers on the port.
			if [ -f "$dir/redis.pid" ] && redis-cli -p "$port" ping 2>/dev/null | grep -q PONG; then
				echo "redis://127.0.0.1:$port/0"
				return
			fi
			sleep 0.1
		done
	done
	cat "$dir/redis.log" >&2
	fail "Redis does not start"
}

stop() {
	[ -f "$dir/redis.pid" ] || return 0
	kill "$(cat "$dir/redis.pid")"
	for _ in $(seq 50); do
		[ -f "$dir/redis.pid" ] || return 0
		sleep 0.1
	done
	fail "Redis does not stop"
}

case $1 in
start) start ;;
stop) stop ;;
*) fail "unknown command $1" ;;
esac
