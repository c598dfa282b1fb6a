#!/usr/bin/env bash
# The replica from which a cluster goes on whose primary has lost its volume: what init-mysql found out about it (do/reseed.sh).
#
# reads:   $RUN/reseed
# gives:   RESEED
# exits:   never
load lib/files lib/places

# What init-mysql found out about the replica from which a cluster goes on whose primary has lost its volume.
readonly RESEED=$RUN/reseed

reseeding() { [[ -s $RESEED ]]; }

# reseed_value KEY: donor, position or generation.
reseed_value() { noted_value "$RESEED" "$1"; }

# copy_generation DONOR_GENERATION: prints the generation that a copy belongs to.
copy_generation() { if reseeding; then reseed_value generation; else printf '%s\n' "$1"; fi; }
