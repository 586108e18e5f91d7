#!/usr/bin/env bash
# Builds the portal into examples/portal/dist, or into the folder given as argument.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(realpath -m "${1:-$home/dist}")

cd "$home"
# No package may run code of its own here; none of these needs its install script.
npm ci --ignore-scripts --no-audit --no-fund
npm run --silent check
npx vite build --outDir "$target" --emptyOutDir --logLevel warn
