# Two commands do everything on a fresh machine: `make run` and `make test`. Each sets up once what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# One more than the two cores they are meant for: a worker waits for a third of its time, for browsers, for processes that
# it killed and starts again, and for PostgreSQL. Each takes about half a gigabyte.
TEST_WORKERS ?= 3

.PHONY: run test setup check wheel coverage soak bench fuzz train docs pictures clean

run: $(VENV)/.run
	@exec $(BIN)/buddybot run

test: $(VENV)/.dev
	@$(BIN)/pytest -n $(TEST_WORKERS)

setup: $(VENV)/.dev

# All that has to pass before a change lands, what is quick first. `.ci/run` is this on a fresh machine: there is one list.
check: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >$(VENV)/layers.txt || { cat $(VENV)/layers.txt; exit 1; }
	@$(BIN)/python -m tests.locks
	@$(BIN)/buddybot check
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir $(VENV)/site
	@$(BIN)/python -m tests.wheel
	@$(BIN)/python -m tests.fuzz 60
	@$(BIN)/pytest -n $(TEST_WORKERS)

# One file with the whole bot, its adapters and its data, in dist/.
wheel: $(VENV)/.run
	@$(PIP) wheel -q --no-deps --no-build-isolation -w dist .

# All tests once more with coverage (three times as slow), held against what is promised of each layer.
coverage: $(VENV)/.dev
	@$(BIN)/pytest -n $(TEST_WORKERS) --cov --cov-report=
	@$(BIN)/python -m tests.coverage_floor

# The kill tests again, with thousands of kills instead of thirty, every pair of crash points, thousands of orders of the
# state machine, and every other property with examples drawn anew; hours.
# Less of it: make soak KILLS=60 EXAMPLES=500
KILLS ?= 700
EXAMPLES ?= 5000
TROUBLES ?= 200
soak: $(VENV)/.dev
	BUDDYBOT_PAIRS=all $(BIN)/pytest -n0 tests/runtime/faults/test_crash_points.py
	BUDDYBOT_EXAMPLES=$(EXAMPLES) $(BIN)/pytest -n0 tests/machine
	BUDDYBOT_EXAMPLES=$(EXAMPLES) $(BIN)/pytest -n $(TEST_WORKERS) -m hypothesis --ignore tests/machine --timeout 0
	BUDDYBOT_KILLS=$(KILLS) $(BIN)/pytest -n0 -s tests/stories/test_killing.py tests/stories/test_killing_channels.py
	$(BIN)/python -m tests.cluster --page --troubles $(TROUBLES)
	$(BIN)/python -m tests.cluster --page --kinds servers --troubles 20

bench: $(VENV)/.dev
	@for file in benchmarks/relay.py benchmarks/startup.py benchmarks/intake.py; do $(BIN)/python $$file || exit 1; done

# The pictures of README and docs again, taken by the browser tests; some minutes.
pictures: $(VENV)/.dev
	@$(BIN)/python -m tests.docs_pictures

# A minute of random text for the screener.
fuzz: $(VENV)/.dev
	@$(BIN)/python -m tests.fuzz 60

# Both opinions again, from data/training; an hour on one core. The newest hands come last, with some of the others.
TRAIN := .train-venv
NEW_HANDS := train_r train_s
train: $(VENV)/.dev $(TRAIN)/.train
	$(BIN)/python -m training.opinion --only-write
	$(TRAIN)/bin/python -m training.encoder --epochs 5 --leave $(NEW_HANDS) --out var/train --keep var/train/first.pt
	$(TRAIN)/bin/python -m training.encoder --epochs 2 --rate 1.2e-4 --start var/train/first.pt --fresh $(NEW_HANDS)
	$(BIN)/python -m training.golden
	$(BIN)/python -m training.measure data

$(TRAIN)/.train: requirements/train.txt requirements/run.lock
	@$(PYTHON) -m venv $(TRAIN)
	@$(TRAIN)/bin/python -m pip install -q --no-deps --require-hashes -r requirements/run.lock
	@$(TRAIN)/bin/python -m pip install -q --no-deps -r requirements/train.txt
	@touch $@

docs: $(VENV)/.dev
	$(BIN)/mkdocs serve

# A virtual environment; Debian's python3 may lack ensurepip, then its own pip fills the new one.
$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up (once; about a minute) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
	  { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install -q pip; } || \
	  { echo "No virtual environment can be made: install python3-venv (Debian: apt install python3-venv)"; exit 1; }
	@touch $@

$(VENV)/.run: requirements/run.lock requirements/build.lock pyproject.toml | $(VENV)/.venv
	@$(PIP) install -q --no-deps --only-binary :all: --require-hashes -r requirements/run.lock -r requirements/build.lock
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@$(PIP) install -q --no-deps --only-binary :all: --require-hashes -r requirements/dev.lock
	@touch $@

clean:
	rm -rf $(VENV) .train-venv site .mypy_cache .ruff_cache .pytest_cache .hypothesis
