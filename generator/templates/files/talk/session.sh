#!/usr/bin/env bash
# One connection to this pod's server that stays open, so that a question costs no process. Nothing depends on it: one that breaks is
# made again at the next question. The client reads statements from one pipe and writes its answers, errors among them, to another.
#
# reads:   $RUN/session-
# gives:   ROWS SESSION_ERROR SESSION SESSION_LOGIN SESSION_TURN SESSION_PATIENCE SESSION_PLACE
# writes:  $RUN/session-*
# exits:   never
load engine/current lib/places talk/sql

# Seconds without a word after which the server counts as one that does not answer.
SESSION_PATIENCE=10

# be_impatient: for a process that has something more important to do than to wait for the server.
be_impatient() { SESSION_PATIENCE=2; }

SESSION='' SESSION_LOGIN='' SESSION_TURN=0 SESSION_PLACE=unknown

# ask_session STATEMENT...: runs the statements, each with its end, and leaves the lines of their output in ROWS. Fails with
# SESSION_ERROR. Statements end in \G where their columns shall come as "name: value" lines.
ask_session() {
  local status=0
  keep_session
  if [[ $SESSION_PLACE == unknown ]]; then see_place || return 1; fi
  put_question "$@" || status=1
  if [[ $SESSION_PLACE == reserved ]]; then close_session; fi
  return "$status"
}

put_question() {
  ROWS=() SESSION_ERROR=''
  SESSION_TURN=$((SESSION_TURN + 1))
  printf '%s\n' "$@" "SELECT $SESSION_TURN AS end_of_answer\\G" >&8
  if read_answer "end_of_answer: $SESSION_TURN"; then
    [[ -z $SESSION_ERROR ]]
  else
    close_session
    return 1
  fi
}

# see_place: a server whose connections are used up has one place more, for an administrator. Who holds it keeps out a person and our own
# single statements, so a connection that came in by it ends after each answer.
see_place() {
  put_question "SHOW GLOBAL STATUS LIKE 'Threads_connected'\\G" 'SELECT @@GLOBAL.max_connections AS Value\G' || return 1
  SESSION_PLACE=ordinary
  local line values=()
  for line in ${ROWS[@]+"${ROWS[@]}"}; do
    if [[ $line =~ ^\ *Value:\ ([0-9]+)$ ]]; then values+=("${BASH_REMATCH[1]}"); fi
  done
  if ((${#values[@]} == 2 && values[0] > values[1])); then SESSION_PLACE=reserved; fi
}

# keep_session: a server that was started again has another password for the agent.
keep_session() {
  local login=''
  read -r -d '' login 2> /dev/null < "$ADMIN_FILE" || true
  if [[ -n $SESSION && $login == "$SESSION_LOGIN" ]] && kill -0 "$SESSION" 2> /dev/null; then return 0; fi
  close_session
  SESSION_LOGIN=$login
  open_session
}

open_session() {
  local pipes=$RUN/session-${0##*/}-$$ options
  mapfile -t options < <(family_client_options)
  rm -f "$pipes-in" "$pipes-out"
  mkfifo -m 600 "$pipes-in" "$pipes-out"
  exec 8<> "$pipes-in" 9<> "$pipes-out"
  "$ENGINE_CLIENT" --defaults-file="$ADMIN_FILE" --default-character-set=utf8mb4 --init-command="$SQL_PREAMBLE" --skip-reconnect \
    --batch --raw --force --unbuffered ${options[@]+"${options[@]}"} < "$pipes-in" > "$pipes-out" 2>&1 8>&- 9>&- &
  SESSION=$! SESSION_PLACE=unknown
}

close_session() {
  if [[ -z $SESSION ]]; then return 0; fi
  kill "$SESSION" 2> /dev/null || true
  wait "$SESSION" 2> /dev/null || true
  exec 8>&- 9>&-
  SESSION=''
}

# read_answer END: reads lines up to END. Fails when the connection is none: then it has to be made again.
read_answer() {
  local line part='' silence=0 broken='^ERROR ([0-9]+) \([A-Z0-9]+\)( at line [0-9]+)?:'
  while true; do
    if IFS= read -r -t 1 -u 9 line; then
      line=$part$line part='' silence=0
      if [[ $line == "$1" ]]; then return 0; fi
      if [[ ! $line =~ $broken ]]; then
        ROWS+=("$line")
        continue
      fi
      SESSION_ERROR=${SESSION_ERROR:-$line}
      if [[ -z ${BASH_REMATCH[2]} ]] || is_end_of_connection "${BASH_REMATCH[1]}"; then return 1; fi
    else
      part+=$line silence=$((silence + 1))
      if ! kill -0 "$SESSION" 2> /dev/null; then
        SESSION_ERROR=${SESSION_ERROR:-the client of this pod\'s server has ended}
        return 1
      elif ((silence >= SESSION_PATIENCE)); then
        SESSION_ERROR="the server did not answer for $SESSION_PATIENCE s"
        return 1
      fi
    fi
  done
}

# is_end_of_connection NUMBER: 2006 and 2013 are the client's, the others the server's: it shuts down, the connection was ended or idle.
is_end_of_connection() {
  case $1 in
    2006 | 2013 | 1053 | 1927 | 3169 | 4031) return 0 ;;
    *) return 1 ;;
  esac
}

# session_rows: prints the one row that each statement on standard input gives. Statements stand one a line.
session_rows() {
  local line place=0 statements
  mapfile -t statements
  ask_session "${statements[@]}" || return 1
  for line in ${ROWS[@]+"${ROWS[@]}"}; do
    place=$((place + 1))
    if ((place % 2 == 0)); then printf '%s\n' "$line"; fi
  done
}
