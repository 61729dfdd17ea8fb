# The ways in. `make` alone lists them. Every target sets up .venv first; a second run of the setup does nothing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?=
JOBS ?=
TEST_JOBS ?= 2
PORT ?= 3000
OPTIONS ?=
BIN := .venv/bin
STAMP := .venv/.installed
CORPUS := $(or $(TIEOUT_CORPUS),../shared/corpus)

# Nothing here reports to anybody.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
# Run history lives with the data, not in a folder that is gone tomorrow.
export DAGSTER_HOME := $(CURDIR)/data/dagster_home
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Containers often forbid Python to keep what it compiled. Dagster, dbt and Great Expectations are 4,000 modules: compiled anew
# by every process that imports them, they take longer than a build.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup warehouse test test-long dev gate lint format docs bench damage digests accuracy picture clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: $(STAMP) ## make .venv and install everything that requirements.lock names (PYTHON=python3.12 to choose one)

$(STAMP): requirements.lock pyproject.toml .ci/setup
	@.ci/setup $(PYTHON)
	@touch $@

warehouse: $(STAMP) ## build data/warehouse/tieout.duckdb from data/raw, audit it, publish it (JOBS=4 to choose the workers)
	@tieout build $(if $(JOBS),--jobs $(JOBS)) || [ $$? -eq 3 ]  # 3: published, with filings newly quarantined

gate: $(STAMP) ## run the audits again, against the published warehouse
	@tieout gate

test: $(STAMP) ## run the tests
	@pytest -n $(TEST_JOBS) --dist loadfile --no-loadscope-reorder

test-long: $(STAMP) ## run the property tests on twenty times as many examples (OPTIONS="-k columns" to choose some)
	@pytest -n $(TEST_JOBS) --hypothesis-profile long -m hypothesis $(OPTIONS) tests/unit

lint: $(STAMP) ## ruff, mypy, sqlfluff
	@ruff check .
	@ruff format --check .
	@mypy
	@sqlfluff lint --disable-progress-bar dbt_project

format: $(STAMP) ## put the layout of the code right
	@ruff check --fix --quiet .
	@ruff format .

dev: $(STAMP) ## open the Dagster UI on http://127.0.0.1:3000 (PORT=3001 to choose another)
	@python -m orchestration.store.paths > /dev/null
	@dagster dev --host 127.0.0.1 --port $(PORT)

docs: $(STAMP) ## write the Data Docs and the dbt docs as HTML, and the real outputs into the README and docs/
	@[[ -f data/warehouse/tieout.duckdb ]] || { echo "docs: there is no warehouse yet; run: make warehouse" >&2; exit 1; }
	@tieout gate --docs data/warehouse/data_docs > /dev/null
	@rm -rf data/warehouse/dbt_docs && mkdir -p data/warehouse/dbt_docs/build
	@cp data/warehouse/tieout.duckdb data/warehouse/dbt_docs/build/tieout.duckdb
	@TIEOUT_BUILD_FILE=$(CURDIR)/data/warehouse/dbt_docs/build/tieout.duckdb dbt --quiet --no-version-check docs generate --static \
	  --project-dir dbt_project --profiles-dir dbt_project \
	  --target-path $(CURDIR)/data/warehouse/dbt_docs --log-path $(CURDIR)/data/warehouse/dbt_docs
	@rm -r data/warehouse/dbt_docs/build
	@python tests/integration/console_blocks.py
	@echo "Data Docs: data/warehouse/data_docs/index.html"
	@echo "dbt docs:  data/warehouse/dbt_docs/static_index.html"

bench: $(STAMP) ## print the speed as ratios
	@python tests/bench/bench.py

damage: $(STAMP) ## strike cells of clean statements as OCR does and print what becomes of them (OPTIONS="--trials 20 --show 3")
	@TIEOUT_CORPUS="$(CORPUS)" python -m tests.bench.damage $(OPTIONS)

digests: $(STAMP) ## print a digest a folder of all readings, to show that a change changes none (OPTIONS="--write DIR --without PASS")
	@TIEOUT_CORPUS="$(CORPUS)" python -m tests.bench.digests $(OPTIONS)

accuracy: $(STAMP) ## measure the reader: prose on the golden labels, statements on each folder of the corpus (OPTIONS="pdf --each")
	@python -m tests.golden.measure_prose
	@python -m tests.golden.measure_figures
	@TIEOUT_CORPUS="$(CORPUS)" python -m tests.bench.accuracy $(OPTIONS)

picture: $(STAMP) ## take docs/asset-graph.png from the real Dagster page (needs chromium)
	@python tests/integration/dagster_page.py docs/asset-graph.png

clean: ## remove everything that is built, the published warehouse too; .venv, data/raw and the run history stay
	@rm -rf data/warehouse dbt_project/target dbt_project/logs build dist logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
