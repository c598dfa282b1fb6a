#!/usr/bin/env bash
# Files and folders: sizes, values that were noted, and what only its owner may read.
#
# exits:   never

# folder_bytes FOLDER [OPTION...]: prints how much is in it, by du with these options; 0 when it is not there.
folder_bytes() {
  local size
  size=$(du --summarize --bytes "${@:2}" "$1" 2> /dev/null) || true
  size=${size%%[[:space:]]*}
  printf '%s\n' "${size:-0}"
}

# free_bytes FOLDER: prints how much its file system can still take.
free_bytes() { df --output=avail --block-size=1 "$1" | { read -r _ && read -r bytes && printf '%s\n' "$bytes"; }; }

# write_private FILE: writes standard input to FILE in one step; nobody else may read it.
write_private() {
  (umask 077 && cat > "$1.new")
  mv -f "$1.new" "$1"
}

# noted_value FILE KEY: prints the value of a key in a file of "key=value" lines.
noted_value() {
  local line
  while IFS= read -r line; do
    if [[ $line == "$2="* ]]; then printf '%s\n' "${line#*=}"; fi
  done < "$1"
}

# sync_to_disk FILE, or --file-system FOLDER: brings it to the disk. The sync of coreutils 8.22 can only write everything back. Its help says
# which of the two it is; the words of its errors depend on the C library.
sync_to_disk() {
  if [[ $(LC_ALL=C sync --help) == *--file-system* ]]; then
    LC_ALL=C sync "$@"
  else
    sync
  fi
}
