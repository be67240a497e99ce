import type { Network } from "../numeric/network/types.ts";
import { encodeGraph, type Graph } from "../numeric/onnx/graph.ts";
import type { Sketch } from "../sketch/types.ts";
import { writeAnswer } from "./answer.ts";
import { writeBackward } from "./backward.ts";
import { writeColumns } from "./columns.ts";
import { type Placed, place, writeForward } from "./forward.ts";
import { PORTS } from "./ports.ts";
import { requestPort } from "./request.ts";
import { GraphWriter } from "./writer.ts";

/**
 * δ = p − y of the label that is served. The label's own entry is minus the sum of the others: its p is so close to 1 in
 * a certain model that p − 1 would have no digits left in float32.
 */
function writeDelta(to: GraphWriter, probabilities: string, label: string, classes: number): string {
  const zero = to.constant("zero", [1, 1], new Float32Array(1));
  const others = to.node("ScatterElements", [probabilities, label, zero], { axis: 1 });
  const minusOnes = to.constant("minus ones", [classes, 1], new Float32Array(classes).fill(-1));
  const own = to.node("MatMul", [others, minusOnes]);
  return to.node("ScatterElements", [others, label, own], { axis: 1 });
}

/** Which label's loss a trace is of: the one that is served, or one that is an input of the graph, `PORTS.askedLabel`. */
export type Traced = "served" | "asked";

/**
 * The graph that answers a request and traces it in one run: the forward pass of each member of an ensemble, the backward
 * pass of its loss on the label that is served, and the sketch of its layers' gradients.
 *
 *     logits = network(x)     p = softmax(logits)     y = the most probable label of member 0, the model that is served
 *     δ = p − y               (x_l, δ_l) of each trained layer by the backward pass
 *     gradient = mix·(columns of all layers of all members), or the columns themselves where nothing is mixed
 *
 * Trained parameters and projections are inputs, and numbers of directions and columns are free, so that one graph does for
 * every adapter and sketch of this shape: it runs as it is (`openSharedSession`), or `bindConstants` makes it one of a certain
 * model. A frozen base below LoRA pairs, or a built-in one, is part of the graph. A sparse input comes as its entries that are
 * not 0, with their places.
 *
 * @param networks of one base and kind
 */
export function traceGraph(networks: readonly Network[], sketch: Sketch, traced: Traced = "served"): Graph {
  const to = new GraphWriter();
  const members = networks.map(place);
  const served = members[0]!;
  const { input, output, shapes } = served.network;
  const classes = shapes.get(output)!.at(-1)!;
  const sparse = served.entries.size > 0;
  if (sparse) to.input(PORTS.columns, ["entries"], "int32");
  to.input(requestPort(served.network), [1, sparse ? "entries" : input.width]);
  const written = new Set<string>();
  for (const member of members) writeForward(to, member, written);

  const logitsOf = (member: Placed): string => member.nameOf(member.network.output);
  to.node("ArgMax", [logitsOf(served)], { axis: 1, keepdims: 1 }, PORTS.label);
  const label = traced === "served" ? PORTS.label : to.input(PORTS.askedLabel, [1, 1], "int64");
  const deltas = members.map((member, at) => {
    const name = at === 0 ? PORTS.probabilities : undefined;
    const p = to.node("Softmax", [logitsOf(member)], { axis: 1 }, name);
    return writeBackward(to, member, writeDelta(to, p, label, classes));
  });

  const columns = sketch.layers.map((part, at) => {
    const delta = deltas[part.member]!.get(part.layer);
    if (delta === undefined) throw new RangeError(`no layer ${part.layer}`);
    return writeColumns(to, members[part.member]!, part, at, delta);
  });
  const all = columns.length === 1 ? columns[0]! : to.node("Concat", columns, { axis: 1 });
  const gradient =
    sketch.mix === undefined ? all : to.node("MatMul", [all, to.input(PORTS.mix, ["columns", "width"])]);
  writeAnswer(to, gradient);
  return to.build("trace", [{ name: PORTS.answer, dims: [1, "answer"] }]);
}

/** The ONNX file of a trace graph. */
export const traceGraphFile = (networks: readonly Network[], sketch: Sketch): Uint8Array =>
  encodeGraph(traceGraph(networks, sketch));
