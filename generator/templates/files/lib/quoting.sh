#!/usr/bin/env bash
# SQL and option files: the only place that quotes.
#
# exits:   never

# quoted TEXT QUOTE: prints TEXT on one line between quotes, with backslashes before what would end or break it.
quoted() {
  local text=${1//\\/\\\\}
  text=${text//"$2"/\\"$2"}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  printf '%s' "$2$text$2"
}

# sql_string TEXT: prints TEXT as an SQL string.
sql_string() { quoted "$1" "'"; }

# sql_name TEXT: prints TEXT as an SQL identifier, between backquotes (octal 140).
sql_name() { printf '\140%s\140' "${1//\`/\`\`}"; }

# sql_schema_pattern TEXT: prints a schema's name as GRANT reads it: there _ and % stand for other letters, unless a
# backslash is before them.
sql_schema_pattern() {
  local text=${1//\\/\\\\}
  text=${text//_/\\_}
  sql_name "${text//%/\\%}"
}

# option_string TEXT: prints TEXT as the value of a line in an option file.
option_string() { quoted "$1" '"'; }
