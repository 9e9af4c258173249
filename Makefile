# Koru's commands. All of them work on a fresh machine with Python 3.11 or newer.
NAME ?=
.PHONY: demo test faults lint bench pictures audit

demo: ## All of Koru on this machine; PORT, KORU_HOME, DATABASE_URL and REDIS_URL are honoured
	@.ci/environment demo && exec .venv/bin/python -m koru.stack.demo

test: ## All tests, on a real PostgreSQL, Valkey and Chromium
	@.ci/environment dev && .venv/bin/python -m tests.chromium && exec .venv/bin/python -m pytest -n 2 --dist loadfile

faults: ## The long forms of the fault tests, which make test leaves out
	@.ci/environment dev && exec .venv/bin/python -m pytest -m faults -s

lint: ## Format, lint, types, floors, templates, migrations, production settings
	@.ci/environment dev && exec .ci/lint

audit: ## Known weaknesses of the locked packages, where advisories can be reached
	@.ci/environment dev && exec .ci/audit

bench: ## One JSON object a line; NAME=… runs one
	@.ci/environment dev && exec .venv/bin/python -m tests.benchmarks $(NAME)

pictures: ## docs/pictures.md, from a demo of its own
	@.ci/environment dev && exec .venv/bin/python -m tests.pictures
