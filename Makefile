# Every target sets up what it needs on its own. PYTHON=python3.12 make … picks another interpreter.

VENV ?= .venv
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora
GOLD ?= ../shared/gold

CHROMIUM ?= chromium
BENCH ?= ../shared/articles/wikinews-2019.jsonl
GROWTH ?= 10000

.PHONY: help install demo test bench fuzz check format train evaluate serve lowest wheel explorer notebooks picture docs \
	examples clean
.DEFAULT_GOAL := help

help:  ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

# The stamps: what runs the package, and what develops it.
$(VENV)/.runtime: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or say PYTHON=… make"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what kg needs into $(VENV) (a minute or two) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.develop: $(VENV)/.runtime
	@echo "Installing what its development needs …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(VENV)/.develop  ## Make .venv with everything that development needs

demo: $(VENV)/.runtime  ## Build, query and draw the graph of the bundled articles
	@$(BIN)/kg demo

test: $(VENV)/.develop  ## Run the tests: a process a core, then what measures, alone
	$(BIN)/python -m pytest -n auto --dist loadfile --ignore=tests/benchmarks
	$(BIN)/python -m pytest tests/benchmarks

bench: $(VENV)/.develop  ## Measure the stages of a build of BENCH, and its growth to GROWTH articles
	@$(BIN)/python -m tests.benchmarks.stages $(BENCH) --growth $(GROWTH)

fuzz: $(VENV)/.develop  ## Fuzz the readers for KG_FUZZ_SECONDS (60; atheris)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[fuzz]'
	@$(BIN)/python -m tests.fuzz

check: $(VENV)/.develop  ## Run ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.develop  ## Lay the code out as ruff says
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: $(VENV)/.develop  ## Make the weights anew from CORPORA (about two hours)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[train]'
	$(BIN)/kg train $(CORPORA)

evaluate: $(VENV)/.develop  ## Score the extraction of the articles beside GOLD against it
	$(BIN)/kg evaluate $(GOLD)

serve: $(VENV)/.runtime  ## Show the demo's graph at http://127.0.0.1:8000/ and answer SPARQL there
	@test -d graph || $(BIN)/kg demo
	@$(BIN)/kg serve graph

lowest: $(VENV)/.develop  ## Run the tests on the lowest versions that pyproject.toml allows
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/lowest
	$(BIN)/uv pip install --quiet --python build/lowest/bin/python --resolution lowest-direct --editable .
	$(BIN)/uv pip install --quiet --python build/lowest/bin/python pytest pytest-xdist hypothesis babel nbclient nbformat ipykernel owlrl pyld psutil httpx
	build/lowest/bin/python -m pytest -q -W default -n auto --dist loadfile \
		-m "not slow and not browser" --ignore=tests/benchmarks --ignore=tests/docs

wheel: $(VENV)/.develop  ## Try the built wheel in an empty environment
	$(BIN)/uv build --quiet --wheel --out-dir build/wheel
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/empty
	$(BIN)/uv pip install --quiet --python build/empty/bin/python --refresh-package kg-actors build/wheel/*.whl
	cd build/empty && bin/kg demo --output demo

explorer: $(VENV)/.develop  ## Check, test and build the pages of kg serve anew (needs Node.js 20 and npm)
	$(BIN)/python -m kg.server.api.typescript > kg/explorer/src/api/types.ts
	cd kg/explorer && npm ci --silent --no-audit --no-fund && npm run --silent check && npm run --silent test \
		&& npm run --silent build

notebooks: $(VENV)/.develop  ## Run the notebooks and keep their outputs
	$(BIN)/python -m tests.notebooks

picture: $(VENV)/.develop  ## Take the pictures of README and docs anew, with Chromium
	$(BIN)/python -m tests.pictures "$$(command -v $(CHROMIUM))"

$(VENV)/.docs: $(VENV)/.develop
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable '.[docs]'
	@touch $@

docs: $(VENV)/.docs  ## Build the documentation as a site, in build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "Open build/site/index.html; its search needs a server: $(BIN)/python -m http.server -d build/site"

examples: $(VENV)/.docs  ## Run the examples of the documentation and write their outputs anew
	$(BIN)/python -m tests.docs.renew

clean:  ## Remove what was built, .venv too
	rm -rf build dist $(VENV) graph graph.html
