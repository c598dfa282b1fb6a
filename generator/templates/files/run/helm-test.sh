#!/usr/bin/env bash
# What helm test runs: a row written through the primary service must be read through the read service. It knows
# nothing but the application's account.
#
# reads:   APP_DATABASE APP_USERNAME PRIMARY_HOST PRIMARY_PORT READ_HOST READ_PORT TLS_CLIENTS
# gives:   TOKEN TABLE
# writes:  $RUN/app.cnf $RUN/primary.log
# exits:   0 when the row was read; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load engine/current lib/log lib/places lib/quoting lib/time see/passwords talk/sql

readonly TOKEN=$RANDOM$RANDOM
readonly TABLE=mysql_sts_helm_test

on_primary() { run_sql "$RUN/app.cnf" --host="$PRIMARY_HOST" --port="$PRIMARY_PORT" --skip-column-names; }

on_read() { run_sql "$RUN/app.cnf" --host="$READ_HOST" --port="$READ_PORT" --skip-column-names; }

# primary_answers: nodes learn of a pod that has just become Ready a moment later than its readers do.
primary_answers() { printf 'DO 0;\n' | on_primary 2> "$RUN/primary.log"; }

row_is_read() { [[ $(printf 'SELECT token FROM %s WHERE token = %s;\n' "$TABLE" "$TOKEN" | on_read 2> /dev/null) == "$TOKEN" ]]; }

main() {
  local options=(connect-timeout=5 "database=$(option_string "$APP_DATABASE")")
  if [[ $TLS_CLIENTS == required ]]; then options+=("$(encrypt_option)"); fi
  client_file "$RUN/app.cnf" "$APP_USERNAME" "$(secret app)" ${options[@]+"${options[@]}"}
  wait_until 60 primary_answers || refuse "Row $TOKEN could not be written: $PRIMARY_HOST did not answer within 60 s: $(< "$RUN/primary.log")"
  printf 'CREATE TABLE IF NOT EXISTS %s (token BIGINT PRIMARY KEY); INSERT INTO %s VALUES (%s);\n' "$TABLE" "$TABLE" "$TOKEN" \
    | on_primary
  log "wrote row $TOKEN through $PRIMARY_HOST"
  wait_until 60 row_is_read || refuse "Row $TOKEN did not arrive in $READ_HOST within 60 s: see kubectl describe of the replicas."
  log "read row $TOKEN through $READ_HOST"
  printf 'DROP TABLE %s;\n' "$TABLE" | on_primary
}

main
