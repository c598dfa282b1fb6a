# shellcheck shell=bash
# The first process of a node: what it hides from this machine, and the daemons that it starts and watches.

declare -A DAEMONS=()

# Starts a daemon with a log file:  start NAME COMMAND...
start() {
  local name=$1
  shift
  "$@" > "$STATE/log/$name.log" 2>&1 &
  DAEMONS[$!]=$name
}

# A node that lacks a daemon is worse than none: the first that ends takes the others along, and up.sh shows this log.
watch_daemons() {
  local pid status=0
  wait -n -p pid "${!DAEMONS[@]}" || status=$?
  say "${DAEMONS[$pid]} ended with status $status. The end of its log:"
  tail -n 10 -- "$STATE/log/${DAEMONS[$pid]}.log" >&2
}

hide_private_folders() {
  local folder
  for folder in "${PRIVATE_FOLDERS[@]}"; do
    mount -t tmpfs tmpfs "$folder"
  done
}

# The kubelet sets the kernel up for a machine that is its own. It may write what it likes, into files.
shield_kernel_settings() {
  local setting copy=/run/kernel-settings
  mkdir -p -- "$copy"
  for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
    [[ -e /proc/sys/$setting ]] || continue
    cat -- "/proc/sys/$setting" > "$copy/${setting//\//.}"
    mount --bind "$copy/${setting//\//.}" "/proc/sys/$setting"
  done
}

api_ready() { KUBECONFIG=$STATE/kubeconfig kubectl get --raw=/readyz; }
