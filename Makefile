# Ramgate. `make help` lists what there is; continuous integration calls the same targets.
#
# Needs Rust (the rest is installed where it is missing: a C compiler and Python from Debian's packages when run as root,
# the official SDKs from PyPI into .work/venv).

SHELL := /bin/bash
WORK  := .work
VENV  := $(WORK)/venv
TARGET := $(or $(CARGO_TARGET_DIR),target)
PY    := $(VENV)/bin/python
NEXTEST := $(shell cargo nextest --version >/dev/null 2>&1 && echo yes)

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: deps
deps:
	@tools/install-system-packages.sh cc python3

.PHONY: build
build: deps ## the release binary, target/release/ramgate
	cargo build --release --locked --package ramgate

.PHONY: serve
serve: build ## build and run it; settings as RAMGATE_… variables or ARGS="--listen …"
	$(TARGET)/release/ramgate serve $(ARGS)

.PHONY: fmt
fmt: ## format all code
	cargo fmt --all

.PHONY: lint
lint: deps ## formatting, clippy, crate edges, licences, generated files
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask check
	cargo xtask gen --check

.PHONY: gen
gen: ## write the generated files (catalog, reference, OpenAPI)
	cargo xtask gen

.PHONY: unit
unit: deps ## tests of the crates
ifeq ($(NEXTEST),yes)
	cargo nextest run --workspace --locked
else
	cargo test --workspace --locked
endif
	cargo test --workspace --locked --doc

$(VENV)/installed: tests/sdk/requirements.txt
	@tools/install-system-packages.sh python3
	python3 -m venv $(VENV) || { tools/install-system-packages.sh venv && python3 -m venv $(VENV); }
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement tests/sdk/requirements.txt
	touch $@

.PHONY: sdk
sdk: deps $(VENV)/installed ## end-to-end tests with the official SDKs
	cargo build --locked --package ramgate
	$(PY) -m pytest tests/sdk --quiet $(PYTEST_ARGS)

.PHONY: test
test: lint unit sdk ## everything that has to hold

.PHONY: bench
bench: deps ## decisions against Cedar, regorus and casbin; traffic against nginx, HAProxy and bare hyper
	benches/run.sh $(BENCH_ARGS)

.PHONY: soak
soak: deps ## ten million random requests, decided alike by index, plain and naive evaluator
	RAMGATE_SOAK=2400 cargo test --release --locked --package ramgate-policy --test it -- properties::index_plain --nocapture

.PHONY: clean
clean: ## remove what was built
	cargo clean
	rm -rf $(WORK)
