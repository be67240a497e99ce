#!/usr/bin/env bash
# onnxruntime-node 1.30.0 and onnx 1.23.2, a graph of IR version 3 whose constants are not listed among its inputs.
# Guess: below IR 4 every initializer has to be an input as well, so that both refuse it.
# Seen: onnx's checker refuses it with that reason; ONNX Runtime loads it and computes with the constants.
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

graph = helper.make_graph(
    [helper.make_node("Add", ["x", "one"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2])],
    [numpy_helper.from_array(np.array([1, 1], np.float32), "one")])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 7)], ir_version=3)
onnx.save_model(model, "ir3.onnx")
try:
    onnx.checker.check_model(model)
    said = "nothing"
except onnx.checker.ValidationError as error:
    said = str(error).splitlines()[0]
print(f"onnx {onnx.__version__}'s checker says: {said}")
open("refused", "w").write("0" if said == "nothing" else "1")
PY
cat >try.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { InferenceSession, Tensor } = require("onnxruntime-node");
async function main() {
  const answer = await InferenceSession.create("ir3.onnx").then(
    async (session) => [...(await session.run({ x: new Tensor("float32", Float32Array.of(2, 3), [2]) })).y.data].join(", "),
    (error) => `refused: ${error.message}`,
  );
  console.log(`onnxruntime-node 1.30.0 answers: ${answer}`);
  const same = readFileSync("refused", "utf8") === "1" && answer === "3, 4";
  if (!same) console.log("  this has changed");
  process.exitCode = same ? 0 : 1;
}
main();
JS
node try.cjs
