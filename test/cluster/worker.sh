# shellcheck shell=bash
# Container runtime, kubelet, service proxy and DNS.

write_runtime_configuration() {
  mkdir -p -- "$STATE/containerd"
  cat > "$STATE/containerd/config.toml" << TOML
version = 2
root = "$STATE/containerd/root"
state = "$STATE/containerd/state"

[grpc]
  address = "$STATE/containerd/containerd.sock"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$STATE/cni"
TOML
}

start_runtime() {
  # One of an earlier start would look like an answer.
  rm -f -- "$STATE/containerd/containerd.sock"
  start containerd containerd --config "$STATE/containerd/config.toml"
  wait_for 30 'the container runtime' test -S "$STATE/containerd/containerd.sock"
}

write_kubelet_configuration() {
  mkdir -p -- "$STATE/kubelet"
  # Names that are no service's are for the node's own resolver to answer, and it knows none.
  printf 'nameserver %s\n' "$CONTROL_IP" > "$STATE/kubelet/resolv.conf"
  cat > "$STATE/kubelet/config.yaml" << YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_IP
containerRuntimeEndpoint: unix://$STATE/containerd/containerd.sock
podLogsDir: $STATE/log/pods
volumePluginDir: $STATE/kubelet/plugins
resolvConf: $STATE/kubelet/resolv.conf
clusterDNS: [$CONTROL_IP]
clusterDomain: cluster.local
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
# A full disk of the machine must not throw out pods, nor images that cannot be pulled again.
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
$KUBELET_SETTINGS
YAML
}

start_worker() {
  start kubelet kubelet --config "$STATE/kubelet/config.yaml" --kubeconfig "$STATE/kubeconfig" --root-dir "$STATE/kubelet" \
    --hostname-override "$NODE" --node-ip "$NODE_IP" "${KUBELET_OPTIONS[@]}"
  start_proxy "$NODE"
}

# Gives services their addresses, as the node of this name.
start_proxy() {
  # The settings for connection tracking belong to the machine, not to this node.
  start kube-proxy kube-proxy --kubeconfig "$STATE/kubeconfig" --hostname-override "$1" \
    --proxy-mode iptables --cluster-cidr "$CLUSTER_CIDR" --conntrack-max-per-core 0 \
    --conntrack-tcp-timeout-established 0 --conntrack-tcp-timeout-close-wait 0
}

start_dns() {
  cat > "$STATE/Corefile" << DNS
cluster.local:53 {
  bind $CONTROL_IP
  errors
  kubernetes cluster.local {
    kubeconfig $STATE/kubeconfig
    ttl 5
  }
}
.:53 {
  bind $CONTROL_IP
  errors
  template ANY ANY . {
    rcode NXDOMAIN
  }
}
DNS
  start coredns coredns -conf "$STATE/Corefile"
}
