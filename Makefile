# Framewijs. `make study` and `make test` do all the set-up on a fresh machine with Python 3.11 or newer.
# Without make, or on Windows: see the README.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
TRAIN_VENV := .venv-train
DOCS_VENV := .venv-docs
# One process for each processor. A file of tests, and a notebook, stays with one: what it made once serves all of it.
# `make test PARALLEL=` runs everything in one process.
PARALLEL ?= -n auto --dist loadfile
# Every cell of every notebook gives what is stored.
NBVAL := $(RUN) -m pytest -q $(PARALLEL) -p no:randomly --nbval --nbval-current-env --nbval-cell-timeout 300 \
  --nbval-sanitize-with notebooks/nbval_sanitize.cfg notebooks

.PHONY: study test check lint baselines validity tables lab pictures docs train bench card lock clean

study: $(VENV)/.installed
	$(RUN) -m analysis study

test: $(VENV)/.installed
	$(RUN) -m pytest -q $(PARALLEL)
	$(NBVAL)

lint: $(VENV)/.installed
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m codespell_lib analysis tests docs README.md CHANGELOG.md Makefile

# The full check, which continuous integration runs: style and types, every test, the notebooks with another order of sets,
# and a clean tree after the study.
check: lint
	$(RUN) -m pytest -q $(PARALLEL)
	PYTHONHASHSEED=1 $(NBVAL)
	$(RUN) -m analysis study
	git diff --exit-code --stat -- notebooks figures docs

# The figures of docs/baselines.md: every method on the development sets of the reference data (not in the repository),
# and on the project's own sentences. STUDY_REFERENCE_DATA names the folder of the reference data.
baselines: $(VENV)/.installed
	$(RUN) -m analysis.validation baselines docs/baselines.md

# The stored results of data/validity, which notebooks 09, 10 and 13 and the README show. Reference data only where it is
# present.
# Half an hour or more.
validity: $(VENV)/.installed
	$(RUN) -m analysis.validation methods data/validity/methods.csv
	$(RUN) -m analysis.validation robustness data/validity/robustness.csv
	$(RUN) -m analysis.validation phenomena data/validity/phenomena.csv
	$(RUN) -m analysis.validation predictions data/validity/predictions.csv
	$(RUN) -m analysis.validation roles data/validity/roles.csv
	$(RUN) -m analysis.validation microframes data/validity/microframes.csv
	$(RUN) -m analysis.validation news data/validity/news.csv
	$(RUN) -m analysis.validation trust README.md

# The tables of the teaching corpus, with which the exercises and docs/r.md work. Some minutes; again after every change to what the
# program codes.
tables: $(VENV)/.installed
	$(RUN) -m analysis code data/teaching/articles --codebook data/codebooks/teaching.yaml --out data/teaching/tables --format csv

lab: $(VENV)/.installed
	$(RUN) -m jupyterlab notebooks

# The pictures of docs/coding-by-hand.md. Needs the program chromium.
pictures: $(VENV)/.installed
	$(RUN) -m tests.draw_pictures

# The site of these pages, notebooks, API and commands: open build/site/index.html. In an environment of its own.
docs: $(DOCS_VENV)/.installed
	$(DOCS_VENV)/bin/python -m docs.site.make build/site

# The reading model again, in an environment of its own (torch is large). Not needed to use it. Hours on two cores;
# a step that is up to date is skipped. STUDY_REFERENCE_DATA names the folder of the reference data. See docs/training.md.
train: $(TRAIN_VENV)/.installed
	$(TRAIN_VENV)/bin/python -m analysis.training $(TRAIN_OPTIONS)

# How fast the model is and how much memory it takes: build/bench.json. Ten minutes on a machine that does nothing else.
bench: $(TRAIN_VENV)/.installed
	$(TRAIN_VENV)/bin/python -m analysis.training.bench $(BENCH_OPTIONS)

# docs/model-card.md and data/models/README.md, from what `make train` and `make bench` left.
card: $(VENV)/.installed
	$(RUN) -m analysis.validation name_swap data/models/reading-nl-en.npz build/name_swaps.csv
	$(RUN) -m analysis.training.card

# Pins only: no addresses, no hashes. Needs uv (pip install uv).
lock:
	uv pip compile --universal --python-version 3.11 --extra test --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --extra docs --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links -c requirements.lock pyproject.toml -o docs/requirements.lock

clean:
	rm -rf $(VENV) $(TRAIN_VENV) $(DOCS_VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --no-compile: Python compiles what it imports; compiling all of it ahead doubles the time and the megabytes.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('Framewijs needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Try: make PYTHON=python3.12 study') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation -e .
	touch $@

$(TRAIN_VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-build-isolation \
	  -c requirements.lock -e '.[training]'
	touch $@

$(DOCS_VENV)/.installed: docs/requirements.lock
	$(PYTHON) -m venv $(DOCS_VENV)
	$(DOCS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile -r docs/requirements.lock
	touch $@
