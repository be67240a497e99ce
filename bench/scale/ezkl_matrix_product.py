"""The matrix product and the clip of one batch in EZKL: relu(U·Φᵀ), U (Q × k) and Φ (C × k) signed bytes, both private.

    python ezkl.py Q C k SEED

Prints one JSON object: seconds of set-up, witness, proof and verification, rows of the circuit, bytes, peak memory. No
commitment to Φ or U, no split of fees: less than what a settlement proves. The reference string is made here, from a
secret that is thrown away, because a benchmark downloads nothing.
"""
import json
import os
import resource
import sys
import tempfile
import time

import ezkl
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


# Tier small has 260 thousand products and takes minutes; tier large has 17 million, for which no key fits.
MOST_PRODUCTS = 2**21


def model(phi: np.ndarray, queries: int) -> onnx.ModelProto:
    width, positions = phi.shape
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["u", "phi"], ["scores"]),
            helper.make_node("Relu", ["scores"], ["positive"]),
        ],
        "scores",
        [helper.make_tensor_value_info("u", TensorProto.FLOAT, [queries, width])],
        [helper.make_tensor_value_info("positive", TensorProto.FLOAT, [queries, positions])],
        [numpy_helper.from_array(phi, "phi")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def main() -> None:
    queries, positions, width, seed = (int(word) for word in sys.argv[1:5])
    products = queries * positions * width
    if products > MOST_PRODUCTS:
        sys.exit(f"{products:,} products are not tried: a key of that size does not fit")
    random = np.random.default_rng(seed)
    phi = random.integers(-127, 128, (width, positions)).astype(np.float32)
    u = random.integers(-20, 21, (queries, width)).astype(np.float32)
    times = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        onnx.save(model(phi, queries), "model.onnx")
        with open("input.json", "w") as file:
            json.dump({"input_data": [u.flatten().tolist()]}, file)

        args = ezkl.PyRunArgs()
        args.input_visibility, args.param_visibility, args.output_visibility = "private", "private", "public"
        args.input_scale = args.param_scale = 0
        args.logrows = int(os.environ.get("LOGROWS", "17"))
        begun = time.time()
        ezkl.gen_settings("model.onnx", "settings.json", py_run_args=args)
        ezkl.calibrate_settings("input.json", "model.onnx", "settings.json", "resources", scales=[0])
        ezkl.compile_circuit("model.onnx", "model.compiled", "settings.json")
        with open("settings.json") as file:
            settings = json.load(file)
        logrows = settings["run_args"]["logrows"]
        ezkl.gen_srs("kzg.srs", logrows)
        ezkl.setup("model.compiled", "vk.key", "pk.key", srs_path="kzg.srs")
        times["setup"] = time.time() - begun

        begun = time.time()
        ezkl.gen_witness("input.json", "model.compiled", "witness.json")
        times["witness"] = time.time() - begun
        with open("witness.json") as file:
            outputs = json.load(file)["outputs"][0]
        exact = [ezkl.felt_to_int(x) for x in outputs] == np.maximum(u @ phi, 0).astype(int).flatten().tolist()

        begun = time.time()
        ezkl.prove("witness.json", "model.compiled", "pk.key", "proof.json", srs_path="kzg.srs")
        times["prove"] = time.time() - begun
        begun = time.time()
        accepted = ezkl.verify("proof.json", "settings.json", "vk.key", srs_path="kzg.srs")
        times["verify"] = time.time() - begun
        with open("proof.json") as file:
            proof = json.load(file)
        print(
            json.dumps(
                {
                    "version": ezkl.__version__,
                    "seconds": times,
                    "logrows": logrows,
                    "exact": exact,
                    "accepted": bool(accepted),
                    "proofBytes": len(bytes(proof["proof"])) if isinstance(proof["proof"], list) else len(proof["hex_proof"]) // 2 - 1,
                    "keyBytes": os.path.getsize("pk.key"),
                    "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                }
            )
        )


main()
