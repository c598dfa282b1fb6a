# shellcheck shell=bash
# etcd, the API server, controllers and scheduler. Nothing here outlives the cluster, so nothing is synced to the disk.

readonly ETCD=http://127.0.0.1:2379 ETCD_PEER=http://127.0.0.1:2380

write_credentials() {
  mkdir -p -- "$PKI"
  openssl genrsa -out "$PKI/sa.key" 2048 2> /dev/null
  openssl rsa -in "$PKI/sa.key" -pubout -out "$PKI/sa.pub" 2> /dev/null
  TOKEN=$(openssl rand -hex 16)
  printf '%s,admin,admin,system:masters\n' "$TOKEN" > "$PKI/tokens.csv"
}

# The API server signs its own certificate; its clients need that one to know it.
write_kubeconfig() {
  wait_for 30 "the API server's certificate" test -s "$PKI/apiserver.crt"
  cat > "$STATE/kubeconfig" << YAML
apiVersion: v1
kind: Config
clusters:
  - name: mysql-sts
    cluster:
      server: https://$CONTROL_IP:6443
      certificate-authority: $PKI/apiserver.crt
users:
  - name: admin
    user:
      token: $TOKEN
contexts:
  - name: mysql-sts
    context:
      cluster: mysql-sts
      user: admin
current-context: mysql-sts
YAML
}

start_api() {
  start etcd etcd --data-dir "$STATE/etcd" --unsafe-no-fsync \
    --listen-client-urls "$ETCD" --advertise-client-urls "$ETCD" \
    --listen-peer-urls "$ETCD_PEER" --initial-advertise-peer-urls "$ETCD_PEER" --initial-cluster "default=$ETCD_PEER"
  start kube-apiserver kube-apiserver --etcd-servers "$ETCD" --cert-dir "$PKI" --token-auth-file "$PKI/tokens.csv" \
    --advertise-address "$NODE_IP" --bind-address "$NODE_IP" --secure-port 6443 \
    --service-cluster-ip-range "$SERVICE_CIDR" --endpoint-reconciler-type lease \
    --authorization-mode Node,RBAC --allow-privileged --kubelet-preferred-address-types InternalIP \
    --service-account-issuer https://kubernetes.default.svc \
    --service-account-key-file "$PKI/sa.pub" --service-account-signing-key-file "$PKI/sa.key" \
    "${API_OPTIONS[@]}"
}

# Needs a ready API.
start_controllers() {
  start kube-controller-manager kube-controller-manager --kubeconfig "$STATE/kubeconfig" --leader-elect=false \
    --root-ca-file "$PKI/apiserver.crt" --service-account-private-key-file "$PKI/sa.key" --use-service-account-credentials \
    "${CONTROLLER_OPTIONS[@]}"
  start kube-scheduler kube-scheduler --kubeconfig "$STATE/kubeconfig" --leader-elect=false
}
