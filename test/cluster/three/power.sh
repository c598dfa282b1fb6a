# shellcheck shell=bash
# Machines are switched on and off, stand still and go on.

# Starts the first process of a machine; its disk, the folder of its state, may have something on it.
power_on() {
  be "$1"
  mkdir -p -- "$STATE/log" "$STATE/kubelet"
  make_cgroups
  setsid unshare --mount --net --pid --fork --kill-child --mount-proc \
    bash "$THREE_SCRIPTS/machine.sh" "--node-of=$STATE" "$1" < /dev/null > "$STATE/log/machine.log" 2>&1 {LOCK_FD}>&- &
  wait_for 10 "the first process of $1" runs "$1"
  [[ $1 == control ]] || plug "$1"
}

runs() { (be "$1" && node_runs); }

# Ends every process of a machine at once. What is frozen dies when it thaws.
power_off() {
  be "$1"
  local pid
  local -a pids
  mapfile -t pids < <(node_holder && node_init)
  for pid in "${pids[@]}"; do
    [[ -z $pid ]] || kill -KILL "$pid" 2> /dev/null || true
  done
  set_freezer "$1" THAWED
  for pid in "${pids[@]}"; do
    [[ -z $pid ]] || wait_for 20 "the end of process $pid" no_process "$pid"
  done
  remove_cgroups
}

# Control groups of version 1 take a word, of version 2 a number.
set_freezer() {
  local old=/sys/fs/cgroup/freezer/$THREE_CGROUP/$1 new=/sys/fs/cgroup/$THREE_CGROUP/$1
  if [[ -e $old/freezer.state ]]; then
    printf '%s\n' "$2" > "$old/freezer.state"
    wait_for 10 "$1 to be $2" grep -qx "$2" "$old/freezer.state"
  elif [[ -e $new/cgroup.freeze ]]; then
    if [[ $2 == FROZEN ]]; then printf '1\n'; else printf '0\n'; fi > "$new/cgroup.freeze"
  fi
}

api() { kubectl --kubeconfig "$THREE_KUBECONFIG" --request-timeout=5s "$@"; }

node_ready() { api get node "$1" --output='jsonpath={.status.conditions[?(@.type=="Ready")].status}' | grep -q True; }
