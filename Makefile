# The two commands a newcomer needs are `make run` and `make test`; `make help` lists the rest.
# Everything that is written lies under var/.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
VENV := var/venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
TEMPLATES = $(shell find templates -name '*.html')

export PORT
# Where an environment forbids Python its compiled files, every process would compile the whole framework anew.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/compiled

.PHONY: help run test test-postgres test-faults lint format lock messages password screenshots clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Serve both demonstration sites at http://localhost:8000 (PORT changes it)
	@DJANGO_SETTINGS_MODULE=gok_site.settings.dev exec $(MANAGE) prepare --serve

test: $(VENV)/.development ## Run every test (installs Chromium, Java and Pango if they are missing)
	@sh deploy/system-packages.sh chromium java pango
	@$(BIN)/python -W error -m pytest $(ARGS)

test-postgres: $(VENV)/.development ## Run the tests of the database again, on PostgreSQL (DATABASE_URL)
	@sh deploy/system-packages.sh pango
	@sh deploy/on-postgresql.sh $(BIN)/python -W error -m pytest -m "not browser" $(ARGS)

test-faults: $(VENV)/.development ## Break things on purpose behind the cache and the proxy; writes docs/reliability.md
	@sh deploy/system-packages.sh varnish nginx postgresql
	@$(BIN)/python -W error -m pytest -n 0 -p no:randomly tests/faults $(ARGS)

lint: $(VENV)/.development ## Check style, templates, locked versions, secrets and forgotten migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/djade --check $(TEMPLATES)
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m pip check
	$(BIN)/python deploy/lock.py --check
	$(BIN)/python deploy/lowest_versions.py
	$(BIN)/python deploy/find_secrets.py
	DJANGO_SETTINGS_MODULE=gok_site.settings.test $(MANAGE) makemigrations --check --dry-run

format: $(VENV)/.development ## Put Python and templates into the house's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@$(BIN)/djade $(TEMPLATES) || true

lock: $(VENV)/.development ## Renew uv.lock and requirements/ after a change in pyproject.toml
	$(BIN)/python deploy/lock.py $(ARGS)

messages: $(VENV)/.development ## Collect the words to translate and compile them (needs gettext)
	$(MANAGE) makemessages --locale pl --ignore var --ignore tests --no-location --no-obsolete
	$(MANAGE) compilemessages --locale pl --ignore var

password: $(VENV)/.runtime ## Give the sample editor a new one-time password
	@DJANGO_SETTINGS_MODULE=gok_site.settings.dev $(MANAGE) sample_editor --new-password

screenshots: $(VENV)/.development ## Take the pictures of docs/ from the demonstration content
	@sh deploy/system-packages.sh chromium
	@$(BIN)/python docs/take_screenshots.py

clean: ## Remove the environment and every file that the site wrote, its database too
	@printf 'This removes var/ with its database and media. Type yes: '; read answer; [ "$$answer" = yes ] && rm -rf var

# The stamps make a second start quick: nothing is installed until a list of packages changes.
$(VENV)/.runtime: requirements/runtime.txt requirements/installer.txt deploy/environment.sh
	@PYTHON="$(PYTHON)" sh deploy/environment.sh $(VENV) requirements/runtime.txt
	@touch $@

$(VENV)/.development: requirements/dev.txt requirements/installer.txt deploy/environment.sh
	@PYTHON="$(PYTHON)" sh deploy/environment.sh $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/.runtime
