#!/bin/sh
# Compiles the short lists of direct dependencies into complete ones with hashes, for every platform.
#   make lock                 keeps what is pinned, adds what is new
#   make lock ARGS=--upgrade  takes the newest versions that the lists allow
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
[ -x "$uv" ] || uv=uv

# No index address in the output: the lock must be the same whichever mirror answered.
for list in requirements-installer requirements requirements-dev; do
    "$uv" pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
        --no-emit-find-links --custom-compile-command "make lock" --output-file "$list.txt" "$@" "$list.in"
done
