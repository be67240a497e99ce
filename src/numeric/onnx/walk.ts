import { delimited, type Field, fieldsOf } from "./fields.ts";

/** Messages of an ONNX file that hold others which matter here. */
export type Message =
  | "model"
  | "graph"
  | "node"
  | "attribute"
  | "tensor"
  | "sparse tensor"
  | "function"
  | "training"
  | "operator set";

/**
 * Which field of which message holds which other one (onnx.proto of onnx 1.23). `once`: the field is not repeated. C++ merges one that is
 * there twice, and JavaScript takes the last: two readers would see two graphs, so it is refused.
 */
const INSIDE: Readonly<
  Record<Message, Readonly<Record<number, { readonly is: Message; readonly once?: true }>>>
> = {
  model: {
    7: { is: "graph", once: true },
    8: { is: "operator set" },
    20: { is: "training" },
    25: { is: "function" },
  },
  graph: { 1: { is: "node" }, 5: { is: "tensor" }, 15: { is: "sparse tensor" } },
  node: { 5: { is: "attribute" } },
  attribute: {
    5: { is: "tensor", once: true },
    6: { is: "graph", once: true },
    10: { is: "tensor" },
    11: { is: "graph" },
    22: { is: "sparse tensor", once: true },
    23: { is: "sparse tensor" },
  },
  tensor: {},
  "sparse tensor": { 1: { is: "tensor", once: true }, 2: { is: "tensor", once: true } },
  function: { 7: { is: "node" }, 9: { is: "operator set" }, 11: { is: "attribute" } },
  training: { 1: { is: "graph", once: true }, 2: { is: "graph", once: true } },
  "operator set": {},
};

/** As deep as C++'s protobuf goes. */
const DEEPEST = 100;

/**
 * What takes a field's place; undefined where it stays as it is.
 *
 * @param inside the message that has the field
 * @param is what the field holds, where that is a message of those above
 */
export type Edit = (
  field: Field,
  inside: Message,
  is: Message | undefined,
) => readonly Uint8Array[] | undefined;

function rewritten(
  message: Uint8Array,
  kind: Message,
  edit: Edit,
  depth: number,
): readonly Uint8Array[] | undefined {
  if (depth > DEEPEST) throw new RangeError(`messages inside of one another more than ${DEEPEST} deep`);
  const parts: Uint8Array[] = [];
  const seen = new Set<number>();
  let changed = false;
  for (const field of fieldsOf(message)) {
    const { number, bytes, payload } = field;
    const inside = INSIDE[kind][number];
    if (inside !== undefined) {
      if (payload === undefined) throw new RangeError(`field ${number} of a ${kind} is no message`);
      if (inside.once && seen.has(number))
        throw new RangeError(`field ${number} of a ${kind} is there twice`);
      seen.add(number);
    }
    const own = edit(field, kind, inside?.is);
    const deeper =
      own === undefined && inside !== undefined ? rewritten(payload!, inside.is, edit, depth + 1) : undefined;
    const instead = own ?? (deeper && delimited(number, deeper));
    if (instead === undefined) parts.push(bytes);
    else parts.push(...instead);
    changed ||= instead !== undefined;
  }
  return changed ? parts : undefined;
}

/**
 * An ONNX file with some of its fields replaced, at any depth, and all others as they were.
 *
 * @returns the file itself where nothing is replaced
 * @throws RangeError, Error where the file is none that every reader understands alike
 */
export function rewriteModel(file: Uint8Array, edit: Edit): Uint8Array {
  const parts = rewritten(file, "model", edit, 0);
  return parts === undefined ? file : Buffer.concat(parts);
}
