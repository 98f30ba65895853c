# Two commands do everything: `make run` and `make test`. Each sets up what it needs first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test check lock setup score learn seeded serve fixtures test-postgres bench bench-peers faults
.DEFAULT_GOAL := run

setup: $(VENV)/.installed

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	@test -x $(UV) || ( $(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet uv==$(UV_VERSION) )
	@$(UV) pip install --quiet --require-hashes -r requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

DOCUMENTS := $(filter-out %.json,$(wildcard fixtures/reports/*))

run: setup                      ## the main job on the fixtures: SQLite, no server
	@jihe ingest $(DOCUMENTS) || test $$? -eq 1   # 1: two of them are no reports, and are refused
	@jihe flags --limit 40

test: setup
	pytest -n 2

faults: setup                   ## a run killed at fifty random moments (about ten minutes)
	JIHE_FAULTS=50 pytest -n 0 -rP tests/test_faults.py

bench: setup                    ## speed, memory and ratios to others, kept in .bench/: PART=document, or all of them
	python -m benchmarks.bench $(PART)

PEERS ?= markitdown[docx,pdf] kreuzberg
bench-peers: setup              ## the programs to compare with, each in its own environment (docling: PEERS=docling)
	@for peer in $(PEERS); do \
		uv venv --quiet --clear --python $(BIN)/python .bench/$${peer%%\[*} && \
		uv pip install --quiet --python .bench/$${peer%%\[*}/bin/python "$$peer"; done

test-postgres: setup            ## the storage tests against a throwaway PostgreSQL of this machine
	tests/with_postgres pytest -n 0 -m postgres

score: setup                    ## precision and recall on the labelled documents
	python benchmarks/score.py
	python benchmarks/score.py --docs fixtures/unseen
	python benchmarks/score.py --docs fixtures/field
	python benchmarks/score.py --docs fixtures/voices

learn: setup                    ## teach the second reader of figures anew from the labelled documents
	python -m benchmarks.learn

seeded: setup                   ## random reports, clean and with one planted error: N=2000 SEED=… (or today)
	python tests/seeded.py $(or $(N),2000) $(SEED)
	python -m tests.seeding $(or $(N),2000) $(SEED)

fixtures: setup                 ## build the labelled documents anew (needs LibreOffice)
	python -m fixtures.build

serve: setup
	jihe serve

check: setup
	ruff format --check .
	ruff check .
	mypy
	lint-imports

lock:
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --generate-hashes --python-version 3.11 --no-header --no-annotate --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock
