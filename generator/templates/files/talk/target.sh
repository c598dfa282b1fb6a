#!/usr/bin/env bash
# The place in which backups are kept: storage that speaks S3, or a volume. rclone carries, and knows both by one name. It ends well when
# what it was asked for does not exist, so an empty answer never counts as one: whoever reads asks for what he must find.
#
# reads:   $SETTINGS/target
# gives:   CARRIER TARGET_VOLUME PLAIN SEALED
# writes:  $RUN/carrier.conf $RUN/carrier.log $RUN/carrier.out
# exits:   never
load lib/files lib/log lib/places

# An init container puts rclone here, and the authorities that its image trusts.
readonly CARRIER=/opt/backup-tools
# Where a volume that keeps backups is mounted.
readonly TARGET_VOLUME=/mnt/backups

# target_setting KEY: prints a setting of the target, nothing where there is none.
target_setting() { noted_value "$SETTINGS/target/settings" "$1"; }

target_secret() { printf '%s' "$(< "$SETTINGS/target/$1")"; }

# target_is_encrypted: whether there is a password for what is stored.
target_is_encrypted() { [[ -s $SETTINGS/target/encryption-password ]]; }

# open_target RELEASE: from here on PLAIN and SEALED begin the names of all that the target keeps of that release, as it is stored, and by way
# of the password. Manifests are read and written in PLAIN, the rest in SEALED. Without a password the two are the same.
open_target() {
  local root
  case $(target_setting kind) in
    s3) root=$(target_setting bucket)/ ;;
    *) root=$TARGET_VOLUME/ ;;
  esac
  root+=$(target_setting prefix)
  PLAIN="store:${root%/}/$1/"
  SEALED=$PLAIN
  if target_is_encrypted; then SEALED=sealed:; fi
  carrier_configuration | write_private "$RUN/carrier.conf"
}

# read_without_password: from here on SEALED is PLAIN, for what was stored before there was a password.
read_without_password() { SEALED=$PLAIN; }

# carrier_configuration: what rclone reads. Only this user may read it, and it lies in memory.
carrier_configuration() {
  printf '%s\n' '[store]'
  if [[ $(target_setting kind) == s3 ]]; then s3_configuration; else printf '%s\n' 'type = local'; fi
  if target_is_encrypted; then
    printf '%s\n' '[sealed]' 'type = crypt' "remote = $PLAIN" 'filename_encryption = off' 'directory_name_encryption = false' \
      "password = $(target_secret encryption-password | "$CARRIER/rclone" --config '' obscure -)"
  fi
}

# s3_configuration: without keys, rclone looks for the role of the pod's service account.
s3_configuration() {
  printf '%s\n' 'type = s3' 'provider = Other' 'no_check_bucket = true' "endpoint = $(target_setting endpoint)" \
    "region = $(target_setting region)" "force_path_style = $(target_setting pathStyle)" \
    "storage_class = $(target_setting storageClass)" "server_side_encryption = $(target_setting serverSideEncryption)"
  if [[ -s $SETTINGS/target/access-key ]]; then
    printf '%s\n' "access_key_id = $(target_secret access-key)" "secret_access_key = $(target_secret secret-key)"
  else
    printf '%s\n' 'env_auth = true'
  fi
}

# carry COMMAND ARGUMENT...: runs rclone; leaves its words in a log. Few transfers at a time need little memory.
carry() {
  local options=(--config "$RUN/carrier.conf" --log-format '' --log-level NOTICE --transfers 2 --s3-upload-concurrency 2 --buffer-size 0
    --contimeout 10s --bwlimit "$(target_setting rateLimit)" --ca-cert "$CARRIER/ca-certificates.crt")
  if [[ -s $SETTINGS/target/authority.crt ]]; then options+=(--ca-cert "$SETTINGS/target/authority.crt"); fi
  "$CARRIER/rclone" "${options[@]}" "$@" 2> "$RUN/carrier.log"
}

# carry_once COMMAND ARGUMENT...: a question that shall be answered soon: by itself rclone tries for minutes.
carry_once() { carry "$@" --retries 1 --low-level-retries 3 --timeout 30s; }

# carrier_words: the reason at the end of rclone's log, without what it repeats and the numbers of requests.
carrier_words() {
  local line
  line=$(tail -n 1 "$RUN/carrier.log")
  line=${line##*last error was: }
  line=${line#NOTICE: }
  printf '%s' "$line" | sed --regexp-extended 's/(https response error |, (RequestID|HostID): [^,]*)//g'
}

# require_target: the target must answer.
require_target() {
  carry_once lsf --max-depth 1 "$PLAIN" > "$RUN/carrier.out" \
    || refuse "$(target_name) cannot be listed: $(carrier_words)." \
      "Compare the values of the target with the storage: endpoint, bucket, keys, authority."
}

# require_writable_target: a volume must belong to the server's user, and has its folder made here.
require_writable_target() {
  if [[ $(target_setting kind) == volume ]]; then
    mkdir -p "${PLAIN#store:}" 2> "$RUN/carrier.log" \
      || refuse "$(target_name) belongs to $(stat --format '%u:%g' "$TARGET_VOLUME"), and user $(id -u) cannot write to it." \
        "Give it to that user where it is stored." || return
  fi
  require_target
}

# target_name: prints what the target is called in a sentence.
target_name() {
  case $(target_setting kind) in
    s3) printf 'The bucket %s at %s' "$(target_setting bucket)" "$(target_setting endpoint)" ;;
    *) printf 'The volume that keeps backups' ;;
  esac
}

# put SOURCE PLACE: a file, or a whole folder, under that name.
put() {
  local command=copyto
  if [[ -d $1 ]]; then command=copy; fi
  carry "$command" "$1" "$2"
}

# remove_place PLACE: all that is in it. What is not there counts as removed.
remove_place() { carry purge "$1" || [[ $(carrier_words) == *'directory not found'* ]]; }
