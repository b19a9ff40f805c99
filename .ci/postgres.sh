#!/bin/bash
# A throw-away PostgreSQL for tests.
#   .ci/postgres.sh start DIR   installs PostgreSQL when missing, starts one on a free port, notes in DIR where, prints its DSN
#   .ci/postgres.sh stop DIR    stops it and deletes its data
# Durability is off: the tests' data is worth nothing, and what they test is the product's order of writes.
set -euo pipefail

fail() { echo "postgres.sh: $*" >&2; exit 1; }
[ $# -eq 2 ] || fail "usage: $0 start|stop DIR"
note=$2/postgres.home

# The server refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

binaries() { find /usr/lib/postgresql -type f -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1; }

free_port() {
	local port
	for _ in $(seq 50); do
		port=$((20000 + RANDOM % 20000))
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
	done
	fail "no free port"
}

start() {
	local bin port dir
	if [ -z "$(binaries)" ]; then
		{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql; } >&2 ||
			fail "cannot install postgresql"
	fi
	bin=$(binaries)
	[ -n "$bin" ] || fail "no initdb after the installation"
	mkdir -p "$2"
	dir=$(mktemp -d) # not in DIR: its parents may be closed to the server's user
	echo "$dir" >"$note"
	[ "$(id -u)" != 0 ] || chown postgres "$dir"
	as_postgres "$bin/initdb" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$dir/data" >"$dir/initdb.log" 2>&1 ||
		{ cat "$dir/initdb.log" >&2; fail "initdb failed"; }
	for _ in 1 2 3; do # somebody may take the port between the look and the start
		port=$(free_port)
		if as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 \
			-o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start >"$dir/start.log" 2>&1; then
			echo "postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
			return
		fi
	done
	cat "$dir/start.log" "$dir/server.log" >&2
	fail "PostgreSQL does not start"
}

stop() {
	local dir
	[ -f "$note" ] || return 0
	dir=$(cat "$note")
	[ ! -f "$dir/data/postmaster.pid" ] || as_postgres "$(binaries)/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null
	rm -rf "$dir" "$note"
}

case $1 in
start) start "$@" ;;
stop) stop ;;
*) fail "unknown command $1" ;;
esac
