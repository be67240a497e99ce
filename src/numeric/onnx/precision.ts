import onnxProto from "onnx-proto";
import { orMalformed } from "./malformed.ts";
import { modelOf, nodesOf } from "./nodes.ts";

const { onnx } = onnxProto;

/** Element types by their number in a file (onnx.proto, `TensorProto.DataType`). */
const ELEMENTS: readonly string[] = [
  "undefined",
  "float32",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "int32",
  "int64",
  "string",
  "bool",
  "float16",
  "float64",
  "uint32",
  "uint64",
  "complex64",
  "complex128",
  "bfloat16",
];

export const elementType = (type: number): string => ELEMENTS[type] ?? `type ${type}`;

/** Types that many exports compute in and that few kernels know. */
const HALF = ["float16", "bfloat16"];

/** The element type that a graph declares for an input or output; undefined where it declares none. */
export function portType(file: Uint8Array, side: "input" | "output", name: string): string | undefined {
  const { graph } = modelOf(file);
  const type = graph?.[side]?.find((one) => one.name === name)?.type?.tensorType?.elemType;
  return type == null || type === onnx.TensorProto.DataType.UNDEFINED ? undefined : elementType(type);
}

/** Where a graph leaves float32 for half as many bits, in words; undefined where it does not. */
export function halfPrecision(file: Uint8Array): string | undefined {
  return orMalformed(() => {
    const model = modelOf(file);
    for (const { name, dataType } of model.graph?.initializer ?? []) {
      const type = elementType(dataType ?? 0);
      if (HALF.includes(type)) return `its constant ${name} is ${type}`;
    }
    for (const { node, name } of nodesOf(model)) {
      const to = node.opType === "Cast" ? node.attribute?.find((one) => one.name === "to")?.i : undefined;
      const type = elementType(Number(to ?? 0));
      if (HALF.includes(type)) return `its node ${name} casts to ${type}`;
    }
    return undefined;
  });
}
