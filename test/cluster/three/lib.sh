# shellcheck shell=bash
# What the scripts of the three nodes share: names, addresses, and which of the machines is meant.

THREE_SCRIPTS=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=test/cluster/lib.sh
source "$THREE_SCRIPTS/../lib.sh"

export NODES=(node-1 node-2 node-3)
export THREE_KUBECONFIG=$THREE_NODES/control/kubeconfig
# The cable between the machines lies outside of the pods' addresses: a proxy masks only senders that are no pods, and an answer to
# a machine would else not pass the node that translated the service's address.
export WIRE=10.246.0 CONTROL_IP=10.246.0.10 HOST_IP=10.246.0.254
export CLUSTER_CIDR=10.245.0.0/16 SERVICE_CIDR=10.97.0.0/16
export HOST_PORT=mysql-sts-three PKI=$THREE_NODES/control/pki
export THREE_CGROUP=mysql-sts-three

# A node is NotReady after 20 s without a sign of life, and 10 s later its pods are told to leave. Its sign comes every two seconds:
# of the usual ten, two late ones would be enough to call a healthy node lost. A server that was ended several times starts again
# after 5 s: Kubernetes' own waits, up to 5 minutes, would be most of the time of the tests.
export KUBELET_SETTINGS='nodeLeaseDurationSeconds: 8
crashLoopBackOff: {maxContainerRestartPeriod: 5s}'
export API_OPTIONS=(--enable-admission-plugins NodeRestriction
  --default-not-ready-toleration-seconds 10 --default-unreachable-toleration-seconds 10)
export CONTROLLER_OPTIONS=(--node-monitor-period 1s --node-monitor-grace-period 20s --node-eviction-rate 1)

# From here on, one machine is meant: control, or one of the nodes.
be() {
  export NODE=$1 STATE=$THREE_NODES/$1 CGROUP=$THREE_CGROUP/$1
  if [[ $1 == control ]]; then
    export NODE_IP=$CONTROL_IP
    return
  fi
  NODE_IP=$(ip_of "$1") POD_CIDR=$(pods_of "$1")
  # With a zone of its own each, the loss of two nodes does not keep Kubernetes from evicting their pods.
  export NODE_IP POD_CIDR KUBELET_OPTIONS=(--node-labels "topology.kubernetes.io/zone=zone-${1#node-}")
}

ip_of() { printf '%s.%s' "$WIRE" "${1#node-}"; }
pods_of() { printf '10.245.%s.0/24' "${1#node-}"; }

# Runs a command in the machine:  inside NAME COMMAND...
inside() {
  local init
  init=$(be "$1" && node_init)
  [[ -n $init ]] || die "$1 does not run. \"test/cluster/three/nodes.sh revive $1\" starts a node, \"test/cluster/three/up.sh\" the whole cluster."
  shift
  nsenter --target "$init" --mount --net --pid -- "$@"
}

check_machine() {
  [[ $(uname -s) == Linux ]] || die 'three nodes on one machine need Linux.'
  ((EUID == 0)) || die 'three nodes on one machine can only be started, broken and removed by root.'
}
