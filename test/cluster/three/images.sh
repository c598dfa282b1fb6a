# shellcheck shell=bash
# Images are imported once, into a store that all nodes get a copy of: of hard links, since what is in an image is not written to,
# and of real copies of the databases.

readonly SEED=$THREE_NODES/seed

# seed_images ARCHIVE...
seed_images() {
  [[ ! -e $SEED/done ]] || return 0
  local archive pid
  mkdir -p -- "$SEED"
  printf '%s\n' 'version = 2' "root = \"$SEED/root\"" "state = \"$SEED/state\"" 'disabled_plugins = ["io.containerd.grpc.v1.cri"]' \
    '[grpc]' "address = \"$SEED/socket\"" > "$SEED/config.toml"
  containerd --config "$SEED/config.toml" > "$SEED/log" 2>&1 {LOCK_FD}>&- &
  pid=$!
  wait_for 20 'the container runtime' test -S "$SEED/socket"
  for archive in "$@"; do
    ctr --address "$SEED/socket" --namespace k8s.io images import "$archive" > /dev/null
  done
  kill "$pid"
  wait "$pid" || true
  touch -- "$SEED/done"
}

# Gives a node the images, if it has no store yet.
give_images() {
  local store=$THREE_NODES/$1/containerd/root database
  [[ ! -e $store ]] || return 0
  mkdir -p -- "${store%/*}"
  cp -al -- "$SEED/root" "$store"
  while read -r database; do
    cp --remove-destination -- "$SEED/root/$database" "$store/$database"
  done < <(cd -- "$SEED/root" && find . -name '*.db' -path '*io.containerd.*' -not -path '*/fs/*')
}
