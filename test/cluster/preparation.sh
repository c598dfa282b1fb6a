# shellcheck shell=bash
# What this machine has to have before the first process of a node starts.

# Pods are accounted for in groups of their own. Version 1 has a tree for each controller.
make_cgroups() {
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    mkdir -p -- "/sys/fs/cgroup/$CGROUP"
    return
  fi
  local controller
  for controller in /sys/fs/cgroup/*/; do
    mkdir -p -- "$controller$CGROUP" 2> /dev/null || true
  done
}

# The folder $1 keeps what had to be made.
make_private_folders() {
  local folder
  for folder in "${PRIVATE_FOLDERS[@]}"; do
    [[ -d $folder ]] && continue
    mkdir -p -- "$folder"
    printf '%s\n' "$folder" >> "$1/made-folders"
  done
}
