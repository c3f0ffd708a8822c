# Everything a newcomer types. `make ask` and `make test` do their own set-up.
PYTHON ?= python3.11
BIN := .venv/bin
Q ?= When is Putin's next planned trip to China?
AS_OF ?= 2025-04-01 today
export Q

.PHONY: ask test test-fast test-real check format lock clean

ask: .venv/installed  ## Set up, read seeds/ and ask Q as of AS_OF (one day or several)
	@$(BIN)/rag pull
	@$(BIN)/rag ingest seeds
	@$(BIN)/rag ask "$$Q" $(foreach day,$(AS_OF),--as-of $(day)) || [ $$? -eq 1 ]

test: test-fast test-real  ## Both tiers

test-fast: .venv/dev  ## Without model weights, under a minute
	$(BIN)/python -m pytest tests/fast

test-real: .venv/dev  ## With the embedded model over seeds/
	$(BIN)/rag pull
	$(BIN)/python -m pytest tests/real

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
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/dev: .venv/installed
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv .rag .pytest_cache .mypy_cache .ruff_cache .hypothesis
