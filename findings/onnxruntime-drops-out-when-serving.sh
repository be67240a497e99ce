#!/usr/bin/env bash
# onnxruntime-node 1.30.0 (an inference build), a graph whose Dropout has training_mode = true.
# Guess: a runtime without training refuses it, or leaves it out as inference does.
# Seen: it drops out at random, and each run of one session gives other numbers for one input.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
ONNXRUNTIME_NODE_INSTALL=skip npm install --no-audit --no-fund --silent onnxruntime-node@1.30.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2
venv/bin/python - <<'PY'
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

constants = [numpy_helper.from_array(np.array(0.5, np.float32), "ratio"), numpy_helper.from_array(np.array(True), "training")]
graph = helper.make_graph(
    [helper.make_node("Dropout", ["x", "ratio", "training"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [64])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [64])], constants)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save_model(model, "dropout.onnx")
PY
cat >try.cjs <<'JS'
const { InferenceSession, Tensor } = require("onnxruntime-node");
async function main() {
  const session = await InferenceSession.create("dropout.onnx");
  const x = new Tensor("float32", new Float32Array(64).fill(1), [64]);
  const runs = [];
  for (let i = 0; i < 5; i++) runs.push([...(await session.run({ x })).y.data]);
  const zeros = runs.map((run) => run.filter((value) => value === 0).length);
  const different = new Set(runs.map(String)).size;
  console.log(`onnxruntime-node 1.30.0: zeros among 64 numbers in five runs: ${zeros.join(", ")}; ${different} different answers`);
  const same = zeros.some((count) => count > 0) && different > 1;
  if (!same) console.log("  this has changed");
  process.exitCode = same ? 0 : 1;
}
main();
JS
node try.cjs
