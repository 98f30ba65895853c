# Two commands do everything: `make run` and `make test`. Each sets up what it needs first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test check lock setup
.DEFAULT_GOAL := run

setup: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@test -x $(UV) || ( $(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet uv==$(UV_VERSION) )
	@$(UV) pip install --quiet --require-hashes -r requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

test: setup
	pytest -n 2

check: setup
	ruff format --check .
	ruff check .
	mypy
	lint-imports

lock:
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-annotate --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock
