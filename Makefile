# `make run` serves, `make test` tests. Everything else is for maintainers: `make help`.
PORT ?= 5000
DEMO ?= 1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
PROCURE_URL ?= http://127.0.0.1:$(PORT)
export PORT PROCURE_URL
export PATH := $(CURDIR)/$(BIN):$(PATH)
# what is compiled stays compiled for the processes that tests start
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test chaos lint bench assets masters docs guides clean

help: ## Show these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed.") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.run

run: $(VENV)/.run ## Serve on PORT (5000), with the clock; DEMO=0 starts empty
	@$(FLASK) db upgrade
	@if [ "$(DEMO)" = "0" ]; then $(FLASK) people first-code; else $(FLASK) demo load --if-empty; fi
	@exec $(BIN)/honcho start --no-prefix

test: $(VENV)/.dev ## Run every test; says aloud what this machine lacks
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

chaos: $(VENV)/.dev ## Kill clocks, crash PostgreSQL and upset the mail server under 10,000 letters; prints the counts
	@$(BIN)/python -m tests.chaos $(ARGS)

lint: $(VENV)/.dev ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy procure config.py wsgi.py

bench: $(VENV)/.dev ## Print a table of times, ratios side by side
	@$(BIN)/python -m benchmarks

assets: ## Rebuild CSS and scripts under procure/static (needs Node)
	@cd assets && npm install --ignore-scripts --silent && node build.mjs

masters: $(VENV)/.run ## Rebuild the Word masters from their Markdown
	@$(BIN)/python -m procure.documents.masters $$(find templates -path '*documents/*.md')

docs: $(VENV)/.run ## Print the tables in docs/ from the code
	@$(FLASK) docs write

guides: $(VENV)/.dev ## Follow the guides in docs/ and take their pictures anew
	@$(BIN)/python -m pytest -q tests/journeys/test_guides.py --pictures

clean: ## Remove the virtual environment and caches; the instance folder stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
