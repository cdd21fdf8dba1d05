# `make article` writes an article from the bundled sample, `make article URL=...` from YouTube or a caption file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_BROWSER := $(VENV)/.ready-browser
READY_LOCAL := $(VENV)/.ready-local

READY_CLUSTER := $(VENV)/.ready-cluster
# The tests have a process for each core; more threads in each would only wait for one another.
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto

.DEFAULT_GOAL := help
.PHONY: help ready article example-model test test-slow test-browser test-local test-model test-cluster check \
  bench bench-stops bench-invention bench-model bench-tokens bench-damage bench-desk bench-cluster review clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

ready: $(VENV)/.made ## install all that any target needs, at once
	@echo "installing all packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,browser,training,cluster]'
	@touch $(READY) $(READY_DEV) $(READY_BROWSER) $(READY_LOCAL) $(READY_CLUSTER)

article: $(READY) ## an article from the sample, or from URL=<link or caption file>
	@$(BIN)/tadwin $(if $(URL),run "$(URL)",demo)

test: $(READY_DEV) ## run the tests, on all cores
	@$(PYTEST)

test-slow: $(READY_DEV) ## run the tests that take long, on all cores, on real data where it is there
	@$(PYTEST) --dist worksteal -m slow

test-browser: $(READY_BROWSER) ## run the review desk in Chromium
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -yqq chromium; } || \
	  { echo "These tests need Chromium; as root: apt-get install chromium" >&2; exit 1; }
	@$(PYTEST) -m browser tests/browser

test-local: $(READY_LOCAL) ## run tiny language models through transformers
	@$(PYTEST) -m local tests/models

test-model: $(READY_LOCAL) ## run a small real model: TADWIN_TEST_MODEL=<folder or .gguf file>
	@$(BIN)/python -m pytest -m model

test-cluster: $(READY_CLUSTER) ## run batches on a Ray cluster of several nodes on this machine
	@$(BIN)/python -m pytest -m cluster tests/cluster

check: $(READY_BROWSER) ## format, lint, types, and the corpus of spoken Arabic
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m models.training.corpus.check

example-model: $(READY_DEV) ## make the example of a strong model's article again, from its recorded answers
	@$(BIN)/python -m tests.sample.make_model_example

bench: $(READY_DEV) ## measure speed and memory
	@$(BIN)/python -m tests.bench

bench-stops: $(READY_DEV) ## measure how soon the program ends after Ctrl-C and SIGTERM
	@$(BIN)/python -m tests.bench.stops

bench-invention: $(READY_DEV) ## what a model makes of 14 real talks, and sentences to read: WRITER=local|server|invents
	@$(BIN)/python -m tests.bench.invention --writer $(or $(WRITER),invents)

bench-model: $(READY_LOCAL) ## measure a language model: MODEL=<folder>, GGUF=<file> for llama.cpp beside it
	@$(BIN)/python -m tests.bench.model "$(MODEL)" "$(GGUF)"

bench-tokens: $(READY_DEV) ## where the tokens of an article go, beside its transcript's, with a stand-in for a model
	@$(BIN)/python -m tests.bench.tokens
bench-desk: $(READY_BROWSER) ## walk a rough draft to a Word file at the review desk: keys, clicks, seconds
	@$(BIN)/python -m pytest -m browser tests/browser/test_walk.py -q

bench-damage: $(READY_DEV) ## flip 200 bits in all kinds of files of a library, one at a time
	@$(BIN)/python -m tests.bench.damage 200 1

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

$(READY_LOCAL): $(READY_DEV)
	@echo "installing torch and transformers ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,training]'
	@touch $@

$(READY_CLUSTER): $(READY_DEV)
	@echo "installing Ray ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,cluster]'
	@touch $@
