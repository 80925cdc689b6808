# Every command a person needs. `make` alone lists them; README.md explains the first two.
# Plain Debian is enough: make and python3 (3.11 or newer). The rest is installed into .venv.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
VENV := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run manage test coverage check format bench bench-peers messages lock

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## install what the site needs into .venv
	@$(PYTHON) scripts/setup.py

setup-dev: ## the same, with what tests and checks need
	@$(PYTHON) scripts/setup.py --dev

run: setup ## serve the site with starter course and demo on http://127.0.0.1:8000 (PORT=…)
	@exec $(VENV)/python scripts/run.py

manage: setup ## run a management command: make manage ARGS='createsuperuser'
	@$(VENV)/python manage.py $(ARGS)

test: setup-dev ## run all tests (DATABASE_URL=postgres://… on PostgreSQL, ARGS='tests/learning -x' some)
	@$(VENV)/python scripts/test.py $(ARGS)

coverage: setup-dev ## run all tests and say which lines and branches none of them reached
	@$(VENV)/python scripts/test.py --cov --cov-report=term-missing:skip-covered $(ARGS)

check: setup-dev ## format, lint, types, imports, templates, migrations, messages, production settings
	@$(VENV)/python scripts/check.py $(ARGS)

format: setup-dev ## put code and templates in order
	@$(VENV)/ruff format --quiet .
	@$(VENV)/ruff check --fix --quiet .
	@if [ -d templates ]; then $(VENV)/djlint --reformat --quiet templates; fi

bench: setup-dev ## measure speed and weight, one line a figure
	@$(VENV)/python -m benchmarks.run $(ARGS)

bench-peers: setup-dev ## measure our lesson beside wagtail-lms's, in alternation
	@$(VENV)/python -m benchmarks.peers.run

messages: setup-dev ## collect the texts to translate into locale/
	@$(VENV)/python scripts/messages.py collect

lock: setup-dev ## pin the dependencies again (ARGS=--upgrade takes the newest)
	@scripts/lock.sh $(ARGS)
