#!/usr/bin/env bash
# A pause that needs no process, and that another process of the pod may end.
#
# writes:  $RUN/pause-
# exits:   never
load lib/places

# open_pause NAME: a pipe from which a line comes only when somebody calls wake.
open_pause() {
  rm -f "$RUN/pause-$1"
  mkfifo -m 600 "$RUN/pause-$1"
  exec 7<> "$RUN/pause-$1"
}

# pause SECONDS
pause() { read -r -t "$1" -u 7 || true; }

# wake NAME: ends the pause of that process. A pipe that is opened for both directions keeps nobody waiting.
wake() { if [[ -p $RUN/pause-$1 ]]; then printf '\n' 1<> "$RUN/pause-$1"; fi; }
