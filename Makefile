# `make article` writes an article from the bundled sample, `make article URL=...` from YouTube or a caption file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_BROWSER := $(VENV)/.ready-browser
READY_CLUSTER := $(VENV)/.ready-cluster

.DEFAULT_GOAL := help
.PHONY: help article test test-slow test-browser test-cluster check bench bench-cluster review clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

article: $(READY) ## an article from the sample, or from URL=<link or caption file>
	@$(BIN)/tadwin $(if $(URL),run "$(URL)",demo)

test: $(READY_DEV) ## run the tests
	@$(BIN)/python -m pytest

test-slow: $(READY_DEV) ## run the tests that take long, on real data where it is there
	@$(BIN)/python -m pytest -m slow

test-browser: $(READY_BROWSER) ## run the review desk in Chromium
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -yqq chromium; } || \
	  { echo "These tests need Chromium; as root: apt-get install chromium" >&2; exit 1; }
	@$(BIN)/python -m pytest -m browser tests/browser

test-cluster: $(READY_CLUSTER) ## run batches on a Ray cluster of several nodes on this machine
	@$(BIN)/python -m pytest -m cluster tests/cluster

check: $(READY_BROWSER) ## format, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(READY_DEV) ## measure speed and memory
	@$(BIN)/python -m tests.bench

bench-cluster: $(READY_CLUSTER) ## measure what a cluster adds, and reckon an archive of 100,000 videos
	@$(BIN)/python -m tests.bench.cluster

review: $(READY) ## open the review desk in the browser
	@$(BIN)/tadwin review

clean: ## remove what can be made again; articles and artifacts in outputs/ stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage build dist

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Tadwin needs Python 3.11 or newer; try: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@echo "making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(READY): $(VENV)/.made pyproject.toml constraints.txt
	@echo "installing packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(READY_DEV): $(READY)
	@echo "installing packages for development ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(READY_BROWSER): $(READY_DEV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,browser]'
	@touch $@

$(READY_CLUSTER): $(READY_DEV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,cluster]'
	@touch $@
