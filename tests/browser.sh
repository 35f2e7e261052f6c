#!/bin/sh
# The page's tests need a Chromium. Where there is none it is installed from Debian, and that is said.
set -eu

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

cannot() {
    echo "The tests of the sandbox page need Chromium ($1). Install it: sudo apt-get install chromium" >&2
    exit 1
}

command -v apt-get >/dev/null 2>&1 || cannot "and there is no apt here"
[ "$(id -u)" -eq 0 ] || cannot "and installing it takes root"

echo "Chromium is missing: installing it from Debian."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || cannot "and apt-get update failed"
apt-get install -y -qq --no-install-recommends chromium >/dev/null || cannot "and apt-get install failed"
