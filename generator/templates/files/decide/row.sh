#!/usr/bin/env bash
# A decision: the first row that fits the facts wins.
#
# gives:   ROW REASON DECISION
# exits:   never

# row NAME REASON DECISION: the row that fits, the reason that people read ('' keeps what they read before), and the verb to do.
row() { ROW=$1 REASON=$2 DECISION=$3; }
