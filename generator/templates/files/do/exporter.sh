#!/usr/bin/env bash
# The login of the server's exporter. It reads its option file when it starts, and once more when it is asked to.
#
# reads:   $SETTINGS/secrets/monitor
# gives:   EXPORTER_PORT EXPORTER_WRITTEN EXPORTER_READ
# writes:  $RUN/exporter.cnf
# exits:   never
load lib/places talk/sql

readonly EXPORTER_PORT=9104

# The passwords that the file has, and that the exporter has read.
EXPORTER_WRITTEN='' EXPORTER_READ=''

# keep_exporter: without a process, since every pass looks. While the Secret has no password, the last one stays. An exporter that is not
# there yet reads the file when it starts, and is asked all the same.
keep_exporter() {
  local password=''
  IFS= read -r -d '' password 2> /dev/null < "$SETTINGS/secrets/monitor" || true
  if [[ -z $password || $password == "$EXPORTER_READ" ]]; then return 0; fi
  if [[ $password != "$EXPORTER_WRITTEN" ]]; then
    write_exporter_file "$password"
    EXPORTER_WRITTEN=$password
  fi
  if reload_exporter; then EXPORTER_READ=$password; fi
}

# write_exporter_file PASSWORD: its user is nobody, in the pod's group, so that it can read this file and none of the others. Its reader knows
# no backslashes, but takes what is between backquotes as it stands, and puts variables in: DOLLAR is one of its container.
write_exporter_file() {
  local password=${1%$'\n'} dollar='$'
  password=${password//"$dollar"/"$dollar{DOLLAR}"}
  (umask 027 && printf '%s\n' '[client]' 'user=monitor' "password=\`$password\`" "socket=$SOCKET" > "$RUN/exporter.cnf.new")
  mv -f "$RUN/exporter.cnf.new" "$RUN/exporter.cnf"
}

reload_exporter() {
  local answer=''
  {
    printf '%s\r\n' 'POST /-/reload HTTP/1.0' 'Content-Length: 0' '' >&6
    IFS= read -r -t 2 -u 6 answer || true
  } 2> /dev/null 6<> "/dev/tcp/127.0.0.1/$EXPORTER_PORT" || return 1
  [[ $answer == *' 200 '* ]]
}
