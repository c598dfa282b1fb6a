#!/usr/bin/env bash
# The places that the scripts of the pod share.
#
# gives:   VOLUME INSTANCE STAGING DISCARDED RECEIVER RUN SETTINGS STATE SERVER_VERSION METRICS
# exits:   never

# The volume is mounted whole. The instance exists only when it is complete: it gets its name by one
# rename of the staging folder, after everything in it has been proven and synced.
readonly VOLUME=/var/lib/mysql
readonly INSTANCE=$VOLUME/instance
readonly STAGING=$VOLUME/staging
readonly DISCARDED=$VOLUME/discarded
# Where the plugin's receiving server lives: empty, thrown away at the end.
readonly RECEIVER=$VOLUME/receiver

# Shared by the containers of one pod, in memory: the socket, option files with passwords, small state.
readonly RUN=/run/mysql-sts
readonly SETTINGS=/etc/mysql-sts
# What agent and probes note about the running server; a new one begins without.
readonly STATE=$RUN/state
# The version of this pod's server, which the image of a backup tool does not have.
readonly SERVER_VERSION=$RUN/server-version
# What an exporter beside the agent serves. Where the values switch no metrics on, there is no such folder.
readonly METRICS=/run/mysql-sts-metrics
