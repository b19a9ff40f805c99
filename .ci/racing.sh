#!/usr/bin/env bash
# Prints the packages in which the race detector can see something that it does not see elsewhere: those that start goroutines or guard
# against them, themselves or in their tests.
#   .ci/racing.sh          these packages
#   .ci/racing.sh stores   the others whose tests go over PostgreSQL or Redis, which need no detector for it
set -euo pipefail
cd "$(dirname "$0")/.."
concurrent='^[[:space:]]*go (func)?[a-zA-Z_.]*\(|"sync(/atomic)?"|\.Go\(|\.Parallel\(\)|AfterFunc\(|httptest\.New(TLS)?Server\('
stores='sqlstoretest"|storetest"|httpapitest"|redisstore"|HOSPITAL_TEST_'
go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.Dir}} {{.ImportPath}}{{end}}' ./... | while read -r folder package; do
  case $package in '' | */chain/testnet | */cmd/hospital) continue ;; esac # of processes, which are built without the detector
  if grep -qE "$concurrent" "$folder"/*.go; then
    [ "${1:-}" = stores ] || echo "$package"
  elif [ "${1:-}" = stores ] && grep -qE "$stores" "$folder"/*_test.go; then
    echo "$package"
  fi
done
