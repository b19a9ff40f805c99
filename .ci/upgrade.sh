#!/usr/bin/env bash
# An upgrade under load: the program of an earlier commit is killed in the middle of its work, this one goes on over the same folder and database.
#   .ci/upgrade.sh [COMMIT]     over SQLite, and over PostgreSQL when HOSPITAL_TEST_DATABASE_URL names a server
# The commit is one that hospitals run; what must hold: the audit before and after, everything that was pending, receipts of before, kill -9 in the
# middle of the migrations, a backup of the old node in the new one, and an old program that refuses the new folder and leaves it as it was.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOFLAGS=-buildvcs=false CGO_ENABLED=0 HOSPITAL_PASSWORD_COST=cheap
commit=${1:-488b884b}
git cat-file -e "$commit^{commit}" || { echo "upgrade: no commit $commit in this clone" >&2; exit 2; }
work=$(mktemp -d)
cleanup() {
	[ -z "${server:-}" ] || kill -9 "$server" 2>/dev/null || true
	git worktree remove --force "$work/source" 2>/dev/null || true
	rm -rf "$work"
}
trap cleanup EXIT
git worktree add -q --detach "$work/source" "$commit"
(cd "$work/source" && go build -o "$work/old" ./cmd/hospital)
go build -o "$work/new" ./cmd/hospital
url=http://127.0.0.1:$((20000 + RANDOM % 20000))
fail() { echo "upgrade: $*" >&2; tail -n 20 "$work/log" >&2; exit 1; }

# begin PROGRAM starts it over $data and $database; up waits for it.
begin() { "$work/$1" serve --data "$data" --listen "${url#http://}" "${database[@]}" >>"$work/log" 2>&1 & server=$!; }
up() {
	for _ in $(seq 240); do
		curl -fs "$url/readyz" >/dev/null && return
		kill -0 "$server" 2>/dev/null || break
		sleep 0.5
	done
	fail "it does not get ready"
}
dies() { kill -9 "$server"; wait "$server" 2>/dev/null || true; server=; }
audit() { "$work/new" audit --data "$data" "${database[@]}" >"$work/audit" 2>&1 || { cat "$work/audit" >&2; fail "the audit after $1"; }; }
journey() { "$work/$1" journey --url "$url" --count "$2" --parallel 4 --receipts "$work/$1.json" >"$work/journey" 2>&1; }

upgrade() {
	data=$work/data-$1
	begin old && up
	journey old 4 || fail "the old program's journey"
	journey old 60 & local load=$!
	cp "$work/old.json" "$work/before.json"
	sleep "${HOSPITAL_UPGRADE_LOAD:-15}"
	dies
	wait "$load" && fail "the load was over before the kill"
	audit "the old program's death"
	if [ "$1" = sqlite ]; then
		"$work/old" node backup --dir "$data" --out "$work/backup" >/dev/null
		cp -r "$data" "$work/data-restored" && rm -r "$work/data-restored/chain/data"
		"$work/new" node restore --dir "$work/data-restored" "$work/backup" --forget-votes >/dev/null || fail "the old backup"
	fi
	for pause in 0.3 0.7 1.2 2 3; do begin new; sleep "$pause"; dies; done
	begin new && up
	journey new 4 || { cat "$work/journey" >&2; fail "the new program's journey"; }
	dies
	audit "the upgrade"
	for receipts in before new; do
		"$work/new" verify "$work/$receipts.json" --members "$data/members.json" | tail -n 1 | grep ' 0 bad$' || fail "receipts: $receipts"
	done
	if timeout 60 "$work/old" serve --data "$data" --listen "${url#http://}" "${database[@]}" >"$work/refused" 2>&1; then fail "the old program starts over the new folder"; fi
	grep -q 'newer than this program' "$work/refused" || { cat "$work/refused" >&2; fail "it refuses without saying why"; }
	audit "the old program's refusal"
	if [ "$1" = sqlite ]; then
		data=$work/data-restored
		begin new && up
		dies
		audit "the restored backup"
	fi
	echo "upgrade from $commit over $1: good"
}

database=()
upgrade sqlite
if [ -n "${HOSPITAL_TEST_DATABASE_URL:-}" ]; then
	database=(--database-url "$HOSPITAL_TEST_DATABASE_URL")
	upgrade postgres
fi
