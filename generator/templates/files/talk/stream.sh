#!/usr/bin/env bash
# What both ends of a streamed clone agree on. The stream is one archive of the backup tool: first an entry that says
# what will come, then the backup, and, only after the tool's exit status was 0, an entry that proves it. A donor that
# cannot serve sends a single entry with the reason. Nothing is ever sent the other way.
#
# reads:   CLONE_METHOD
# gives:   OFFER PROOF REFUSED SILENCE BLOCK SEND_AHEAD SERVING BACKUP_TOOL STREAM_TOOL PREPARED
# exits:   never
load lib/places

readonly OFFER=mysql-sts-offer
readonly PROOF=mysql-sts-proof
readonly REFUSED=mysql-sts-refused

# Seconds without a byte after which either end gives up on the other.
readonly SILENCE=60

# Bytes that are passed on at a time: with socat's own 8 KiB, calls of the kernel cost more than the work itself.
readonly BLOCK=1048576

# Bytes that the donor's tool may send ahead, as far as the kernel allows: it reads and sends by turns, and with the kernel's own
# size the one waits for the other.
readonly SEND_AHEAD=4194304

# The donor's turn marker: it serves one clone at a time, since two would halve each other's speed and hold its redo twice.
readonly SERVING=$RUN/serving

# PREPARED is what the tool notes about a copy whose log it has applied.
if [[ $CLONE_METHOD == xtrabackup ]]; then
  readonly BACKUP_TOOL=xtrabackup STREAM_TOOL=xbstream PREPARED=full-prepared
else
  readonly BACKUP_TOOL=mariadb-backup STREAM_TOOL=mbstream PREPARED=log-applied
fi
