# Everything runs under Node >= 24, which scripts/setup/toolchain.sh finds or installs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

NODE = export PATH="$$(bash scripts/setup/toolchain.sh):$$PATH";
PACKAGES = .cache/npm-ci.stamp

.PHONY: help setup native native-test demo test nightly check generate clean bench bench-attribution mutants

help:
	@echo 'make demo      the whole story on a chain in this process; writes out/demo/report.html'
	@echo 'make test      every test; ends with "N passed, N failed"'
	@echo 'make nightly   inputs that once failed, and tier large end to end by command (a key of 1.5 GB, once)'
	@echo 'make check     types, lint, imports, generated files'
	@echo 'make generate  write the machine-written files again'
	@echo 'make setup     packages, circuits, development keys and contracts, and nothing else'
	@echo 'make native    build the native prover (needs Rust); proofs then take a fraction of the time'
	@echo 'make native-test  the native prover against arkworks (needs Rust)'
	@echo 'make bench     measures the prover: one table with the targets beside it (half an hour)'
	@echo 'make bench-attribution  retrains hundreds of models; prints the gates of attribution with what was measured'
	@echo 'make mutants   changes contracts, circuits and verifier in one place at a time; prints what no test noticed (hours)'
	@echo 'make clean     remove what was built (not the packages)'

# The variable is for npm 10, which does not know allowScripts: onnxruntime-node's postinstall would download CUDA libraries.
$(PACKAGES): package.json package-lock.json
	@$(NODE) ONNXRUNTIME_NODE_INSTALL=skip npm ci --no-audit --no-fund
	@mkdir -p .cache && touch $@

setup: $(PACKAGES)
	@$(NODE) npm run -s setup

native: $(PACKAGES)
	@$(NODE) node scripts/setup/native.ts

# Without the addon's surface, whose symbols exist only inside of Node.
native-test:
	@cd prover/native && cargo test --release --locked --no-default-features

demo: $(PACKAGES)
	@$(NODE) npm run -s demo

test: $(PACKAGES)
	@$(NODE) npm run -s test

nightly: setup
	@$(NODE) node src/cli/bin.ts keys dev --tier large
	@$(NODE) node scripts/test.ts --minutes 120 test/nightly/cases.nightly.ts test/nightly/tier-large.nightly.ts

check: setup
	@$(NODE) npm run -s check

generate: setup
	@$(NODE) npm run -s generate

bench: setup
	@$(NODE) node bench/scale/run.ts

bench-attribution: setup
	@$(NODE) node bench/attribution/run.ts

mutants: setup
	@$(NODE) node bench/mutants/run.ts --workers "$$(nproc)"

clean:
	rm -rf .cache artifacts/circuits artifacts/keys artifacts/hardhat out
