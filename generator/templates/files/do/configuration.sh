#!/usr/bin/env bash
# The server's configuration file: the chart's defaults, then the values config.common and config.<role>.
#
# reads:   TRUST_FUNCTION_CREATORS $SETTINGS/config
# writes:  $RUN/server.cnf
# exits:   never
load do/server engine/current lib/files lib/log lib/places lib/pod see/leader

# Defaults that a user may change. Names are not looked up: a pod's reverse DNS is slow and proves nothing.
default_settings() {
  printf '%s\n' '[mysqld]' skip-name-resolve=ON "$(family_default_settings)"
  # Rows are what is replicated, so a trigger or a function writes the same everywhere, whoever made it. A server that no longer knows
  # the setting does without.
  if [[ $TRUST_FUNCTION_CREATORS == true ]]; then printf '%s\n' loose-log-bin-trust-function-creators=ON; fi
}

write_configuration() {
  local role=replica file
  if ! moves && is_first_pod; then role=primary; fi
  {
    default_settings
    for file in common "$role"; do
      printf '%s\n' '[mysqld]'
      cat "$SETTINGS/config/$file.cnf"
    done
  } | write_private "$RUN/server.cnf"
  for file in common "$role"; do report_overridden "$file"; done
}

# report_overridden NAME: names the lines of a value that have no effect, because the chart decides the setting itself.
report_overridden() {
  local line name protected
  protected=" $(protected_settings | sed 's/=.*//; s/-/_/g' | tr '\n' ' ')"
  while IFS= read -r line; do
    name=$(setting_name "$line")
    if [[ -n $name && $protected == *" $name "* ]]; then
      log "config.$1: the line '$line' has no effect, the chart sets $name itself"
    fi
  done < "$SETTINGS/config/$1.cnf"
}

# setting_name LINE: prints the setting of a my.cnf line as the server knows it: log-bin is log_bin.
setting_name() {
  local name=${1%%=*}
  name=${name//[[:space:]]/}
  name=${name,,}
  case $name in
    '' | '#'* | ';'* | '['* | '!'*) ;;
    *) printf '%s\n' "${name//-/_}" ;;
  esac
}
