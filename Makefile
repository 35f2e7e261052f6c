# Two commands for everybody: `make run` and `make test`. The rest is for those who build.
PY      ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
PO      := $(wildcard locales/*/LC_MESSAGES/*.po)
MO      := $(PO:.po=.mo)

.PHONY: run test tests check browser bench eval teach index messages lock clean
.DELETE_ON_ERROR:

# Bots start a hundred times in the tests: where this is set, all of them would be compiled anew every time.
unexport PYTHONDONTWRITEBYTECODE

run: $(VENV)/.run $(MO)  ## the sandbox without BOT_TOKEN, real Telegram with it
	$(BIN)/stezhka run

test: $(VENV)/.dev $(MO)  ## everything: lint, types, walls, tests on both databases, coverage
	$(MAKE) --no-print-directory --jobs 2 check tests

tests: $(VENV)/.dev $(MO) browser
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder --durations 20 --cov --cov-report term:skip-covered

check: $(VENV)/.dev $(MO)  ## the quick gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser:
	sh tests/browser.sh

bench: $(VENV)/.dev $(MO)  ## speed and size, beside a floor measured in the same run
	$(BIN)/python -m tests.bench

eval: $(VENV)/.dev $(MO)  ## how well places and danger are understood, beside two baselines
	$(BIN)/python -m tests.understanding --heldback

teach: $(VENV)/.dev  ## the models beside the rules, anew from the examples
	$(BIN)/python -m tests.understanding.teach
	$(BIN)/python -m tests.understanding.teach_verdict

index: $(VENV)/.run  ## the index of the names of places, anew from the gazetteer and the rules of declension
	$(BIN)/python -m flows.understand.places.build_index

messages: $(VENV)/.dev  ## extract, update and compile the catalogues
	$(BIN)/pybabel extract --keywords t --keywords label --keywords count:1,1 --keywords N_ --no-default-keywords \
	    --no-location --sort-output --width=110 -o locales/stezhka.pot flows bot
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=110 \
	    -D stezhka -i locales/stezhka.pot -d locales
	rm locales/stezhka.pot
	$(MAKE) --no-print-directory $(MO)

%.mo: %.po
	$(BIN)/pybabel -q compile -i $< -o $@

$(MO): | $(VENV)/.run

$(VENV)/bin/python:
	$(PY) -c 'import sys; sys.exit("Stezhka needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PY) -m venv $(VENV) || { echo "This Debian has no venv: installing python3-venv."; rm -rf $(VENV); \
	    apt-get update -qq && apt-get install -y -qq python3-venv && $(PY) -m venv $(VENV); }

# The lock names every package, so nothing is left to resolve (--no-deps): an old pip that meets `coverage[toml]`
# looks past the pinned coverage for the newest one, and refuses it for want of a hash.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-dev.lock
	touch $@

lock:  ## pins anew; needs uv
	uv pip compile pyproject.toml --extra build --python-version 3.11 --universal --generate-hashes --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --python-version 3.11 --universal --generate-hashes --no-header -q -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(MO) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage* htmlcov
