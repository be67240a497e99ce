import onnxProto from "onnx-proto";
import { TributaryError } from "../../core/errors.ts";
import { delimited, fieldsOf } from "./fields.ts";
import { orMalformed } from "./malformed.ts";
import { rewriteModel } from "./walk.ts";

const { onnx } = onnxProto;

/** Fields of a TensorProto. */
const RAW_DATA = 9;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;

/** Bits of an element by its data type, of those that may lie in a separate file. */
const BITS: Readonly<Record<number, number>> = {
  ...Object.fromEntries([2, 3, 9, 17, 18, 19, 20, 24].map((type) => [type, 8])),
  ...Object.fromEntries([4, 5, 10, 16].map((type) => [type, 16])),
  ...Object.fromEntries([1, 6, 12].map((type) => [type, 32])),
  ...Object.fromEntries([7, 11, 13, 14].map((type) => [type, 64])),
  15: 128,
  ...Object.fromEntries([21, 22, 23].map((type) => [type, 4])),
  ...Object.fromEntries([25, 26].map((type) => [type, 2])),
};

/** Where a tensor says that its numbers are. Nothing of it is trusted. */
export interface ExternalTensor {
  readonly tensor: string;
  readonly location: string;
  readonly offset: number;
  /** Bytes that its shape and type take. */
  readonly length: number;
}

/** The error of a tensor whose numbers cannot be had from where the model says they are. */
export const refuseExternal = (tensor: string, why: string, hint?: string): TributaryError =>
  new TributaryError("TRB_MODEL_EXTERNAL_DATA", "The model's weights in a separate file cannot be used.", {
    details: `${tensor}: ${why}`,
    hint: hint ?? "Export the model again, and keep the model file and its data file in one folder.",
  });

function externalTensor(tensorProto: Uint8Array): ExternalTensor {
  const { name, dims, dataType, externalData } = onnx.TensorProto.decode(tensorProto);
  const tensor = name || "a tensor without a name";
  const given = new Map<string, string>();
  for (const { key, value } of externalData ?? []) {
    if (given.has(key ?? "")) throw refuseExternal(tensor, `its ${key} is there twice`);
    given.set(key ?? "", value ?? "");
  }
  const location = given.get("location");
  if (location === undefined || location === "") throw refuseExternal(tensor, "no location");
  const whole = (key: string): number | undefined => {
    const text = given.get(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    throw refuseExternal(tensor, `its ${key} is ${text}`);
  };
  const bits = BITS[dataType ?? 0];
  if (bits === undefined) throw refuseExternal(tensor, `its data type ${dataType} has no fixed size`);
  const shape = (dims ?? []).map(Number);
  const count = shape.reduce((product, d) => product * d, 1);
  if (shape.some((d) => d < 0) || !Number.isSafeInteger(count * bits))
    throw refuseExternal(tensor, `its shape is [${shape}]`);
  const length = Math.ceil((count * bits) / 8);
  const said = whole("length");
  if (said !== undefined && said !== length)
    throw refuseExternal(tensor, `its length is ${said}, and its shape [${shape}] takes ${length} bytes`);
  return { tensor, location, offset: whole("offset") ?? 0, length };
}

/** C++ keeps the low 32 bits of an enumeration, and so does the reader here. */
const isExternal = (tensorProto: Uint8Array): boolean => {
  let location = 0;
  for (const { number, integer } of fieldsOf(tensorProto))
    if (number === DATA_LOCATION && integer !== undefined) location = integer;
  return location !== 0;
};

/** Hands each tensor whose numbers are not in the file to `inline`, and puts what it gives into the file. */
function inlined(file: Uint8Array, inline: (tensor: ExternalTensor) => Uint8Array): Uint8Array {
  return rewriteModel(file, ({ number, payload }, _inside, is) => {
    if (is !== "tensor" || payload === undefined || !isExternal(payload)) return undefined;
    const data = inline(externalTensor(payload));
    const kept = Array.from(fieldsOf(payload)).filter(
      (field) => ![RAW_DATA, EXTERNAL_DATA, DATA_LOCATION].includes(field.number),
    );
    return delimited(number, [...kept.map(({ bytes }) => bytes), ...delimited(RAW_DATA, [data])]);
  });
}

/**
 * A model with its weights inside: tensors of graphs, subgraphs, constants and functions whose numbers lie in separate files.
 *
 * @param read the bytes of one tensor, `length` of them
 * @returns the file itself where it has all of its weights
 * @throws TRB_MODEL_MALFORMED_ONNX, TRB_MODEL_EXTERNAL_DATA and whatever `read` throws
 */
export const embedExternal = (file: Uint8Array, read: (tensor: ExternalTensor) => Uint8Array): Uint8Array =>
  orMalformed(() => inlined(file, read));

/**
 * Refuses a graph with weights in separate files. ONNX Runtime would look for them in the working directory: a graph from
 * somebody else would read files there, and its digest would not bind its weights.
 *
 * @throws TRB_MODEL_EXTERNAL_DATA, TRB_MODEL_MALFORMED_ONNX
 */
export function requireSelfContained(file: Uint8Array): void {
  embedExternal(file, ({ tensor, location }) => {
    throw refuseExternal(
      tensor,
      `its numbers are in ${JSON.stringify(location)}, which the graph's digest does not bind`,
      "Give the model file with --onnx: weights beside it are read and become part of the base.",
    );
  });
}
