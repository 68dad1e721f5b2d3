# Everything from a fresh checkout: `make run`, `make test`. Needs Python 3.11 or newer with
# pip and venv, and nothing else; no root.

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# The first that is new enough; say `make run PYTHON=/path/to/python` for another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# For what must not depend on the caller's settings.
CLEANLY := env -i PATH="$(PATH)" HOME="$(HOME)" ENV_FILE=/dev/null DATABASE_URL=sqlite://:memory:

# What a caller's shell may have for other Pythons, and what would only slow this one down.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test e2e chromium lint types layers schema migrations deploy-check ci lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  HOST=$(HOST) PORT=$(PORT) for run; WORKERS=$(WORKERS) for test; ARGS=... is passed on."

# --- Run ------------------------------------------------------------------------------

run: $(VENV)/.runtime ## Serve the shop on 127.0.0.1:8000, with all that it needs (HOST=, PORT=).
	@exec $(PY) -m scripts.run serve --host "$(HOST)" --port "$(PORT)" $(ARGS)

# --- Test -----------------------------------------------------------------------------

test: $(VENV)/.tests chromium ## Run all tests, then those in a browser.
	@status=0; \
	$(PY) -m pytest -n $(WORKERS) $(ARGS) || status=$$?; \
	$(PY) -m pytest -n $(WORKERS) tests/e2e || status=$$?; \
	exit $$status

e2e: $(VENV)/.tests chromium ## Run the browser tests alone.
	@$(PY) -m pytest -n $(WORKERS) tests/e2e $(ARGS)

chromium: $(VENV)/.tests ## Find a Chromium for the browser tests, or get one.
	@$(PY) -m scripts.find_chromium --install || true

lint: $(VENV)/.dev ## Check style and formatting.
	@status=0; \
	$(VENV)/bin/ruff check . || status=$$?; \
	$(VENV)/bin/ruff format --check . || status=$$?; \
	$(VENV)/bin/djlint --quiet --lint templates || status=$$?; \
	exit $$status

types: $(VENV)/.dev ## Check types.
	@$(CLEANLY) $(VENV)/bin/mypy config shop engines scripts manage.py

layers: $(VENV)/.dev ## Check that imports go down only.
	@$(VENV)/bin/lint-imports

schema: $(VENV)/.runtime ## Write docs/openapi.yaml anew, after a change of the API.
	@$(CLEANLY) $(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

migrations: $(VENV)/.runtime ## Check that no migration is missing.
	@$(CLEANLY) $(PY) manage.py makemigrations --check --dry-run

deploy-check: $(VENV)/.runtime ## Check the settings of a production start.
	@$(CLEANLY) DEBUG=false ALLOWED_HOSTS=shop.example \
		SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(PY) manage.py check --deploy --fail-level WARNING

ci: ## Everything that must hold: test, lint, types, layers, migrations, deploy-check.
	@$(MAKE) --no-print-directory --keep-going -j1 test lint types layers migrations deploy-check

# --- Installation ---------------------------------------------------------------------

$(PY):
	@test -n "$(PYTHON)" || { \
		echo "Switchcart needs Python 3.11 or newer; here is $$(python3 --version 2>&1)." \
			"Install one, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: its venv module is missing." \
			"Install it (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing what the shop needs into $(VENV) (once)."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.tests: requirements/tests.txt $(VENV)/.runtime
	@echo "Installing what the tests need (once)."
	@$(PIP_INSTALL) -r requirements.txt -r requirements/tests.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.tests
	@echo "Installing what the checks need (once)."
	@$(PIP_INSTALL) -r requirements.txt -r requirements/tests.txt -r requirements/dev.txt
	@touch $@

lock: $(VENV)/.dev ## Pin requirements/*.in anew, with hashes; ARGS=--upgrade for newer ones.
	@for in in runtime engines tests dev; do \
		out=requirements/$$in.txt; test $$in != runtime || out=requirements.txt; \
		$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-header requirements/$$in.in --output-file $$out $(ARGS) || exit 1; \
	done

clean: ## Remove what was installed and cached; the shop's data in var/ stays.
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache var/chromium
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
