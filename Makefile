# make run, make test: both do their own set-up, on a fresh machine too.
PYTHON_IN_VENV := .venv/bin/python
ARGS ?=

.PHONY: run test bench wheel screenshots setup clean

run: setup
	@$(PYTHON_IN_VENV) -m bpviz $(ARGS)

test: setup
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m mypy --strict -p bpviz
	$(PYTHON_IN_VENV) .venv/bin/lint-imports
	QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m pytest

bench: setup
	@QT_QPA_PLATFORM=offscreen OPENBLAS_NUM_THREADS=1 $(PYTHON_IN_VENV) -m tests.benchmarks.run $(ARGS)

wheel: setup
	$(PYTHON_IN_VENV) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

screenshots: setup
	@$(PYTHON_IN_VENV) scripts/screenshots.py

setup:
	@scripts/setup.sh

clean:
	rm -rf .venv .bench build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
