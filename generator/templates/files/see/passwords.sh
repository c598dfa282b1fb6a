#!/usr/bin/env bash
# The passwords of the chart's accounts, as the mounted Secret has them now.
#
# reads:   APP_USERNAME SECRET_KEY_APP SECRET_KEY_CLONE SECRET_KEY_MONITOR SECRET_KEY_REPLICATION SECRET_KEY_ROOT
#          $SETTINGS/secrets
#
# exits:   never
load engine/current lib/places

# secret NAME: prints the password of an account: root, replication, clone, monitor or app.
secret() { printf '%s' "$(< "$SETTINGS/secrets/$1")"; }

# has_password NAME: whether the Secret has the password of that account now. One that is taken away while the pod runs must not
# become an empty one.
has_password() { [[ -s $SETTINGS/secrets/$1 ]]; }

# missing_password: prints the first account without a password in the Secret.
missing_password() {
  local name
  for name in root replication clone monitor app; do
    if has_password "$name" || [[ $name == app && -z $APP_USERNAME ]]; then continue; fi
    printf '%s\n' "$name"
    return 0
  done
}

# secret_key NAME: prints the key of the Secret that holds an account's password.
secret_key() {
  case $1 in
    root) printf '%s' "$SECRET_KEY_ROOT" ;;
    replication) printf '%s' "$SECRET_KEY_REPLICATION" ;;
    clone) printf '%s' "$SECRET_KEY_CLONE" ;;
    monitor) printf '%s' "$SECRET_KEY_MONITOR" ;;
    app) printf '%s' "$SECRET_KEY_APP" ;;
  esac
}

# replication_password_fits: a replica keeps the password in a field of the server's own size.
replication_password_fits() {
  local LC_ALL=C password=
  IFS= read -r -d '' password < "$SETTINGS/secrets/replication" || true
  ((${#password} <= SOURCE_PASSWORD_BYTES))
}
