# Framewijs. `make study` and `make test` do all the set-up on a fresh machine with Python 3.11 or newer.
# Without make, or on Windows: see the README.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
export PYTHONWARNINGS ?= default

.PHONY: study test check lint lab lock clean

study: $(VENV)/.installed
	$(RUN) -m analysis study

test: $(VENV)/.installed
	$(RUN) -m pytest -q
	$(RUN) -m pytest -q -p no:randomly --nbval --nbval-current-env --nbval-cell-timeout 300 \
	  --nbval-sanitize-with notebooks/nbval_sanitize.cfg notebooks

lint: $(VENV)/.installed
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m codespell_lib analysis tests docs README.md CHANGELOG.md Makefile

# The full check, which continuous integration runs: style and types, every test, and a clean tree after the study.
check: lint test
	PYTHONHASHSEED=1 $(RUN) -m pytest -q -p no:randomly --nbval --nbval-current-env --nbval-cell-timeout 300 \
	  --nbval-sanitize-with notebooks/nbval_sanitize.cfg notebooks
	$(RUN) -m analysis study
	git diff --exit-code --stat -- notebooks figures docs

lab: $(VENV)/.installed
	$(RUN) -m jupyterlab notebooks

# Pins only: no addresses, no hashes. Needs uv (pip install uv).
lock:
	uv pip compile --universal --python-version 3.11 --extra test --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --no-compile: Python compiles what it imports; compiling all of it ahead doubles the time and the megabytes.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('Framewijs needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Try: make PYTHON=python3.12 study') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation -e .
	touch $@
