PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ENGINES := $(VENV)/.engines

COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml

# The same notebooks on the five articles, which can be counted by hand.
SMALL := tests/notebooks/five_articles
REPORTED := how_the_dispute_unfolded statement_frequency actor_activity denials_vs_allegations claim_ledger coder_agreement
STRIP := $(BIN)/nbstripout --keep-count --keep-id --drop-empty-cells \
	--extra-keys "metadata.language_info metadata.papermill cell.metadata.execution cell.metadata.papermill"

export PYDEVD_DISABLE_FILE_VALIDATION := 1
export JUPYTER_PLATFORM_DIRS := 1

.DEFAULT_GOAL := help
.PHONY: help reports lab check test lint types layers unit notebooks-checked notebooks pictures lock clean

help: ## list what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

reports: $(READY) ## write all reports into reports/, with reports/index.html to begin at
	$(BIN)/workbook report --out reports

lab: $(READY) ## open JupyterLab in notebooks/, on this machine alone
	$(BIN)/jupyter lab --ServerApp.ip=127.0.0.1 --ServerApp.root_dir=notebooks

check: $(READY) ## check the data packages
	$(BIN)/workbook check

test: lint types layers unit notebooks-checked ## everything that has to hold: style, types, layers, tests, notebooks, pages

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-cache

# PySpark's Java lives for seconds here: it is not worth its while to compile for speed, or to collect in parallel.
unit: export JAVA_TOOL_OPTIONS := -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
unit: $(READY) $(ENGINES)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

notebooks-checked: $(READY)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --nbval --nbval-kernel-name=python3 --override-ini=addopts= --override-ini=filterwarnings=default notebooks $(SMALL)

notebooks: $(READY) ## run the notebooks again and keep their text outputs, after numbers have changed on purpose
	$(BIN)/jupyter nbconvert --log-level=ERROR --execute --inplace notebooks/*.ipynb
	$(STRIP) notebooks/*.ipynb
	for name in $(REPORTED); do \
		$(BIN)/papermill --log-level ERROR --no-progress-bar --parameters dataset arms_transfers notebooks/$$name.ipynb $(SMALL)/$$name.ipynb || exit 1; \
	done
	$(STRIP) $(SMALL)/*.ipynb

pictures: $(READY) ## draw the pictures of the README again, after what they show has changed
	$(BIN)/python -m tests.browser.pictures

lock: $(READY) ## write the lock files anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra lab --extra test --output-file requirements.lock
	$(COMPILE) --extra lab --extra test --extra polars --extra spark --constraint requirements.lock --output-file requirements-engines.lock

clean: ## remove the environment and what was made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# polars and PySpark are large, and nobody needs them for reports: the tests alone do.
$(ENGINES): $(READY) requirements-engines.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-engines.lock
	@touch $@
