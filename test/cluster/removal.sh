# shellcheck shell=bash
# Takes a node away, whatever state it is in.

# The namespaces' first process takes all others with it, and the kernel waits for them.
kill_node() {
  local pid
  for pid in $(node_holder) $(node_init); do
    kill -KILL "$pid" 2> /dev/null || continue
    wait_for 20 "the end of process $pid" no_process "$pid"
  done
}

no_process() { ! kill -0 "$1" 2> /dev/null; }

# A group can be removed when it is empty, from the leaves up. Version 1 has a tree for each controller.
remove_cgroups() {
  local root
  for root in "/sys/fs/cgroup/$CGROUP" /sys/fs/cgroup/*/"$CGROUP"; do
    [[ -d $root ]] || continue
    wait_for 10 "the end of the processes in $root" remove_tree_of_groups "$root"
  done
}

remove_tree_of_groups() {
  find "$1" -depth -type d -exec rmdir {} + 2> /dev/null || true
  [[ ! -d $1 ]]
}

# Mount points for the private folders of nodes that had to be made are empty; the machine's own stay. Where the other of two clusters
# is there, it may have mounted something: then they are its to remove.  remove_private_folders STATE OTHER-STATE
remove_private_folders() {
  local list=$1/made-folders folder
  [[ -e $list ]] || return 0
  if [[ -d $2 ]]; then
    cat -- "$list" >> "$2/made-folders"
    return
  fi
  while read -r folder; do
    [[ ! -d $folder ]] || rmdir --ignore-fail-on-non-empty -- "$folder"
  done < <(tac -- "$list")
}
