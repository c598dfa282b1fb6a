#!/usr/bin/env bash
# What the agent knows, in Prometheus' text format. Written in one step when something has changed, and as a sign of life; a pass at rest
# starts no process for it. docs/metrics.md lists all of it.
#
# reads:   CLONE_METHOD POD_NAME MAX_LAG MAX_SOURCE_SILENCE RECLONES_PER_DAY $INSTANCE/in-touch
# gives:   METRICS_HEARTBEAT POD_STATES LEADING_STATES METRIC MEASURED METRICS_TEXT METRICS_WRITTEN VOLUME_BYTES VOLUME_MEASURED CERTIFICATES_ASKED CERTIFICATE_END
# writes:  $METRICS/agent.prom
# exits:   never
load decide/readiness do/certificates do/exporter do/label do/replace engine/current lib/facts lib/memory lib/places lib/status lib/time see/leader see/volume talk/session talk/stream

# Seconds after which the file is written although nothing has changed.
readonly METRICS_HEARTBEAT=30

# Every state that a pod can be in. It is in one.
readonly POD_STATES=(Leading Opening NoServer Replicating Waiting OutOfTouch Recloning StoppedByHand ApplyFailed CredentialsRefused
  ConnectionFailed PurgedBinlogs MissingTransactions ErrantTransactions PrimaryWentBack OtherCluster OlderPrimary)

# Every state that the keeper of a primary that moves can be in.
readonly LEADING_STATES=(Leads Follows Election NoQuorum WaitingForSecondPod Fenced NoLease)

# What was measured in this pass; what is not known has no sample.
declare -gA METRIC
METRIC=() MEASURED='' METRICS_TEXT='' METRICS_WRITTEN='' VOLUME_BYTES='' VOLUME_MEASURED='' CERTIFICATES_ASKED='' CERTIFICATE_END=''

# leave_metrics: after every pass, however it ended.
leave_metrics() {
  local known
  if [[ ! -d $METRICS ]]; then return 0; fi
  keep_exporter
  known=$MEASURED
  measure
  keep_memory
  measure_since "$METRICS_WRITTEN"
  if [[ $MEASURED == "$known" ]] && ((AGE < METRICS_HEARTBEAT)); then return 0; fi
  measure_volume
  measure_certificate
  METRICS_TEXT=''
  write_samples
  # A file system that takes no more must not end the agent.
  if printf '%s' "$METRICS_TEXT" 2> /dev/null > "$METRICS/agent.prom.new" && mv -f "$METRICS/agent.prom.new" "$METRICS/agent.prom"; then
    METRICS_WRITTEN=$UPTIME
  fi
}

# measure: leaves in METRIC what the pass has learned, and all of it as one text in MEASURED.
measure() {
  METRIC=()
  pod_state
  METRIC[state]=$REPLY
  role
  METRIC[role]=$REPLY
  count_replacements
  METRIC[replacements]=$REPLY
  METRIC[serving]=0
  if [[ -e $SERVING ]]; then METRIC[serving]=1; fi
  read_record "$INSTANCE"
  METRIC[info]="cluster=\"${RECORD[cluster]-}\",engine=\"$ENGINE_NAME\",method=\"$CLONE_METHOD\",version=\"${RECORD[version]-}\""
  METRIC[generation]=${RECORD[generation]-}
  METRIC[ready]=0 METRIC[writable]=0
  if [[ -n ${FACT[writable]-}${FACT[io]-} ]]; then measure_server; fi
  if moves; then measure_lease; fi
  MEASURED="${METRIC[*]-} $CERTIFICATES_SEEN"
}

measure_server() {
  if [[ $READY == yes ]]; then METRIC[ready]=1; fi
  if status_is read_only 0; then
    METRIC[writable]=1
    if [[ -z ${MEMORY[writable_since]-} ]]; then remember writable_since "$(now)"; fi
    METRIC[since]=${MEMORY[writable_since]}
  else
    forget writable_since
  fi
  if [[ ${TEXT[lag]-} =~ ^[0-9]+$ ]]; then METRIC[lag]=${TEXT[lag]}; fi
}

measure_lease() {
  read_lease_note
  METRIC[leading]=${LEASE[state]-}
  METRIC[term]=${LEASE[term]-}
  METRIC[lease]=0
  if [[ ${LEASE[holder]-} == "$POD_NAME" ]] && lease_is_held; then METRIC[lease]=1; fi
}

# pod_state: leaves in REPLY the state that the pod's condition names. The primary has no condition, and while there is no server none is new.
pod_state() {
  REPLY=NoServer
  if [[ ${FACT[writable]-} == yes ]]; then
    REPLY=Leading
  elif [[ -n ${FACT[writable]-} ]]; then
    REPLY=Opening
  elif [[ -n ${FACT[io]-} ]]; then
    REPLY=${MEMORY[said]-}
    REPLY=${REPLY#* }
    REPLY=${REPLY%% *}
    REPLY=${REPLY:-Waiting}
  elif replacement_is_requested; then
    REPLY=Recloning
  fi
}

# measure_volume: how large it is and how much of it is free, not more often than the file is written anyway.
measure_volume() {
  measure_since "$VOLUME_MEASURED"
  if ((AGE < METRICS_HEARTBEAT)); then return 0; fi
  VOLUME_BYTES=$(df --output=size,avail --block-size=1 "$VOLUME" 2> /dev/null) || VOLUME_BYTES=''
  VOLUME_MEASURED=$UPTIME
}

# measure_certificate: asks the server until when the certificate that it shows is good, once for each that it has read.
measure_certificate() {
  local line end=''
  if [[ -z ${FACT[writable]-}${FACT[io]-} || $CERTIFICATES_SEEN == "$CERTIFICATES_ASKED" ]]; then return 0; fi
  ask_session "SHOW GLOBAL STATUS LIKE 'Ssl_server_not_after'\\G" || return 0
  for line in ${ROWS[@]+"${ROWS[@]}"}; do
    if [[ $line =~ ^\ *Value:\ (.+)$ ]]; then end=${BASH_REMATCH[1]}; fi
  done
  CERTIFICATE_END=''
  if [[ -n $end ]]; then CERTIFICATE_END=$(LC_ALL=C date --date="$end" +%s 2> /dev/null) || CERTIFICATE_END=''; fi
  CERTIFICATES_ASKED=$CERTIFICATES_SEEN
}

# write_samples: leaves the whole text in METRICS_TEXT.
write_samples() {
  local touched='' size='' available=''
  read -r size available <<< "${VOLUME_BYTES##*$'\n'}" || true
  if [[ -n ${FACT[io]-} ]]; then read -r touched _ 2> /dev/null < "$INSTANCE/in-touch" || true; fi
  metric info 'What the pod runs, as labels.' "{${METRIC[info]}}" 1
  metric_set role 'The role that the services go by: 1 for the one that the pod has.' "${METRIC[role]}" primary replica detached
  metric_set state 'What the agent makes of the pod: 1 for the state that it is in.' "${METRIC[state]}" "${POD_STATES[@]}"
  metric ready 'Whether the readiness probe lets clients in.' '' "${METRIC[ready]}"
  metric writable 'Whether the server takes writes.' '' "${METRIC[writable]}"
  metric writable_since_timestamp_seconds 'Since when the server has taken writes.' '' "${METRIC[since]-}"
  metric lag_seconds 'How far the replica is behind the primary.' '' "${METRIC[lag]-}"
  metric in_touch_timestamp_seconds 'When the replica last had fresh data from the primary.' '' "$touched"
  metric generation 'How often the cluster has gone on from a replica, counted from 1.' '' "${METRIC[generation]}"
  metric replacements_today 'Copies that replaced the data of this pod in the last 24 hours.' '' "${METRIC[replacements]}"
  metric serving_clone 'Whether another pod copies from this one by a stream.' '' "${METRIC[serving]}"
  metric volume_size_bytes 'Size of the file system that holds the data.' '' "$size"
  metric volume_available_bytes 'What that file system can still take.' '' "$available"
  metric certificate_not_after_timestamp_seconds 'Until when the certificate that the server shows is good.' '' "$CERTIFICATE_END"
  measure_seconds "$MAX_LAG"
  metric max_lag_seconds 'The value replication.maxLag.' '' "$SECONDS_OF"
  measure_seconds "$MAX_SOURCE_SILENCE"
  metric max_source_silence_seconds 'The value replication.maxSourceSilence.' '' "$SECONDS_OF"
  if moves; then write_lease_samples; fi
  metric reclones_per_day 'The value recovery.reclonesPerDay.' '' "$RECLONES_PER_DAY"
}

write_lease_samples() {
  metric_set leading 'What the keeper makes of the Lease: 1 for the state that it is in.' "${METRIC[leading]}" "${LEADING_STATES[@]}"
  metric holds_lease 'Whether this pod may lead, by the Lease that it holds.' '' "${METRIC[lease]}"
  metric term 'How often another pod has become the primary, as this pod knows it.' '' "${METRIC[term]}"
}

# metric NAME HELP LABELS VALUE: one sample; nothing when there is no value.
metric() {
  if [[ -z $4 ]]; then return 0; fi
  METRICS_TEXT+="# HELP mysql_sts_$1 $2"$'\n'"# TYPE mysql_sts_$1 gauge"$'\n'"mysql_sts_$1$3 $4"$'\n'
}

# metric_set NAME HELP CURRENT VALUE...: a sample for each value, so that the one that ends goes back to 0.
metric_set() {
  local value is
  METRICS_TEXT+="# HELP mysql_sts_$1 $2"$'\n'"# TYPE mysql_sts_$1 gauge"$'\n'
  for value in "${@:4}"; do
    is=0
    if [[ $value == "$3" ]]; then is=1; fi
    METRICS_TEXT+="mysql_sts_$1{$1=\"$value\"} $is"$'\n'
  done
}
