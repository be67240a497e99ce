#!/usr/bin/env bash
# onnx 1.23.2 (Python), save_model with weights in a separate file.
# Guess: model and weights get the same mode, by the umask.
# Seen: with a umask of 022 the model is 0644 and the weights are 0600: a model that was exported by one account and is served by
#   another opens, and its weights do not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
umask 022
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check onnx==1.23.2
venv/bin/python - <<'PY'
import os, sys
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

weights = numpy_helper.from_array(np.ones((64, 64), np.float32), "w")
graph = helper.make_graph(
    [helper.make_node("MatMul", ["x", "w"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 64])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 64])], [weights])
onnx.save_model(helper.make_model(graph), "m.onnx", save_as_external_data=True, location="m.data", size_threshold=0)
modes = [oct(os.stat(name).st_mode & 0o777) for name in ("m.onnx", "m.data")]
print(f"onnx {onnx.__version__}, umask 022: model {modes[0]}, weights {modes[1]}")
same = modes == ["0o644", "0o600"]
if not same:
    print("  this has changed")
sys.exit(0 if same else 1)
PY
