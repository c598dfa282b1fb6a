# shellcheck shell=bash
# What the scripts of the test cluster share: where its state is, its addresses, and how its processes are found.

CLUSTER_SCRIPTS=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=tools/tools.sh
source "$CLUSTER_SCRIPTS/../../tools/tools.sh"

export STATE=$CACHE/cluster
# Of the three nodes that three/up.sh starts.
export THREE_NODES=$CACHE/three-nodes
export NODE=node-1
# The node's own address is the only one that anybody has to know: API, DNS and kubelet listen there.
export NODE_IP=10.244.255.2 HOST_IP=10.244.255.1
export POD_CIDR=10.244.0.0/24 SERVICE_CIDR=10.96.0.0/16
# Where API and DNS are, and from where packets of pods come: the same where one node is all there is.
export CONTROL_IP=$NODE_IP CLUSTER_CIDR=$POD_CIDR PKI=$STATE/pki
# What the daemons of a cluster with several nodes are given beside what all have.
export API_OPTIONS=() CONTROLLER_OPTIONS=() KUBELET_OPTIONS=() KUBELET_SETTINGS=''
export UPLINK=mysql-sts KIND_CLUSTER=mysql-sts
# Control group of all pods; the kubelet makes "kubepods" in it.
export CGROUP=mysql-sts
# What Kubernetes and container runtimes write outside the folders that they are given. The node has its own, empty ones.
export PRIVATE_FOLDERS=(/run /var/log /var/lib/cni /var/lib/kubelet /usr/libexec/kubernetes)

TOOLS_BIN=$(tools_bin)
export PAUSE_IMAGE=registry.local/mysql-sts/pause:1
PATH=$TOOLS_BIN:$PATH:/usr/sbin:/sbin

# True when the user named a cluster. That its kubeconfig is our own only says that "make demo" was taken at its word.
given_kubeconfig() { [[ -n ${KUBECONFIG:-} && $KUBECONFIG != "$STATE/kubeconfig" ]]; }

# The process that holds the node's namespaces, from outside. It is known by its command line, not by a pid in a file,
# so neither a crash nor a reused pid can point to somebody else's process.
node_holder() {
  local file
  local -a words
  while read -r file; do
    mapfile -d '' -t words 2> /dev/null < "$file" || continue
    [[ ${words[0]} == unshare ]] || continue
    file=${file#/proc/}
    printf '%s\n' "${file%/cmdline}"
  done < <(grep -lazsF -- "--node-of=$STATE" /proc/[0-9]*/cmdline || true)
}

# Pid 1 of the node, as this machine numbers it: the holder's only child.
node_init() {
  local holder
  holder=$(node_holder)
  [[ -n $holder ]] || return 0
  cat -- "/proc/$holder/task/$holder/children" 2> /dev/null | tr -d ' ' || true
}

# True when the node's first process runs its script. For a moment before that it looks like its holder, and none of the two can be told.
node_runs() {
  local init
  init=$(node_init)
  [[ -n $init ]] && grep -qzx bash "/proc/$init/cmdline" 2> /dev/null
}

# Waits until a command succeeds:  wait_for SECONDS "what is awaited" COMMAND...
wait_for() {
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" > /dev/null 2>&1; do
    if ((SECONDS >= until)); then
      say "Waited for $what in vain. The last words of its logs in $STATE/log:"
      tail -n 3 -- "$STATE"/log/*.log >&2
      return 1
    fi
    sleep 0.1
  done
}
