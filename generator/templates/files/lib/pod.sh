#!/usr/bin/env bash
# Which pod of the release this is, and how the others are reached.
#
# reads:   FULLNAME POD_NAME
# exits:   never

ordinal() { printf '%s\n' "${POD_NAME##*-}"; }

is_first_pod() { [[ ${POD_NAME##*-} == 0 ]]; }

# The name under which one pod reaches another. Short on purpose: MySQL 5.7 cuts a source's name after 60 letters.
pod_host() { printf '%s-%s.%s\n' "$FULLNAME" "$1" "$FULLNAME"; }
