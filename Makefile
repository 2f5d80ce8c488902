# What people and CI call. `make help` lists it.

SWIFT ?= swift
DEMO_EXIT ?=
COMPARE ?=
KILLS ?= 500

# An import that Package.swift does not declare is an error.
CHECK_IMPORTS := --explicit-target-dependency-import-check error
# What holds Swift sources; a folder that is not there yet is passed over.
SWIFT_SOURCES := Package.swift Sources Tests $(wildcard Benchmarks examples loadtest)

.DEFAULT_GOAL := help
.PHONY: help packages run test test-operations test-api test-console race kills pacing promises isolation floor bench notices lint format load overload test-load-report

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

packages: ## install the system packages that are missing (apt)
	@scripts/install-packages

run: packages ## build release, run the quickstart, keep serving (DEMO_EXIT=1 stops after the summary)
	@echo "building nod (release); the first build takes some minutes"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product quickstart $(CHECK_IMPORTS) --quiet
	@exec env NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" DEMO_EXIT="$(DEMO_EXIT)" \
		scripts/quickstart

# The release server is what the allocation test counts and what the kill test kills; strace lets
# tests break system calls, and without it those are left out.
test: packages ## run the whole test suite, then the API's and the console's tests from outside
	@scripts/install-packages strace || echo "without strace: tests that break system calls are left out"
	@echo "building the tests; the first build takes some minutes"
	@$(SWIFT) build --build-tests $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@SWIFT="$(SWIFT)" scripts/test-suite
	@$(MAKE) --no-print-directory test-operations
	@$(OUTSIDE) scripts/test-api
	@$(OUTSIDE) scripts/test-console
	@$(MAKE) --no-print-directory test-load-report

# Asks the tools that operators use: promtool, systemd-analyze, a filter of system calls.
test-operations: packages ## check unit, alerts and metrics page with promtool and systemd-analyze
	@echo "checking unit, alerts and metrics page"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build --product quickstart $(CHECK_IMPORTS) --quiet
	@NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" \
		QUICKSTART="$$($(SWIFT) build --show-bin-path)/quickstart" scripts/test-operations

# What asks the release server from outside; left out where its packages cannot be installed.
OUTSIDE = NOD="$$($(SWIFT) build -c release --show-bin-path)/nod"
test-api: packages ## hold docs/openapi.yaml against a running server (Schemathesis)
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(OUTSIDE) scripts/test-api

test-console: packages ## walk through the console in a headless Chromium
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(OUTSIDE) scripts/test-console

# ThreadSanitizer sees what a generic does with memory only where it is specialised, so the build is
# optimised; it holds what threads share and no more.
RACE_BUILD := -c release -Xswiftc -enable-testing --sanitize thread --scratch-path .build-tsan
race: packages ## let threads race under ThreadSanitizer
	@echo "building for ThreadSanitizer what threads share"
	@NOD_RACES=1 $(SWIFT) build --build-tests $(CHECK_IMPORTS) $(RACE_BUILD) --quiet
	@NOD_RACES=1 NOD_RACE_MILLISECONDS=5000 TSAN_OPTIONS=halt_on_error=1 \
		timeout -k 10 300 $(SWIFT) test --skip-build $(RACE_BUILD) --quiet --filter RaceTests

# What takes too long for every run of the suite.
kills: packages ## kill a spending server KILLS times (500) and add up what it owes
	@echo "building the tests; the first build takes some minutes"
	@$(SWIFT) build --build-tests $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@NOD_KILLS=$(KILLS) $(SWIFT) test --skip-build --quiet --filter nodTests.KillTests

pacing: packages ## spend flights of 60 and 100 seconds against the clock
	@echo "building the tests; the first build takes some minutes"
	@$(SWIFT) build --build-tests $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@NOD_PACING=1 $(SWIFT) test --skip-build --quiet --filter nodTests.PacingTests

# What is promised within a time is judged where the tests are alone on the machine.
promises: packages ## what must happen within seconds, timed
	@echo "building the tests; the first build takes some minutes"
	@$(SWIFT) build --build-tests $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@NOD_ALONE=1 $(SWIFT) test --skip-build --quiet --no-parallel \
		--filter 'nodTests.(ServeTests|StopTests|QuickstartTests|BudgetTests)|BidServerTests.TimeoutTests|LoadGenerationTests'

isolation: packages ## bids beside a control plane that is flooded, applies or answers nobody, timed
	@echo "building the tests; the first build takes some minutes"
	@$(SWIFT) build --build-tests $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@NOD_ISOLATION=1 $(SWIFT) test --skip-build --quiet --filter nodTests.IsolationTests

floor: packages ## CPU per request beside a C server that does nothing (QUICK=1, COMPARE=1)
	@echo "building nod (release); the first build takes some minutes"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(if $(COMPARE),NOD_BENCHMARKS=1 $(SWIFT) build -c release --product nio-server --quiet)
	@NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" \
		NIO="$$($(SWIFT) build -c release --show-bin-path)/nio-server" Benchmarks/floor/floor.sh

# valgrind's headers may be newer than the build.
bench: packages ## instructions, allocations and times of each stage, held to thresholds (QUICK=1)
	@scripts/install-packages valgrind
	@touch Benchmarks/Instrumentation/Instrumentation.c
	@echo "building nod and decision-benchmark (release); the first build takes some minutes"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product decision-benchmark $(CHECK_IMPORTS) --quiet
	@NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" \
		BENCH="$$($(SWIFT) build -c release --show-bin-path)/decision-benchmark" Benchmarks/bench.sh

notices: packages ## how long billing notices wait for their answer, with and without bids beside
	@echo "building nod (release); the first build takes some minutes"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" Benchmarks/notices/notices.sh

load: packages ## a short load on a fresh server with 10 million users and 10,000 line items
	@echo "building nod and nod-load (release); the first build takes some minutes"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod-load $(CHECK_IMPORTS) --quiet
	@NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" \
		NOD_LOAD="$$($(SWIFT) build -c release --show-bin-path)/nod-load" loadtest/load.sh

overload: packages ## two and five times what a core can do, and slow clients, held against goals
	@echo "building nod and nod-load (release); the first build takes some minutes"
	@$(SWIFT) build -c release --product nod $(CHECK_IMPORTS) --quiet
	@$(SWIFT) build -c release --product nod-load $(CHECK_IMPORTS) --quiet
	@NOD="$$($(SWIFT) build -c release --show-bin-path)/nod" \
		NOD_LOAD="$$($(SWIFT) build -c release --show-bin-path)/nod-load" loadtest/overload.sh

test-load-report: packages ## open a report of nod-load in a headless Chromium
	@$(SWIFT) build --product nod-load $(CHECK_IMPORTS) --quiet
	@NOD_LOAD="$$($(SWIFT) build --show-bin-path)/nod-load" scripts/test-load-report

lint: ## check the format of the Swift sources
	@$(SWIFT) format lint --strict -r -p $(SWIFT_SOURCES)

format: ## rewrite the Swift sources in the project's format
	@$(SWIFT) format -i -r -p $(SWIFT_SOURCES)
