# Everything that can be done with this checkout. `make help` lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help dashboard test test-long bench calibrate format pins clean

# Empty means: the first of python3.13 … python3.11, python3 that is new enough.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench

# Any pip that comes with Python 3.11 will do; a hint to update it is noise.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A Python that was removed or upgraded leaves its environment behind, and make
# would take the stamps in there for an installation.
$(foreach place,$(VENV) $(BENCH),$(shell test -x $(place)/bin/python || rm -f $(place)/.installed*))

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dashboard: $(VENV)/.installed ## Set up on first use, then open the dashboard on this machine
	@$(BIN)/fairhearing sample
	@exec $(BIN)/fairhearing serve

# The browser comes first: to find none after ten minutes of tests would waste them.
test: $(VENV)/.installed-dev ## Lint, types, import contracts, unit, page and browser tests (15 minutes at most)
	$(BIN)/python tests/browser/find_chromium.py --install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --durations=10 -m "not browser and not long" --numprocesses auto --dist loadfile
	$(BIN)/pytest --durations=10 -m "browser and not long" --numprocesses auto --dist worksteal

test-long: $(VENV)/.installed-dev ## Full fuzz counts, large data and calibration (hours)
	$(BIN)/pytest -m long --durations=10 --timeout=7200

bench: $(VENV)/.installed $(BENCH)/.installed ## Speed beside other tools, in an environment of their own
	BENCH_PYTHON=$(BENCH)/bin/python $(BIN)/python -m benchmarks

calibrate: $(VENV)/.installed $(BENCH)/.installed ## Intervals, tests and verdicts against a known truth, into benchmarks/calibration.md (an hour)
	BENCH_PYTHON=$(BENCH)/bin/python $(BIN)/python benchmarks/calibration.py --write

format: $(VENV)/.installed-dev ## Format the code and mend what the linter can
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

pins: $(VENV)/.installed ## Resolve pyproject.toml to the exact versions in the requirements files
	$(BIN)/python .ci/pin-requirements

clean: ## Remove environments and caches; evaluations stay
	rm -rf $(VENV) $(BENCH) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- environments
# A stamp is touched last, so an installation that broke off is taken up again.

$(VENV)/bin/python $(BENCH)/bin/python:
	@PYTHON="$(PYTHON)" .ci/create-environment $(patsubst %/bin/python,%,$@)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the dashboard runs on (a minute or two, once) …"
	@$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

$(BENCH)/.installed: requirements-bench.txt | $(BENCH)/bin/python
	@echo "Installing the peers of the benchmark …"
	@$(BENCH)/bin/python -m pip install --quiet --requirement requirements-bench.txt
	@touch $@
