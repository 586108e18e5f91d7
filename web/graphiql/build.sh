#!/usr/bin/env bash
# Builds the page into web/graphiql/dist, or into the folder given as argument.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(realpath -m "${1:-$home/dist}")

cd "$home"
# No package may run code of its own here; esbuild works without its install script.
npm ci --ignore-scripts --no-audit --no-fund
node build.js "$target"
