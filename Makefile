# What there is to do here. Each target first puts into .venv whatever it still needs.
#
#   PYTHON=python3.12   the Python that .venv is made with (3.11 or newer; an existing .venv keeps its own)
#   ARGS="-k library"   more arguments for the command behind the target

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

# What is here is started often, by the tests hundreds of times: with bytecode switched off each start compiles a thousand modules anew.
export PYTHONDONTWRITEBYTECODE :=

no_python := Setpiece needs Python 3.11 or newer, and there is no $(PYTHON) here. Name another one: make setup PYTHON=...
have = @command -v $(PYTHON) >/dev/null || { echo "$(no_python)" >&2; exit 1; }; $(PYTHON) scripts/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check format bench lock clean have-run have-dev

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

setup: have-run ## Install what Setpiece needs to run
	@echo "Ready: $(BIN)/setpiece --help"

demo: have-run ## Import the example library, make playbooks, write emails
	@$(BIN)/setpiece demo $(ARGS)

serve: have-run ## Start the server on 127.0.0.1:8000
	@$(BIN)/setpiece serve $(ARGS)

test: have-dev ## Run every test, the checks below included
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: have-dev ## Check format, lint, types, rooms and docs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --quiet tests/unit/test_docs.py

format: have-dev ## Format the code and repair what lint can repair
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: have-dev ## Measure speed; prints ratios
	$(BIN)/python -m bench $(ARGS)

lock: have-dev ## Renew the locks; ARGS=--upgrade takes the newest versions
	$(BIN)/python scripts/lock.py $(ARGS)

clean: ## Remove .venv and caches; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

have-run:
	$(have) run

have-dev:
	$(have) dev
