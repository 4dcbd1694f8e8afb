# The verbs of Groundplan. Each sets up what it needs; beforehand there have to be only
# Python 3.11 or newer, make and git.

.DEFAULT_GOAL := help
.SILENT:

# The interpreter of the environment, which also installs uv where there is none.
PYTHON ?= python3
# The uv that is there, else one in an environment of its own.
UV := $(shell command -v uv 2>/dev/null)
ifeq ($(UV),)
UV := .tools/bin/uv
UV_INSTALLED := .tools/bin/uv
endif
CHECK_PYTHON = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo "$(PYTHON) is missing or older than 3.11: install a newer one, or name one with PYTHON=." >&2; exit 1; }

BIN := .venv/bin
INSTALLED := .venv/.installed
PYTEST := $(BIN)/pytest -n auto
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV

.PHONY: setup
setup: $(INSTALLED) ## Make the environment (.venv)
	echo "Ready. Next: make demo, make test, or .venv/bin/groundplan new my-service"

.PHONY: demo
demo: $(INSTALLED) ## Generate the default service into ./demo-service, run it, show it (PORT=)
	exec $(BIN)/python -m tools.demo

.PHONY: test
test: $(INSTALLED) ## Prove what is not proven yet, in minutes (ARGS=--fresh: all; ARGS= for pytest)
	$(PYTEST) $(ARGS)

.PHONY: test-fast
test-fast: $(INSTALLED) ## Run what takes less than a minute (ARGS= for pytest)
	$(PYTEST) -m "not slow" $(ARGS)

.PHONY: test-whole-table
test-whole-table: $(INSTALLED) ## Prove each main answer with Celery and each broker, and every triple, in hours (ARGS="--shard 3/8")
	GROUNDPLAN_WHOLE_TABLE=1 $(PYTEST) tests/variants/test_variants.py $(ARGS)

.PHONY: bench
bench: $(INSTALLED) ## Measure against the yardsticks, into reports/ (ARGS= for the benchmarks)
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: lint
lint: $(INSTALLED) ## Look for mistakes, wrong formatting and imports that go up
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

.PHONY: types
types: $(INSTALLED) ## Check the types, strictly
	$(BIN)/pyright

.PHONY: check
check: lint types test ## All of what has to pass before a commit

.PHONY: format
format: $(INSTALLED) ## Repair what can be repaired, and format
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: clean
clean: ## Remove the environment, caches and build results
	rm -rf .venv .tools .import_linter_cache .pytest_cache .ruff_cache build dist reports uv.lock
	find generator tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## Show this list
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# Without --locked: there is no lock in the repository (.gitignore says why).
$(INSTALLED): pyproject.toml | $(UV_INSTALLED)
	$(CHECK_PYTHON)
	"$(UV)" sync --quiet --compile-bytecode --python "$(PYTHON)"
	touch $@

.tools/bin/uv:
	$(CHECK_PYTHON)
	$(PYTHON) -m venv --clear .tools >/dev/null 2>&1 || { rm -rf .tools; \
		echo "$(PYTHON) cannot make virtual environments: install its venv module (on Debian: python3-venv)." >&2; exit 1; }
	.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
