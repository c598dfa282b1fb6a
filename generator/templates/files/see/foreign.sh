#!/usr/bin/env bash
# What a data directory says that was made without this chart, by its files alone: no server runs, and nothing is written.
#
# gives:   FOREIGN
# exits:   never

# What is known of it, by name; see_foreign fills it.
declare -gA FOREIGN
FOREIGN=()

# see_foreign FOLDER: leaves family, version, series, page (the page's size in bytes) and case (lower_case_table_names, empty where the files
# do not tell).
see_foreign() {
  local page=$1/ibdata1
  FOREIGN=([family]=$(foreign_family "$1") [case]='')
  if [[ -f $1/mysql.ibd ]]; then
    page=$1/mysql.ibd
    FOREIGN[version]=$(dictionary_version "$page")
    FOREIGN[case]=$(words_in "$page" 'LCTN=[0-2]' | sed 's/.*=//; q')
  else
    FOREIGN[version]=$(files_version "$1")
  fi
  FOREIGN[series]=${FOREIGN[version]%.*}
  FOREIGN[page]=$(page_size "$page")
}

# Only MariaDB has Aria; only MySQL since 8.0 has a dictionary of its own.
foreign_family() {
  if [[ ! -f $1/mysql.ibd && -f $1/aria_log_control ]]; then printf 'mariadb\n'; else printf 'mysql\n'; fi
}

# number_at FILE OFFSET BYTES: prints the number there, its highest byte first.
number_at() {
  local byte number=0
  for byte in $(od -An -v -t u1 -j "$2" -N "$3" "$1" 2> /dev/null); do number=$((number * 256 + byte)); done
  printf '%s\n' "$number"
}

# words_in FILE PATTERN: prints what of a binary file fits the pattern.
words_in() { LC_ALL=C grep --text --only-matching --extended-regexp "$2" "$1" || true; }

# dotted NUMBER: prints 80031 as 8.0.31, and nothing for 0.
dotted() { if (($1 > 0)); then printf '%d.%d.%d\n' "$(($1 / 10000))" "$(($1 / 100 % 100))" "$(($1 % 100))"; fi; }

latest() { sort --version-sort | tail -n 1; }

# dictionary_version FILE: the first page has the version of the server that made it or upgraded it, the dictionary's own table that of
# the last one that opened it. Pages that are free may still hold older ones.
dictionary_version() {
  local number
  for number in "$(number_at "$1" 8 4)" $(words_in "$1" 'MYSQLD_VERSION=[0-9]+' | sed 's/.*=//' | sort --unique); do
    dotted "$number"
  done | latest
}

# files_version FOLDER: before the dictionary, the redo log, a file of the upgrade program and the system tables have a version each. The
# latest counts.
files_version() {
  local words number
  words=$(head -c 48 "$1/ib_logfile0" 2> /dev/null | tail -c 32 | tr -d '\0') || true
  {
    if [[ $words =~ ^(MySQL|MariaDB|Backup)\ ([0-9]+\.[0-9]+\.[0-9]+) ]]; then printf '%s\n' "${BASH_REMATCH[2]}"; fi
    for words in "$1"/m*_upgrade_info; do
      if [[ -f $words && $(head -c 32 "$words") =~ ([0-9]+\.[0-9]+\.[0-9]+) ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi
    done
    for number in $(definition_versions "$1/mysql" | sort --unique); do dotted "$number"; done
  } | latest
}

# definition_versions FOLDER: prints for each table's .frm the number of the version that made it. A view's is text.
definition_versions() {
  local bytes
  find "$1" -maxdepth 1 -name '*.frm' -size +0 -exec head -q -c 55 {} + | od -An -v -t u1 -w55 | while read -r -a bytes; do
    if ((${#bytes[@]} == 55 && bytes[0] == 254 && bytes[1] == 1)); then
      printf '%s\n' "$((bytes[51] + 256 * bytes[52] + 65536 * bytes[53]))"
    fi
  done
}

# page_size FILE: from the flags of a tablespace; MariaDB since 10.5 keeps it in other bits, which a mark tells.
page_size() {
  local flags size
  flags=$(number_at "$1" 54 4)
  size=$((flags >> 6 & 15))
  if [[ ${FOREIGN[family]} == mariadb ]] && ((flags & 16)); then size=$((flags & 15)); fi
  printf '%s\n' "$((size == 0 ? 16384 : 512 << size))"
}

# encrypted_file FOLDER: prints a tablespace that is encrypted, if there is one.
encrypted_file() {
  local files index=0 bytes
  if [[ ${FOREIGN[family]} == mariadb ]]; then
    # Behind the list of extents in the first page, MariaDB marks a tablespace whose pages may be encrypted.
    if find "$1" -name '*.ibd' -exec head -q -c 41600 {} + | LC_ALL=C grep --text --fixed-strings $'s\016\014REt' > /dev/null; then
      printf '*.ibd\n'
    fi
    return 0
  fi
  mapfile -t files < <(tablespaces "$1" -printf '%P\n')
  tablespaces "$1" -exec head -q -c 58 {} + | od -An -v -t u1 -w58 | while read -r -a bytes; do
    if ((bytes[56] & 32)); then
      printf '%s\n' "${files[index]}"
      break
    fi
    index=$((index + 1))
  done
}

tablespaces() { find "$1" -type f -size +1k \( -name '*.ibd' -o -name 'undo_*' \) "${@:2}"; }

# outside_file FOLDER: prints what leads to a tablespace in another place, if there is one: files of their own until 5.7 and on MariaDB, else
# the dictionary, whose free pages may still name a table that is gone.
outside_file() {
  find "$1" -name '*.isl' -printf '%P\n' -quit
  if [[ ! -f $1/mysql.ibd ]]; then return 0; fi
  words_in "$1/mysql.ibd" '.?/[[:print:]]+\.ibdid=' | LC_ALL=C sed --quiet '/^\.\//!s/^[^/]*\(.*\)id=$/\1/p' | sort --unique
}

# open_tables FOLDER: prints how many MyISAM tables were not closed, as after a kill.
open_tables() {
  local bytes count=0
  while read -r -a bytes; do
    if ((${#bytes[@]} == 27 && (bytes[24] + bytes[25] > 0 || bytes[26] & 2))); then count=$((count + 1)); fi
  done < <(find "$1" -name '*.MYI' -size +0 -exec head -q -c 27 {} + | od -An -v -t u1 -w27)
  printf '%s\n' "$count"
}
