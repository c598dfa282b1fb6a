# shellcheck shell=bash
# The node's network: a namespace of its own, joined to this machine by one pair of virtual interfaces.
# Bridge, packet filter and routes of the cluster live in that namespace and go when it goes.

# On this machine:  join_network PID-OF-THE-NODE
join_network() {
  ip link add "$UPLINK" type veth peer name uplink netns "$1"
  ip address add "$HOST_IP/30" dev "$UPLINK"
  ip link set "$UPLINK" up
  local cidr
  for cidr in "$POD_CIDR" "$SERVICE_CIDR"; do
    ip route add "$cidr" via "$NODE_IP" dev "$UPLINK" onlink
  done
}

# A killed node's interface goes with its namespace, which the kernel takes down at its leisure.
leave_network() {
  ip link delete "$UPLINK" 2> /dev/null || true
}

# In the node. There is no default route, so nothing here reaches the world, not even a service that nobody serves.
raise_network() {
  ip link set lo up
  wait_for 10 'the uplink' ip link show uplink
  ip address add "$NODE_IP/30" dev uplink
  ip link set uplink up
  sysctl -qw net.ipv4.ip_forward=1
}

# Makes the configuration that the container runtime reads.
write_network_configuration() {
  mkdir -p -- "$STATE/cni"
  cat > "$STATE/cni/10-bridge.conflist" << JSON
{
  "cniVersion": "0.4.0",
  "name": "mysql-sts",
  "plugins": [
    {
      "type": "bridge",
      "bridge": "cni0",
      "isGateway": true,
      "hairpinMode": true,
      "ipam": {
        "type": "host-local",
        "dataDir": "$STATE/ipam",
        "ranges": [[{"subnet": "$POD_CIDR", "rangeStart": "${POD_CIDR%.*}.10"}]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
JSON
}
