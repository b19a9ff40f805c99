#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time each (default 10s).
set -euo pipefail
cd "$(dirname "$0")/.."
for file in $(grep -rl --include='*_test.go' '^func Fuzz' app chain payment prescription); do
  for target in $(grep -o '^func Fuzz[A-Za-z0-9_]*' "$file" | cut -c6-); do
    echo "--- $target in $(dirname "$file")"
    # The fuzzing engine itself may run into its own deadline on a busy machine; that is no finding and is tried once more.
    for try in 1 2; do
      if out=$(go test -run '^$' -fuzz "^$target\$" -fuzztime "${1:-10s}" "./$(dirname "$file")" 2>&1); then break; fi
      if [ $try = 2 ] || grep -q 'Failing input' <<<"$out" || ! grep -q 'context deadline exceeded' <<<"$out"; then
        echo "$out"
        exit 1
      fi
    done
    tail -n 2 <<<"$out"
  done
done
