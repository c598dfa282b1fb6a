#!/usr/bin/env bash
# What a pass knows: facts with the few values that decide/ names, texts for its sentences, what the pass itself has done, and whether it
# has to look and decide once more.
#
# gives:   FACT TEXT DONE AGAIN
# exits:   never

declare -gA FACT TEXT DONE
FACT=() TEXT=() DONE=() AGAIN=no

# begin_facts: a pass begins without.
begin_facts() { FACT=() TEXT=() DONE=(); }

# learn NAME VALUE...
learn() {
  while (($# > 0)); do
    FACT[$1]=$2
    shift 2
  done
}

# learn_text NAME TEXT...
learn_text() {
  while (($# > 0)); do
    TEXT[$1]=$2
    shift 2
  done
}

# did NAME VALUE: what this pass has done counts before what is remembered.
did() { DONE[$1]=$2; }

# look_again: what was done has changed the facts.
look_again() { AGAIN=yes; }

# look_no_more: until look_again.
look_no_more() { AGAIN=no; }
