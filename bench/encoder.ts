/** A base of the size of a small sentence encoder, with random weights: what it says is nothing, what it costs is real. */

import { makeBase } from "../src/model/base.ts";
import type { Base } from "../src/model/types.ts";
import { encodeGraph, type Graph, type GraphNode } from "../src/numeric/onnx/graph.ts";
import { seededRandom } from "../src/numeric/random.ts";
import type { Source } from "./sources.ts";

/** Six layers of 384, as MiniLM-L6 has them; one head for each layer, which takes the same products. */
const LAYERS = 6;
const WIDTH = 384;
const INNER = 4 * WIDTH;

const TOKENS = 16;
const ENCODER_INPUTS = TOKENS * WIDTH;

/** Reads TOKENS embedded tokens and gives their mean after the last layer. */
function encoderBase(): Base {
  const random = seededRandom(7);
  const constants: Graph["constants"][number][] = [];
  const nodes: GraphNode[] = [];
  const weights = (name: string, rows: number, columns: number): string => {
    const values = Float32Array.from({ length: rows * columns }, () => random.normal() / Math.sqrt(rows));
    constants.push({ name, dims: [rows, columns], values });
    return name;
  };
  const node = (
    output: string,
    op: string,
    inputs: string[],
    attributes?: GraphNode["attributes"],
  ): string => {
    nodes.push({ op, inputs, output, ...(attributes && { attributes }) });
    return output;
  };
  const normalised = (name: string, x: string): string =>
    node(name, "LayerNormalization", [x, "scale", "shift"], { axis: -1 });

  constants.push(
    { name: "tokens", dims: [3], values: BigInt64Array.of(1n, BigInt(TOKENS), BigInt(WIDTH)) },
    { name: "scale", dims: [WIDTH], values: new Float32Array(WIDTH).fill(1) },
    { name: "shift", dims: [WIDTH], values: new Float32Array(WIDTH) },
    { name: "temperature", dims: [], values: Float32Array.of(1 / Math.sqrt(WIDTH)) },
  );
  let x = node("embedded", "Reshape", ["x", "tokens"]);
  for (let l = 0; l < LAYERS; l++) {
    const product = (name: string, of: string, rows: number, columns: number): string =>
      node(`${name} ${l}`, "MatMul", [of, weights(`weights ${name} ${l}`, rows, columns)]);
    const [q, k, v] = ["query", "key", "value"].map((name) => product(name, x, WIDTH, WIDTH)) as [
      string,
      string,
      string,
    ];
    const turned = node(`turned ${l}`, "Transpose", [k], { perm: [0, 2, 1] });
    const agreement = node(`agreement ${l}`, "MatMul", [q, turned]);
    const scaled = node(`scaled ${l}`, "Mul", [agreement, "temperature"]);
    const attention = node(`attention ${l}`, "Softmax", [scaled], { axis: 2 });
    const mixed = node(`mixed ${l}`, "MatMul", [attention, v]);
    const projected = product("output", mixed, WIDTH, WIDTH);
    x = normalised(`first ${l}`, node(`residual ${l}`, "Add", [x, projected]));
    const inner = node(`active ${l}`, "Relu", [product("inner", x, WIDTH, INNER)]);
    x = normalised(`second ${l}`, node(`sum ${l}`, "Add", [x, product("outer", inner, INNER, WIDTH)]));
  }
  node("out", "ReduceMean", [x], { axes: [1], keepdims: 0 });
  return makeBase({
    preprocessing: { kind: "numeric", width: ENCODER_INPUTS },
    input: { name: "x", width: ENCODER_INPUTS },
    output: { name: "out", width: WIDTH },
    graph: encodeGraph({
      name: "encoder",
      opset: 17,
      inputs: [{ name: "x", dims: [1, ENCODER_INPUTS] }],
      constants,
      nodes,
      outputs: [{ name: "out", dims: [1, WIDTH] }],
    }),
  });
}

/** Few rows and labels: what is learnt from random numbers does not matter. */
export function encoder(): Source {
  const random = seededRandom(3);
  const labelled = (count: number) => ({
    features: Array.from({ length: count }, () =>
      Float64Array.from({ length: ENCODER_INPUTS }, () => random.normal()),
    ),
    labels: Array.from({ length: count }, (_, i) => i % 10),
  });
  const names = Array.from({ length: 10 }, (_, c) => String(c));
  return {
    training: labelled(120),
    test: labelled(20),
    base: encoderBase(),
    names,
    positions: 10,
    frozen: true,
  };
}
