import { TributaryError } from "../../core/errors.ts";
import type { Values } from "./run.ts";
import type { Network, NetworkNode } from "./types.ts";

export const allFinite = (values: Float32Array | Float64Array): boolean => {
  // A sum of finite numbers may overflow, but 0·x is 0 for them and no number for the others.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 0 * values[i]!;
  return sum === 0;
};

const firstBad = (values: Float64Array): number => values.find((x) => !Number.isFinite(x))!;

const isBad = (values: Values, name: string): boolean => {
  const tensor = values.get(name);
  return tensor !== undefined && !allFinite(tensor.values);
};

const place = ({ source, op, output }: NetworkNode): string =>
  source === output ? `node ${source} (${op})` : `node ${source} (${op}, of ${output})`;

/**
 * Refuses an output of a network that is not finite, by the node that made it so.
 *
 * @param values what `runNetwork` gave
 * @throws TRB_MODEL_OUTPUT
 */
export function requireFiniteOutput({ nodes, output }: Network, values: Values): void {
  if (!isBad(values, output)) return;
  const bad = nodes.filter((node) => isBad(values, node.output));
  const first = bad.find(({ inputs }) => !inputs.some((name) => isBad(values, name))) ?? bad[0]!;
  throw new TributaryError("TRB_MODEL_OUTPUT", "The graph gave a number that is not finite.", {
    details: `${place(first)} gives ${firstBad(values.get(first.output)!.values)}`,
    hint: "It divides by zero, overflows or leaves its domain on some row: mend the graph, or leave the row out.",
  });
}

/**
 * Refuses a gradient that is not finite, by the node whose backward pass made it so.
 *
 * @param asked names of the tensors whose gradients are used
 * @param gradients what `differentiate` gave
 * @throws TRB_MODEL_GRADIENT
 */
export function requireFiniteGradients(
  { nodes }: Network,
  asked: readonly string[],
  gradients: Values,
): void {
  if (!asked.some((name) => isBad(gradients, name))) return;
  const made = (node: NetworkNode): boolean => node.inputs.some((name) => isBad(gradients, name));
  const reversed = nodes.toReversed();
  const first = reversed.find((node) => made(node) && !isBad(gradients, node.output)) ?? reversed.find(made)!;
  throw new TributaryError("TRB_MODEL_GRADIENT", "The gradient through the graph is not finite.", {
    details: place(first),
    hint: "The node is at the edge of its domain on some row: mend the graph, leave the row out, or train layers above the node only (--targets).",
  });
}
