#!/usr/bin/env bash
# web-worker 1.2.0 (what ffjavascript, and so snarkjs, computes with), loaded inside of a worker thread of Node.
# Guess: it can be loaded there as anywhere; who loads it decides whether it starts a worker.
# Seen: it takes every thread that is not the main one for a worker that it started itself, reads its own settings from
#   workerData, and throws where there are none. So snarkjs does not run in a plain worker thread; a process of its own does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent web-worker@1.2.0
cat >thread.cjs <<'JS'
require("web-worker");
JS
cat >try.cjs <<'JS'
const { Worker } = require("node:worker_threads");
console.log(`web-worker 1.2.0 on Node ${process.version}`);
console.log(`  in the main thread: ${typeof require("web-worker")}`);
const outcome = new Promise((resolve) => {
  const worker = new Worker(`${__dirname}/thread.cjs`);
  worker.once("error", (error) => resolve(`${error.name}: ${error.message}`));
  worker.once("exit", () => resolve("loads"));
});
outcome.then((said) => {
  console.log(`  in a worker thread: ${said}`);
  const same = said.startsWith("TypeError");
  if (!same) console.log("  this has changed");
  process.exitCode = same ? 0 : 1;
});
JS
node try.cjs
