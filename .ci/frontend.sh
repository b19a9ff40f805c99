#!/usr/bin/env bash
# The mini-app and the desk: types, unit tests, the builds, that the committed ones are what the source builds to, and the mini-program:
# WeChat's own compilers, every page drawn, every role's main taps against a real server.
set -euo pipefail
cd "$(dirname "$0")/../frontend"
export CI=1
npm ci --ignore-scripts --no-audit --no-fund
npm run check
npm run check:desk
npm test
npm run build:h5
npm run build:desk
# A packed file may differ in its bytes, as another Node packs otherwise: what it unpacks to is tested in app. It may not be missing.
if drift=$(git status --porcelain -- dist/h5 dist/desk | grep -v '^ M .*\.br$'); then
  echo "frontend.sh: dist is not what the source builds to; run npm run build:h5 and build:desk and commit them:" >&2
  head -n 20 <<<"$drift" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd .. && CGO_ENABLED=0 go build -o "$work/hospital" ./cmd/hospital)
HOSPITAL_BINARY=$work/hospital npm run test:mp
