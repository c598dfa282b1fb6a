# Everything that a target needs is its prerequisite: on a fresh machine `make demo` and `make test` set up all by themselves.
# Needed are Node.js, Go and python3; what else is missing, packages.sh installs (as root, on Debian) or names.

SHELL := bash
.SHELLFLAGS := -Eeuo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# A recipe that fails half-way leaves no file that looks up to date.
.DELETE_ON_ERROR:

# Which engine to build images for, and to demonstrate. Empty means: all that the test bed has.
ENGINE ?=
# How replicas are cloned in the demonstration. Empty means: the engine's own choice.
METHOD ?=
export ENGINE METHOD
# Checkouts of the charts that bench-render measures beside this one. Empty means: fetched.
CHECKOUTS ?=
# Parts of faults and bench: no new one is begun after so many minutes, and the next run goes on from there. Empty means: all.
MINUTES ?=
MYSQL_STS_MINUTES ?= $(MINUTES)
export MYSQL_STS_MINUTES
# Processes of `make test` at a time: they wait more than they compute.
JOBS ?= 3
# Set, `make demo` loses the node of the primary.
FAILOVER ?=
export FAILOVER
# How often `make kills` does it. Empty means: 20 times.
KILLS ?=
export KILLS
# Set, `make demo` leaves a Prometheus that reads the release.
METRICS ?=
export METRICS
# Of the suite engines, the files whose names have this word. Empty means: all.
ONLY ?=
# What the suite engines needs images of.
ENGINES := mysql-5.7 mysql-8.0 mysql-9.7 mariadb-10.11 mariadb-10.11-older mariadb-11.8 tutorial

NODE := node --import tsx
TOOLS := tools/run.sh
# Written by npm at the end of every installation.
MODULES := node_modules/.package-lock.json

.PHONY: help generate verify lint format audit test e2e nodes nodes-all kills e2e-all engines faults telling-faults bench demo tools images cluster-up cluster-down bench-render docs official official-commands test-publish package publish site test-site model clean

help: ## Says what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  ENGINE=mysql-9.7 (or mariadb-11.8, mariadb-10.11) picks one engine, METHOD=xtrabackup its way to clone.'
	@echo '  KUBECONFIG names the cluster to use; without it kind is used where Docker runs, and else a node is started here.'

generate: $(MODULES) ## Writes chart/ from the values model and the templates
	@$(NODE) generator/cli.ts generate

verify: $(MODULES) ## Fails if chart/ is not what generate would write
	@$(NODE) generator/cli.ts verify

lint: $(MODULES) ## Checks types, code style, shell scripts, manifests, and what the project is built from for known flaws
	@tools/packages.sh lint
	@tools/build.sh helm
	@$(TOOLS) npm run --silent lint

format: $(MODULES) ## Lays out TypeScript, JSON, YAML and shell scripts as `npm run lint:format` demands, and generates the chart
	@npm run --silent format
	@$(NODE) generator/cli.ts generate

audit: $(MODULES) ## Looks for known flaws as lint does, and fails where npm's advisory service cannot be reached
	@$(NODE) test/lint/audit.ts --require-service

test: $(MODULES) tools images ## Runs the tests that need no cluster: unit, decide, chart, cli, scripts
	@tools/packages.sh lint
	@tools/with.sh policies true
	@tools/with.sh objects true
	@$(TOOLS) $(NODE) test/run.ts unit decide chart cli scripts --apart scripts --jobs $(JOBS)

e2e: $(MODULES) tools ## Runs the tests on a real cluster
	@kubeconfig=$$(test/cluster/up.sh $(or $(ENGINE),$(ENGINES)) metrics) && KUBECONFIG=$$kubeconfig tools/with.sh publish $(TOOLS) $(NODE) test/run.ts e2e

nodes: $(MODULES) ## Runs the tests that lose nodes, on three nodes of their own on this machine (Linux, root)
	@tools/build.sh helm kubernetes
	@kubeconfig=$$(test/cluster/three/up.sh $(or $(ENGINE),mysql-9.7)) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/run.ts nodes

nodes-all: ## The same, with MySQL 9.7 and with MariaDB 11.8
	@$(MAKE) nodes ENGINE='mysql-9.7 mariadb-11.8'

kills: $(MODULES) ## Kills the node of the primary KILLS=20 times, and prints the seconds without an acknowledged row
	@tools/build.sh helm kubernetes
	@kubeconfig=$$(test/cluster/three/up.sh $(or $(ENGINE),mysql-9.7)) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/nodes/kills.ts

e2e-all: ## Runs all that needs a cluster, engines and faults included, and says when it last passed
	@test/e2e-all.sh

engines: $(MODULES) tools ## Runs on a real cluster what e2e leaves out: engines, upgrades, clients, the tutorial; writes docs/engines.md; ONLY=upgrade
	@tools/packages.sh java
	@kubeconfig=$$(test/cluster/up.sh $(or $(ENGINE),$(ENGINES))) && export KUBECONFIG=$$kubeconfig && \
	  run=0 && { $(TOOLS) $(NODE) test/run.ts engines $(addprefix --only ,$(ONLY)) || run=$$?; } && $(TOOLS) $(NODE) test/engines/page.ts && exit $$run

faults: $(MODULES) tools ## Runs each fault whose result is not of this tree, and writes docs/faults.md; SUBJECT=mysql, mariadb or tutorial, MINUTES=60
	@kubeconfig=$$(test/cluster/up.sh mysql-9.7 mariadb-11.8 tutorial) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/faults/main.ts $(SUBJECT)

bench: $(MODULES) tools ## Measures the chart beside the tutorial, and writes docs/performance.md
	@kubeconfig=$$(test/cluster/up.sh mysql-9.7 mariadb-11.8 tutorial) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/bench/main.ts

telling-faults: $(MODULES) tools ## Runs the ten most telling faults on MySQL 9.7 and MariaDB 11.8
	@kubeconfig=$$(test/cluster/up.sh mysql-9.7 mariadb-11.8) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/run.ts faults

docs: $(MODULES) tools ## Executes the runbook's commands on a real cluster
	@kubeconfig=$$(test/cluster/up.sh mysql-9.7) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/run.ts docs

official: $(MODULES) ## Runs a release of ENGINE on kind with the official images; needs Docker and their registry
	@tools/build.sh helm kubernetes
	@mapfile -t images < <($(NODE) test/official/images.ts) && kubeconfig=$$(test/official/up.sh "$${images[@]}") && \
		KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/run.ts official

official-commands: $(MODULES) ## Compares the commands in the official images with schema/engines; needs Docker
	@$(NODE) test/official/commands.ts

demo: ENGINE := $(or $(ENGINE),mysql-9.7)
demo: $(MODULES) ## Installs the chart, writes, and shows a primary with two replicas; FAILOVER=1 kills the node of the primary, METRICS=1 leaves a Prometheus
	@tools/build.sh helm kubernetes
	@kubeconfig=$$(test/cluster/$(if $(FAILOVER),three/)up.sh $(ENGINE) $(if $(METRICS),metrics)) && KUBECONFIG=$$kubeconfig $(TOOLS) $(NODE) test/$(if $(FAILOVER),nodes,e2e)/demo.ts

tools: ## Builds the pinned command-line tools
	@tools/build.sh

images: $(MODULES) ## Builds the test images of ENGINE, or all
	@test/cluster/images/build.sh $(ENGINE) >/dev/null

cluster-up: $(MODULES) ## Starts the test cluster, or keeps the one that runs, and prints its kubeconfig
	@tools/build.sh kubernetes
	@test/cluster/up.sh $(ENGINE)

cluster-down: ## Removes the test clusters without a trace
	@test/cluster/down.sh
	@test/cluster/three/down.sh

bench-render: $(MODULES) ## Times helm template beside two other charts; CHECKOUTS='OWNER/NAME=FOLDER ...' where they cannot be fetched
	@tools/build.sh helm
	@$(TOOLS) $(NODE) test/bench/render.ts $(addprefix --from ,$(CHECKOUTS))

package: $(MODULES) ## Packs the chart and the command line into dist/, with the same bytes on every machine
	@$(NODE) release/package.ts

test-publish: $(MODULES) ## Tests publishing, against a real registry on this machine
	@tools/build.sh helm charts
	@tools/with.sh publish $(TOOLS) $(NODE) test/run.ts publish

publish: package ## Publishes the packed chart: REGISTRY=registry.example.com/charts KEY=cosign.key (see docs/publish.md)
	@tools/build.sh helm
	@npm sbom --sbom-format cyclonedx --omit dev >dist/npm.cdx.json
	@tools/with.sh publish $(TOOLS) $(NODE) release/publish.ts --registry '$(REGISTRY)' --key '$(KEY)' \
		--artifact-hub-id '$(ARTIFACT_HUB_ID)' --tag '$(RELEASE_TAG)' --archive dist/chart/*.tgz

site: $(MODULES) ## Builds the site of the documentation into dist/site; a link that leads nowhere fails it
	@$(NODE) release/site.ts dist/pages
	@tools/site.sh dist/pages dist/site

test-site: site ## Looks at the site in a real browser, at two widths, and leaves pictures in dist/screenshots
	@tools/packages.sh browser
	@$(NODE) test/run.ts site

model: $(MODULES) ## Checks the model of the primary that moves, and its planted faults, and writes the table of docs/failover-model.md
	@tools/packages.sh model
	@$(NODE) test/model/main.ts

clean: ## Removes what was made in this checkout; built tools and images stay in the cache
	@rm -rf dist node_modules

$(MODULES): package-lock.json
	@npm ci --no-audit --no-fund
	@touch $@
