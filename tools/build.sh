#!/usr/bin/env bash
# Builds the pinned command-line tools into the cache, unless they are there.
#   tools/build.sh              everything that this machine needs
#   tools/build.sh PART...      kubernetes (kubectl, the node, CoreDNS), helm (version 4), charts (ct, kubeconform, Helm 3),
#                               python (yamllint, yamale, which ct calls), kind
set -Eeuo pipefail
# shellcheck source=tools/tools.sh
source "$(dirname -- "$0")/tools.sh"

NODE_PROGRAMS=(kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubectl kubelet)

# What a release build of each program says about itself. Charts ask for versions, and so does ct.
link_flags() {
  local node client
  node=$(pinned "$TOOLS/kubernetes" k8s.io/kubernetes)
  client=$(pinned "$TOOLS" k8s.io/client-go)
  case $1 in
    ct) link_variables "github.com/helm/chart-testing/v3/ct/cmd.Version=$(pinned "$TOOLS" github.com/helm/chart-testing/v3)" ;;
    helm3) link_variables "helm.sh/helm/v3/internal/version.version=$(pinned "$TOOLS" helm.sh/helm/v3)" \
      "helm.sh/helm/v3/pkg/"{chartutil,lint/rules}".k8sVersionMajor=1" \
      "helm.sh/helm/v3/pkg/"{chartutil,lint/rules}".k8sVersionMinor=$(minor "$client")" ;;
    helm4) link_variables "helm.sh/helm/v4/internal/version.version=$(pinned "$TOOLS" helm.sh/helm/v4)" ;;
    kubeconform) link_variables "main.version=$(pinned "$TOOLS" github.com/yannh/kubeconform)" ;;
    kubernetes-node) link_variables "k8s.io/component-base/version."{"gitVersion=$node",gitMajor=1,"gitMinor=$(minor "$node")",gitTreeState=clean} ;;
    coredns | kind) link_variables ;;
    *) die "no link flags are known for the program $1." ;;
  esac
}

link_variables() {
  printf '%s' '-s -w'
  (($# == 0)) || printf ' -X %s' "$@"
}

# v1.35.4 -> 35
minor() { cut -d. -f2 <<< "$1"; }

# Compiles one program:  compile MODULE-FOLDER NAME PACKAGE OUT
compile() {
  local module=$1 name=$2 package=$3 out=$4 log=$CACHE/log/build-$2.log
  with_progress "downloading the modules of $name" "$log" no_detail list_packages "$module" "$package" "$log.packages"
  with_progress "compiling $name" "$log" compiled_of \
    env CGO_ENABLED=0 go build -C "$module" -v -trimpath -ldflags "$(link_flags "$name")" -o "$out/$name" "$package"
}

list_packages() { go list -C "$1" -deps "$2" > "$3"; }

# The compiler names each package that it has to compile; those of an earlier build it passes over.
compiled_of() { printf ', %d of at most %d packages' "$(wc -l < "$1")" "$(wc -l < "$1.packages")"; }

# Runs the function $2 with a fresh folder, and gives the folder its name when all is in it: a folder that exists is complete.
complete() {
  local folder=$1 build=$2
  rm -rf -- "$folder.part"
  mkdir -p -- "$folder.part" "$CACHE/log"
  "$build" "$folder.part"
  mv -T -- "$folder.part" "$folder"
}

build_helm() {
  compile "$TOOLS" helm4 helm.sh/helm/v4/cmd/helm "$1"
  ln -s helm4 "$1/helm"
}

build_charts() {
  compile "$TOOLS" ct github.com/helm/chart-testing/v3/ct "$1"
  compile "$TOOLS" kubeconform github.com/yannh/kubeconform/cmd/kubeconform "$1"
  compile "$TOOLS" helm3 helm.sh/helm/v3/cmd/helm "$1"
  # ct's own rules for Chart.yaml and for YAML files
  cp -r --no-preserve=mode -- "$(go list -C "$TOOLS" -m -f '{{.Dir}}' github.com/helm/chart-testing/v3)/etc" "$1/etc"
}

build_kubernetes() {
  compile "$TOOLS/kubernetes" coredns ./coredns "$1"
  compile "$TOOLS/kubernetes" kubernetes-node ./kubernetes-node "$1"
  local name
  for name in "${NODE_PROGRAMS[@]}"; do
    ln -s kubernetes-node "$1/$name"
  done
}

build_kind() { compile "$TOOLS" kind sigs.k8s.io/kind "$1"; }

build_python() {
  python3 -c 'import venv, ensurepip' 2> /dev/null || "$TOOLS/packages.sh" python
  with_progress 'installing yamllint and yamale' "$CACHE/log/build-python.log" no_detail install_python "$1"
}

# The scripts that pip writes name the folder that they were installed in, and ours is renamed when it is complete.
# So they are run by the interpreter that stands beside them.
install_python() {
  python3 -m venv "$1/venv"
  "$1/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$TOOLS/requirements.txt"
  cat > "$1/yamllint" << 'SH'
#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/venv/bin/python" "$here/venv/bin/$(basename -- "$0")" "$@"
SH
  chmod 755 "$1/yamllint"
  cp "$1/yamllint" "$1/yamale"
}

# One folder of links to all that is built so far.
link_all() {
  local bin part folder
  bin=$(tools_bin)
  mkdir -p -- "$bin"
  for part in "${PARTS[@]}" kind; do
    folder=$(folder_of "$part")
    if [[ -d $folder ]]; then ln -sf -- "$folder"/* "$bin/"; fi
  done
}

main() {
  local -a parts=("$@") missing=()
  (($# > 0)) || parts=("${PARTS[@]}")
  local part number=0
  for part in "${parts[@]}"; do
    [[ -d $(folder_of "$part") ]] || missing+=("$part")
  done
  if ((${#missing[@]} == 0)) && [[ -d $(tools_bin) ]]; then return; fi
  lock build
  for part in "${missing[@]}"; do
    number=$((number + 1))
    say "Tools: $part ($number of ${#missing[@]})"
    [[ -d $(folder_of "$part") ]] || complete "$(folder_of "$part")" "build_$part"
    # At once: whoever needs this part alone must find it when the next one fails.
    link_all
  done
  link_all
  say "Tools are in $(tools_bin)"
}

main "$@"
