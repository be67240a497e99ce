import onnxProto from "onnx-proto";
import { TributaryError } from "../../core/errors.ts";
import { delimited, integerField } from "./fields.ts";
import { orMalformed } from "./malformed.ts";
import { modelOf, nodesOf } from "./nodes.ts";
import { rewriteModel } from "./walk.ts";

const { onnx } = onnxProto;

/** What onnxruntime-node 1.30 loads; it refuses a newer file whatever is in it. */
const NEWEST = { ir: 13, opset: 26 } as const;
/** What the tables below know: onnx 1.23, whose defaults these are. */
const KNOWN = { ir: 14, opset: 28 } as const;

/** IR 14 adds these element types and, outside of ONNX-ML, opaque types; nothing else changed (onnx.proto, `Version`). */
const TYPES_OF_IR_14: Readonly<Record<number, string>> = { 27: "float6e2m3", 28: "float6e3m2" };

const NEW = "an operator that older sets do not have";

/**
 * Operators that sets 27 and 28 add or change (onnx 1.23's `defs.get_all_schemas_with_history`), but for those that are in the set
 * below only for more element types, or with fewer, or told in other words: BitShift's is the one text that says more than it did.
 * A string says why a graph with the operator cannot be read as set 26; a list names attributes that are new.
 *
 * As they were: Cast, Celu, Compress, DepthToSpace, DequantizeLinear, Einsum, Mod, OneHot, Optional, OptionalGetElement,
 * OptionalHasElement, QuantizeLinear, ReduceLogSum, ReduceLogSumExp, ReverseSequence, Unique. A type that is new in one of them is
 * refused by ONNX Runtime, which checks each operator's types by the set that the file names.
 */
const CHANGED: Readonly<Record<string, string | readonly string[]>> = {
  CausalConvWithState: NEW,
  LinearAttention: NEW,
  SwiGLU: NEW,
  BitShift: "what it gives for shifts by all bits or more was not said before",
  Range: ["stash_type"],
  SpaceToDepth: ["mode"],
};

const isStandard = (domain: string | null | undefined): boolean => !domain || domain === "ai.onnx";

function refuse(ir: number, opset: number, why: string): TributaryError {
  return new TributaryError("TRB_MODEL_VERSION", "The model is newer than what runs it.", {
    details: `IR version ${ir} and operator set ${opset}, where ${NEWEST.ir} and ${NEWEST.opset} are the newest: ${why}`,
    hint: `Export it with an older operator set, such as opset_version=20 in torch.onnx.export, or convert it with onnx.version_converter and set ir_version to ${NEWEST.ir} or less.`,
  });
}

/** Why a model cannot be read as one of the newest versions that run; undefined where it can. */
function obstacle(file: Uint8Array, ir: number, opset: number): string | undefined {
  if (ir > KNOWN.ir || opset > KNOWN.opset)
    return `nothing is known here of what is new after ${KNOWN.ir} and ${KNOWN.opset}`;
  if (ir > NEWEST.ir) {
    const types = new Set<string>();
    rewriteModel(file, ({ payload }, _inside, is) => {
      const type =
        is === "tensor" ? TYPES_OF_IR_14[onnx.TensorProto.decode(payload!).dataType ?? 0] : undefined;
      if (type !== undefined) types.add(type);
      return undefined;
    });
    if (types.size > 0) return `constants of type ${[...types].join(" and ")}`;
  }
  if (opset <= NEWEST.opset) return undefined;
  for (const { node, name } of nodesOf(modelOf(file))) {
    const change = isStandard(node.domain) ? CHANGED[node.opType ?? ""] : undefined;
    if (change === undefined) continue;
    if (typeof change === "string") return `node ${name} (${node.opType}): ${change}`;
    const attribute = node.attribute?.find((one) => change.includes(one.name ?? ""));
    if (attribute !== undefined)
      return `node ${name} (${node.opType}): its attribute ${attribute.name} is new`;
  }
  return undefined;
}

/**
 * A model of newer versions as one that runs: the same nodes under an older number, where they mean the same there.
 *
 * @returns the file itself where it is old enough
 * @throws TRB_MODEL_VERSION where they do not; TRB_MODEL_MALFORMED_ONNX
 */
export function lowerVersions(file: Uint8Array): Uint8Array {
  return orMalformed(() => {
    const { irVersion, opsetImport, functions } = modelOf(file);
    const sets = [opsetImport, ...(functions ?? []).map((one) => one.opsetImport)].flatMap(
      (list) => list ?? [],
    );
    const ir = Number(irVersion ?? 0);
    const opset = Math.max(
      0,
      ...sets.filter(({ domain }) => isStandard(domain)).map(({ version }) => Number(version)),
    );
    if (ir <= NEWEST.ir && opset <= NEWEST.opset) return file;
    const why = obstacle(file, ir, opset);
    if (why !== undefined) throw refuse(ir, opset, why);
    return rewriteModel(file, ({ number, payload }, inside, is) => {
      if (inside === "model" && number === 1) return [integerField(number, Math.min(ir, NEWEST.ir))];
      if (is !== "operator set") return undefined;
      const { domain, version } = onnx.OperatorSetIdProto.decode(payload!);
      if (!isStandard(domain) || Number(version) <= NEWEST.opset) return undefined;
      const older = { domain: domain ?? "", version: NEWEST.opset };
      return delimited(number, [onnx.OperatorSetIdProto.encode(older).finish()]);
    });
  });
}
