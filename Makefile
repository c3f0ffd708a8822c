# Everything a newcomer types. `make ask` and `make test` do their own set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
Q ?= When is Putin's next planned trip to China?
AS_OF ?= 2025-04-01 today
export Q
# pip would compile every module of every package, which takes over a minute. Python compiles
# what it imports, and keeps it even where the environment says not to.
export PYTHONDONTWRITEBYTECODE =

.PHONY: ask test test-fast test-real eval eval-quick eval-public results check format lock clean

ask: .venv/installed  ## Set up, read seeds/ and ask Q as of AS_OF (one day or several)
	@$(BIN)/rag pull
	@$(BIN)/rag ingest seeds
	@$(BIN)/rag ask "$$Q" $(foreach day,$(AS_OF),--as-of $(day)) || [ $$? -eq 1 ]

test: test-fast test-real  ## Both tiers

test-fast: .venv/dev  ## Without model weights, under a minute
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal tests/fast

test-real: .venv/dev  ## With the embedded model over seeds/
	$(BIN)/rag pull
	$(BIN)/python -m pytest tests/real

eval-quick: .venv/installed  ## Some of the seeds questions with the embedded model, behind gates
	$(BIN)/rag pull
	$(BIN)/rag eval seeds --quick --gate --model embedded

eval: .venv/installed  ## All of them beside the baseline, with a report
	$(BIN)/rag pull
	$(BIN)/rag eval seeds --gate --model embedded --baseline

eval-public: .venv/installed  ## The public sets in DATA that need no language model, in full
	$(BIN)/rag pull
	$(BIN)/rag eval tempeval3 attributionbench rtqa2022 rtqa2022_older --data "$(DATA)" --gate

results: .venv/installed  ## Write the README's results table from eval/results/scores.json
	$(BIN)/python -m rag.evaluation.readme

check: .venv/dev  ## Formatting, linters, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/dev  ## Write what is installed now as the pinned versions
	$(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --no-compile --constraint constraints.txt --editable .
	@touch $@

.venv/dev: .venv/installed
	$(BIN)/pip install --quiet --no-compile --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv .rag .pytest_cache .mypy_cache .ruff_cache .hypothesis
