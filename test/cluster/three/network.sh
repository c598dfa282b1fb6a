# shellcheck shell=bash
# The network of the three nodes: a switch in the namespace of control, and a cable from there to each node and to this machine.
# There is no route to the world.

# On this machine. A cable has a fixed address at the node's end, so that a node that comes back is known at once.
plug() {
  local control init
  control=$(be control && node_init)
  init=$(be "$1" && node_init)
  wait_for 10 'the switch' inside control ip link show switch
  in_control ip link delete "port-$1" 2> /dev/null || true
  in_control ip link add "port-$1" type veth peer name uplink address "02:00:00:00:00:0${1#node-}" netns "$init"
  in_control ip link set "port-$1" master switch up
}

# In the network of control, while its other namespaces are this machine's: a node's process has a number here.
in_control() { nsenter --target "$control" --net -- "$@"; }

plug_host() {
  wait_for 10 'the switch' inside control ip link show switch
  ip link add "$HOST_PORT" type veth peer name port-host netns "$(be control && node_init)"
  ip address add "$HOST_IP/24" dev "$HOST_PORT"
  ip link set "$HOST_PORT" up
  inside control ip link set port-host master switch up
  local name
  for name in "${NODES[@]}"; do ip route add "$(pods_of "$name")" via "$(ip_of "$name")" dev "$HOST_PORT"; done
  ip route add "$SERVICE_CIDR" via "$CONTROL_IP" dev "$HOST_PORT"
}

unplug_host() { ip link delete "$HOST_PORT" 2> /dev/null || true; }

# In control.
raise_switch() {
  ip link set lo up
  sysctl -qw net.ipv4.ip_forward=1
  ip link add switch address 02:00:00:00:00:10 type bridge
  # Frames between two nodes are none of the packet filter's business.
  sysctl -qw net.bridge.bridge-nf-call-iptables=0
  ip address add "$CONTROL_IP/24" dev switch
  ip link set switch up
  route_to_pods
}

# In a node.
raise_uplink() {
  ip link set lo up
  sysctl -qw net.ipv4.ip_forward=1
  wait_for 20 'the cable' ip link show uplink
  ip address add "$NODE_IP/24" dev uplink
  ip link set uplink up
  route_to_pods
}

route_to_pods() {
  local name
  for name in "${NODES[@]}"; do
    [[ $name == "$NODE" ]] || ip route add "$(pods_of "$name")" via "$(ip_of "$name")"
  done
}

# Pulls the cable of a node.
cut_all() { inside control ip link set "port-$1" down; }

# The node and its pods reach API and DNS, and no other node.
cut_peers() {
  local peer net
  for peer in "${NODES[@]}"; do
    [[ $peer != "$1" ]] || continue
    for net in "$(ip_of "$peer")" "$(pods_of "$peer")"; do
      inside "$1" iptables -w -t raw -I PREROUTING -s "$net" -i uplink -j DROP
      inside "$1" iptables -w -t mangle -I POSTROUTING -d "$net" -o uplink -j DROP
    done
  done
}

# Undoes both kinds of cuts; there need not be one.
heal() {
  inside control ip link set "port-$1" up
  drop_rules_of "$1" raw PREROUTING
  drop_rules_of "$1" mangle POSTROUTING
}

drop_rules_of() {
  local rule
  local -a words
  while read -r rule; do
    read -ra words <<< "$rule"
    inside "$1" iptables -w -t "$2" -D "${words[@]:1}"
  done < <(inside "$1" iptables -w -t "$2" -S "$3" | grep -- 'uplink -j DROP' || true)
}
