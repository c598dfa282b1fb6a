#!/usr/bin/env bash
# A data directory as plain files, each compressed, beside their checksums and the list of folders: storage for objects knows no empty
# folder, and a schema without tables is one.
#
# writes:  $RUN/unpack.log
# exits:   never
load lib/places

# clean_copy DATA: takes out what must not be in a backup. Two servers that are restored from one would share a name and a private key; logs
# belong to the server that wrote them.
clean_copy() {
  rm -rf "$1"/auto.cnf "$1"/*.pem "$1"/binlog.* "$1"/relay.* "$1/#innodb_temp" "$1"/ibtmp1
}

# pack FOLDER LEVEL: compresses FOLDER/data in its place, and writes FOLDER/files.sha256 and FOLDER/folders.
pack() { (cd "$1/data" && pack_here "$2"); }

pack_here() {
  find . -type d | sort > ../folders || return
  find . -type f -exec sha256sum {} + | sort --key=2 > ../files.sha256 || return
  find . -type f -exec zstd --quiet --rm -T0 "-$1" -- {} +
}

# unpack FROM FOLDER: makes FOLDER/data of the files in FROM, as they were packed; fails with a reason in a log when one is missing or is not
# what it was.
unpack() {
  mkdir "$2/data" || return
  (cd "$2/data" && unpack_here "$1") > "$RUN/unpack.log" 2>&1
}

unpack_here() {
  local file
  while IFS= read -r file; do mkdir -p "$file"; done < "$1/folders"
  while read -r _ file; do
    zstd --quiet --decompress -o "$file" -- "$1/data/$file.zst" || return
  done < "$1/files.sha256"
  sha256sum --check --quiet --strict "$1/files.sha256"
}
