# briefs: translate seeds/ into briefs/.  test: every test.  lint: ruff and mypy.  bench: speed of translation and of the matcher.
PYTHON ?= python3
BIN    := .venv/bin
CODE   := $(wildcard hindi/*.py glossary/*.py glossary/*/*.py glossary/data/* translator/*.py translator/*/*.py translator/templates/* translator/models/compact/*)

.PHONY: briefs test lint bench clean

briefs: briefs/.made

briefs/.made: .venv/.product $(wildcard seeds/*) $(CODE)
	$(BIN)/dwibhashi batch seeds --out briefs --format html,md,json
	@touch $@

test: .venv/.test
	$(BIN)/python -m pytest

lint: .venv/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.bench
	$(BIN)/python benchmarks/speed.py seeds
	$(BIN)/python benchmarks/matcher.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.product: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.test .venv/.lint .venv/.bench: .venv/.%: pyproject.toml .venv/.product
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	@touch $@

clean:
	rm -rf .venv briefs build dist *.egg-info
