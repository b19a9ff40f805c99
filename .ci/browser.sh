#!/usr/bin/env bash
# The mini-app and the desk in a real browser against the real server: e2e/run.mjs with every suite, or those named as arguments, two at a
# time. Every screen is drawn in two looks, with HOSPITAL_SCREENS=all in every one. Installs Chromium and a Chinese font when missing; needs
# what .ci/frontend.sh installs. Pictures go to $BROWSER_OUT.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${BROWSER_OUT:-$PWD/frontend/e2e/out}

wanted=()
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || wanted+=(chromium)
[ -n "$(find /usr/share/fonts -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || wanted+=(fonts-noto-cjk)
if [ ${#wanted[@]} -gt 0 ]; then
	{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${wanted[@]}"; } >&2 ||
		{ echo "browser.sh: cannot install ${wanted[*]}" >&2; exit 1; }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -o "$work/hospital" ./cmd/hospital
cd frontend
mkdir -p "$out"
HOSPITAL_BINARY=$work/hospital node e2e/run.mjs "$out" "$@"
