#!/usr/bin/env bash
# Fails when examples/portal/dist is not what its source builds to.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

"$home/build.sh" "$fresh/dist"
if ! diff --recursive --brief "$home/dist" "$fresh/dist"; then
    echo "examples/portal/dist differs from what its source builds to. Run examples/portal/build.sh and commit the result." >&2
    exit 1
fi
echo "examples/portal/dist is what its source builds to."
