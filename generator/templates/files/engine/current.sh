#!/usr/bin/env bash
# The engine of this pod: its words, and what its family does in its own way. Which one it is, the pod says: the scripts of a running pod
# change as soon as an upgrade begins, and its server later.
#
# reads:   POD_ENGINE
# exits:   never
load "engine/engine-$POD_ENGINE"
load "engine/family-$ENGINE_FAMILY"
