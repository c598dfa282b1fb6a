#!/usr/bin/env bash
# The words of decide/ for what a server says of a replica's two threads.
#
# exits:   never
load engine/current lib/status

# receiver_state: yes, connecting or no.
receiver_state() {
  case ${STATUS[$COLUMN_IO_RUNNING]-} in
    Yes) REPLY=yes ;;
    No | '') REPLY=no ;;
    *) REPLY=connecting ;;
  esac
}

# receiver_error: none, away (the source is, or was when the last try was made: the client's numbers), purged (1236 is the source's number,
# 13114 the replica's), refused or other.
receiver_error() {
  local number=${STATUS[$COLUMN_IO_ERRNO]-0}
  case $number in
    0 | '') REPLY=none ;;
    1236 | 13114) REPLY=purged ;;
    1045) REPLY=refused ;;
    # Of a source whose connections are used up (1040) the receiver hears nothing, and tries again.
    1040 | 2???) REPLY=away ;;
    *) REPLY=other ;;
  esac
}

# read_status_text TEXT: the same of a whole text.
read_status_text() {
  local lines
  mapfile -t lines <<< "$1"
  read_status "${lines[@]}"
}

replication_runs() { status_is "$COLUMN_IO_RUNNING" Yes && status_is "$COLUMN_SQL_RUNNING" Yes; }
