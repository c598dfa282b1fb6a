#!/usr/bin/env bash
# One connection to the Kubernetes API that stays open, for the questions that come every few seconds. Nothing depends on it: one that
# breaks is made again.
#
# reads:   $RUN/api-
# gives:   API API_LINE API_PART API_PATIENCE CONNECTION
# writes:  $RUN/api-*
# exits:   never
load lib/places talk/kube

# Seconds without a byte after which the API server counts as silent.
readonly API_PATIENCE=1

# The process of the connection, and the line and the part of an answer that were read last.
API='' API_LINE='' API_PART='' CONNECTION=single

# api METHOD PATH [BODY]: as kube_api, over the connection that is kept. One that has ended meanwhile is opened once more.
api() {
  local kept=$API
  if ! try_api "$@"; then
    forget_answer
    if [[ -n $kept ]] && ! kill -0 "$kept" 2> /dev/null; then
      close_api
      try_api "$@" || forget_answer
    fi
  fi
  if [[ $KUBE_STATUS == 000 ]]; then close_api; fi
  [[ $KUBE_STATUS == 2* ]]
}

# use_one_connection: from here on call_api keeps its connection, until close_api. A program that ends at any moment has none to keep.
use_one_connection() { CONNECTION=kept; }

# call_api METHOD PATH [BODY]: over the kept connection where one is kept, or else over one of its own.
call_api() { if [[ $CONNECTION == kept ]]; then api "$@"; else kube_api "$@"; fi; }

# try_api: fails where no whole answer came.
try_api() {
  forget_answer
  if [[ ! -r $TOKEN_FOLDER/token ]]; then return 1; fi
  open_api
  http_request 1.1 "$@" >&5 || return 1
  read_api_answer
}

open_api() {
  local pipes=$RUN/api-${0##*/}-$$
  if [[ -n $API ]] && kill -0 "$API" 2> /dev/null; then return 0; fi
  close_api
  rm -f "$pipes-in" "$pipes-out"
  mkfifo -m 600 "$pipes-in" "$pipes-out"
  exec 5<> "$pipes-in" 6<> "$pipes-out"
  tls_program
  "${TLS_PROGRAM[@]}" < "$pipes-in" > "$pipes-out" 2> /dev/null 5>&- 6>&- 7>&- 8>&- 9>&- &
  API=$!
}

close_api() {
  if [[ -z $API ]]; then return 0; fi
  kill "$API" 2> /dev/null || true
  wait "$API" 2> /dev/null || true
  exec 5>&- 6>&-
  API=''
}

# read_api_answer: its body has a length, or comes in chunks that have one.
read_api_answer() {
  local LC_ALL=C length='' status='' body=''
  read_api_line || return 1
  if [[ $API_LINE =~ ^HTTP/1\.1\ ([0-9]{3}) ]]; then status=${BASH_REMATCH[1]}; fi
  while read_api_line && [[ -n $API_LINE ]]; do
    case ${API_LINE,,} in
      content-length:*) length=${API_LINE##*[!0-9]} ;;
      transfer-encoding:*chunked) length=chunks ;;
      *) ;;
    esac
  done
  if [[ -n $API_LINE || -z $status || -z $length ]]; then return 1; fi
  if [[ $length == chunks ]]; then
    read_api_chunks || return 1
    body=$API_PART
  elif ((length > 0)); then
    read_api_part "$length" || return 1
    body=$API_PART
  fi
  take_answer "$status" "$body"
}

# read_api_chunks: leaves all of them in API_PART.
read_api_chunks() {
  local body=''
  while read_api_line && [[ $API_LINE =~ ^[0-9a-fA-F]+ ]]; do
    if ((16#${BASH_REMATCH[0]} == 0)); then
      read_api_line || return 1
      API_PART=$body
      return 0
    fi
    read_api_part "$((16#${BASH_REMATCH[0]}))" && body+=$API_PART && read_api_line || return 1
  done
  return 1
}

# read_api_part LENGTH: leaves so many bytes in API_PART.
read_api_part() { IFS= read -r -t "$API_PATIENCE" -N "$1" -u 6 API_PART; }

read_api_line() {
  IFS= read -r -t "$API_PATIENCE" -u 6 API_LINE || return 1
  API_LINE=${API_LINE%$'\r'}
}
