#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time each (default 10s). A package's instrumented test program is built once for
# all its targets.
#   .ci/fuzz.sh [TIME]       the coverage of our own packages guides; all others come from the ordinary build
#   .ci/fuzz.sh TIME whole   that of the standard library and of every other module guides too: each is compiled again for it
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=$(go env GOCACHE)/fuzz # what earlier runs found interesting, where go test keeps it too
instrument=(-gcflags="$(go list -m)/...=-d=libfuzzer") # what go test -fuzz gives the compiler for every package
[ "${2:-}" != whole ] || instrument=(-fuzz=.)
for folder in $(grep -rl --include='*_test.go' '^func Fuzz' app chain payment prescription | xargs -n1 dirname | sort -u); do
  go test -c -vet=off -ldflags=-w "${instrument[@]}" -o "$work/fuzz.test" "./$folder"
  package=$(go list "./$folder")
  for target in $(grep -h -o '^func Fuzz[A-Za-z0-9_]*' "$folder"/*_test.go | cut -c6-); do
    echo "--- $target in $folder"
    # The fuzzing engine itself may run into its own deadline on a busy machine; that is no finding and is tried once more.
    for try in 1 2; do
      if out=$(cd "$root/$folder" && "$work/fuzz.test" -test.run '^$' -test.fuzz "^$target\$" -test.fuzztime "${1:-10s}" \
        -test.fuzzcachedir "$corpus/$package" -test.paniconexit0 -test.timeout 10m 2>&1); then break; fi
      if [ $try = 2 ] || grep -q 'Failing input' <<<"$out" || ! grep -q 'context deadline exceeded' <<<"$out"; then
        echo "$out"
        exit 1
      fi
    done
    # Without instrumentation it would only throw what it has at the target.
    if grep -q 'not built with coverage' <<<"$out"; then echo "$out"; exit 1; fi
    tail -n 2 <<<"$out"
  done
done
