# briefs: translate seeds/ into briefs/.  serve: the pages, at http://127.0.0.1:8000.  test: every test.  lint: ruff, mypy, hadolint and the schema of Compose.  bench: speed of translation, matcher and service.
PYTHON ?= python3
BIN    := .venv/bin
CODE   := $(wildcard hindi/*.py glossary/*.py glossary/*/*.py glossary/data/* translator/*.py translator/*/*.py translator/templates/* translator/models/*.toml translator/models/compact/*)

.PHONY: briefs serve test lint bench clean

briefs: briefs/.made

briefs/.made: .venv/.product $(wildcard seeds/*) $(CODE)
	$(BIN)/dwibhashi batch seeds --out briefs --format html,md,json
	@touch $@

serve: .venv/.product
	$(BIN)/dwibhashi serve

test: .venv/.test
	$(BIN)/python -m pytest

lint: .venv/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml

bench: .venv/.bench
	$(BIN)/python -m benchmarks.speed seeds
	$(BIN)/python benchmarks/matcher.py
	$(BIN)/python benchmarks/service.py $(firstword $(wildcard seeds/*))

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
