#!/usr/bin/env bash
# Whether this pod's instance counts among those that acknowledge, vote and may lead.
#
# reads:   $INSTANCE/member $INSTANCE/led
# exits:   never
load lib/places

# The mark of a replica that has had all that the primary had after its copy was made. It lies beside the data, so a new copy is without it.
is_member() { [[ -f $INSTANCE/member ]]; }

# was_primary: whether this instance has led since it followed another pod last.
was_primary() { [[ -f $INSTANCE/led ]]; }
