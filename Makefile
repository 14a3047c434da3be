# Works with GNU make 3.81, which macOS ships. Each step of the set-up leaves a file in .venv, so that a repeated run
# only compares file times and starts hitoe once.

PYTHON  ?= python3
PROJECT :=
PROGRESS :=
ARGS    :=
FUZZ_MINUTES := 10
TOPIC   :=

MADE := .venv/made
RUN  := .venv/run
CODE := .venv/code
TEST := .venv/test
LIBS := .venv/libraries
EVIDENCE := .venv/evidence
MUTATION := .venv/mutation
BROWSER := .venv/browser
IN    = $(if $(PROJECT),-C "$(PROJECT)")
WITH_PROGRESS = $(if $(PROGRESS),--progress "$(PROGRESS)")
# A worker that runs out of tests takes over the second half of what another one has left.
TESTS = .venv/bin/python -m pytest --numprocesses auto --dist worksteal
PIP   = .venv/bin/python -m pip --disable-pip-version-check --quiet install --progress-bar off

# Without .pyc files Python would compile all of hitoe at every start.
unexport PYTHONDONTWRITEBYTECODE

# The scripts in a venv contain the paths of the venv and of its Python: if the folder was renamed or the Python removed
# since, the venv is created again.
-include .venv/folder.mk
ifneq ($(and $(realpath .venv/bin/python),$(FOLDER)),$(CURDIR))
.PHONY: $(MADE)
endif

.PHONY: all deck sheet exam log preview check diff coverage schema messages reference pictures stranger test test-full mutate golden lint bench bench-deck bench-sheet bench-log bench-peers bench-scale bench-preview bench-bounds lock clean help
.DELETE_ON_ERROR:

all: $(LIBS) $(CODE) ## set up what is missing, then build deck, sheets and log (the default)
	@.venv/bin/hitoe build $(IN) $(WITH_PROGRESS)

deck: $(CODE) ## the Anki deck alone
	@.venv/bin/hitoe build deck $(IN)

sheet: $(LIBS) $(CODE) ## the printable sheets alone (TOPIC=key or WEEK=2020-W30: the sheet of one topic or week)
	@.venv/bin/hitoe build sheet $(IN) $(WITH_PROGRESS) $(addprefix --topic ,$(TOPIC)) $(addprefix --week ,$(WEEK))

exam: $(LIBS) $(CODE) ## a mock exam on paper (SEED=2: with other questions)
	@.venv/bin/hitoe build exam $(IN) $(addprefix --seed ,$(SEED))

log: $(CODE) ## the weekly logs alone (WEEK=2020-W30 or SINCE=2020-W28: only the posts of these weeks)
	@.venv/bin/hitoe log $(IN) $(if $(WEEK),--week $(WEEK)) $(if $(SINCE),--since $(SINCE)) $(WITH_PROGRESS)

preview: $(CODE) ## show the cards in the browser, and again after each save
	@.venv/bin/hitoe preview $(IN) $(ARGS)

# The packages that evidence is verified with are installed only if the notes have evidence.
EVIDENCE_IF_USED = $(if $(filter check,$(MAKECMDGOALS)),$(if $(shell grep -rl 'evidence:' "$(or $(PROJECT),.)/content" 2>/dev/null),$(EVIDENCE)))

check: $(CODE) $(EVIDENCE_IF_USED) ## read the notes and print every mistake; build nothing
	@.venv/bin/hitoe check $(IN) $(ARGS)

diff: $(CODE) ## print what the next import into Anki will change
	@.venv/bin/hitoe diff $(IN)

coverage: $(CODE) ## how items and cards are spread over the exam's domains, also drawn as build/coverage.svg
	@.venv/bin/hitoe coverage $(IN)

schema: $(CODE) ## write the JSON Schema with which editors complete and check the notes
	@.venv/bin/hitoe schema $(IN)

reference: $(CODE) ## write docs/format.md and docs/rules.md from the types of the format and the rules
	@.venv/bin/python scripts/reference.py

messages: $(TEST) ## take the templates of all messages into the catalogues of other languages, and compile these
	.venv/bin/python scripts/catalogue.py

test: $(LIBS) $(TEST) ## ruff, mypy and all tests but the slow ones
	@$(MAKE) --no-print-directory -j2 lint pytest

.PHONY: pytest
pytest:
	$(TESTS) $(SELECTED) $(ARGS)

pictures: $(LIBS) $(CODE) $(BROWSER) ## write the pictures of the READMEs; needs Chromium
	.venv/bin/python scripts/pictures.py

stranger: $(TEST) ## run the tutorial on a bare Debian, with its seconds (needs root and debootstrap)
	@scripts/setup/stranger

test-full: $(LIBS) $(TEST) ## all tests, the slow ones too
	@$(MAKE) --no-print-directory -j2 lint pytest SELECTED='-m "slow or not slow"'

mutate: $(LIBS) $(MUTATION) ## break the code in sampled places and see whether the tests notice (ARGS=identity: one area)
	.venv/bin/python scripts/mutate.py $(ARGS)

.PHONY: fuzz trouble
fuzz: $(LIBS) $(TEST) ## read made-up files for 10 minutes (FUZZ_MINUTES=60: longer; ARGS="--target svg": one parser)
	PYTHONPATH=tests .venv/bin/python -W ignore -m fuzzing --minutes $(FUZZ_MINUTES) $(ARGS)

trouble: $(LIBS) $(TEST) ## kill builds, fill the disk, run two at once, damage ledgers (ARGS="kills --times 20": only that)
	PYTHONPATH=tests .venv/bin/python -m trouble $(ARGS)

golden: $(LIBS) $(TEST) ## rewrite the expected outputs of tests/example/: read the diff before you commit it
	.venv/bin/python -m pytest -m golden --golden $(ARGS)

lint: $(TEST) ## ruff and mypy
	.venv/bin/ruff check .
	.venv/bin/mypy

bench: bench-deck bench-sheet bench-log ## time deck, sheet and log against reference programs; exit 1 if a bound is exceeded

bench-deck: $(CODE) ## the deck alone, 1,000 to 50,000 items
	.venv/bin/python scripts/bench.py $(ARGS)

bench-sheet: $(LIBS) $(CODE) ## the sheet alone (ARGS=edit: only that bound)
	.venv/bin/python scripts/bench_sheet.py $(ARGS)

bench-log: $(CODE) ## the log alone, 1 to 10 years of 30 entries a week
	.venv/bin/python scripts/bench_log.py $(ARGS)

bench-peers: $(LIBS) $(CODE) ## deck and sheet beside other programs, which it installs into build/peers/
	.venv/bin/python scripts/bench_peers_sheet.py
	.venv/bin/python scripts/bench_peers.py $(ARGS)

bench-scale: $(LIBS) $(CODE) ## what an item costs in each output, and what a million would
	.venv/bin/python scripts/bench_scale.py $(ARGS)

bench-preview: $(CODE) $(BROWSER) ## from a save to the card in the browser, 100 times; needs Chromium
	.venv/bin/python scripts/bench_preview.py $(ARGS)

bench-bounds: $(LIBS) $(CODE) ## whether the time of a check grows with the notes alone (ARGS=steps: only these samples)
	.venv/bin/python scripts/bench_bounds.py $(ARGS)

lock: $(MADE) ## write scripts/lock/ from pyproject.toml (ARGS=--upgrade takes newer releases)
	scripts/setup/lock $(ARGS)

clean: ## remove build/ and caches (rm -rf .venv to set up afresh)
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find scripts templates tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
	@echo '  PROJECT=path  another project with the same layout'
	@echo '  PROGRESS=path an Anki collection: log and sheets also show progress'
	@echo '  SEED=2        another mock exam'
	@echo '  PYTHON=path   the Python to set up with, 3.11 or newer'
	@echo '  ARGS=…        more arguments for preview, check, pytest, mutate, bench and lock'

$(RUN): scripts/lock/run.txt scripts/lock/optional.txt $(MADE)
$(CODE): pyproject.toml $(RUN)
$(EVIDENCE): scripts/lock/evidence.txt $(MADE)
$(TEST): scripts/lock/test.txt $(CODE)
$(MUTATION): scripts/lock/mutation.txt $(TEST)
$(BROWSER): scripts/lock/browser.txt $(TEST)
$(LIBS): scripts/setup/system_libraries.py $(MADE)

# Of two makes at once, one sets up while the other waits, and then finds that all is done.
ifndef ALONE
$(MADE) $(RUN) $(CODE) $(EVIDENCE) $(TEST) $(MUTATION) $(BROWSER) $(LIBS):
	@if "$(PYTHON)" -c 'import fcntl' 2>/dev/null; \
	  then "$(PYTHON)" scripts/setup/alone.py $(MAKE) --no-print-directory ALONE=yes $@; \
	  else $(MAKE) --no-print-directory ALONE=yes $@; fi
else
$(MADE):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "hitoe needs Python 3.11 or newer, but \`$(PYTHON) --version\` says: $$("$(PYTHON)" --version 2>&1)." \
	    "Name another one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "hitoe needs Python's venv module; on Debian: sudo apt-get install $(notdir $(PYTHON))-venv" >&2; exit 1; }
	@echo "hitoe: setting up .venv, once; this takes about half a minute"
	@"$(PYTHON)" -m venv --clear .venv
	@printf 'FOLDER := %s\n' "$(CURDIR)" > .venv/folder.mk
	@touch $@

$(RUN):
	@$(PIP) --require-hashes -r scripts/lock/run.txt
	@$(PIP) --only-binary :all: --require-hashes -r scripts/lock/optional.txt 2>/dev/null || \
	  echo "hitoe: no ruamel.yaml.clib for this Python: reading the notes is slower, with the same result"
	@touch $@

# pip does not allow an editable project with --require-hashes; all its dependencies are installed already.
$(CODE):
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(EVIDENCE):
	@$(PIP) --require-hashes -r scripts/lock/evidence.txt
	@touch $@

$(TEST):
	@$(PIP) --require-hashes -r scripts/lock/test.txt
	@touch $@

$(MUTATION):
	@$(PIP) --require-hashes -r scripts/lock/mutation.txt
	@touch $@

$(BROWSER):
	@$(PIP) --require-hashes -r scripts/lock/browser.txt
	@touch $@

$(LIBS):
	@.venv/bin/python scripts/setup/system_libraries.py
	@touch $@
endif
