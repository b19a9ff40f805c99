#!/usr/bin/env bash
# Changes one operator at a time in the ledger's rules, in payment and in the prescription's verbs, and prints the changes that no test noticed.
# Takes hours. With arguments, these files alone: .ci/mutate.sh chain/ledger/rules2.go
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then
  go run ./chain/internal/mutate "$@"
  exit
fi
go run ./chain/internal/mutate chain/ledger/{rules,rules2,lists,ballots,apply}.go
go run ./chain/internal/mutate chain/{advance,members,governance}.go
go run ./chain/internal/mutate prescription/verbs*.go
go run ./chain/internal/mutate $(ls payment/*.go | grep -v _test)
