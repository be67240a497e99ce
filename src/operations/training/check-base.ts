import { targetsOf } from "../../model/network/adapted.ts";
import { importNetwork } from "../../model/network/import.ts";
import { openBase } from "../../model/session.ts";
import { type OnnxBase, userBase } from "../../model/user-base.ts";
import type { AdapterOptions } from "./fit-models.ts";

/**
 * Says what is wrong with a user's graph before anything is read or run that takes time: whether it loads, has the ports that are named,
 * and is one that the wanted adapters reach through.
 *
 * @throws TRB_MODEL_*, as userBase and openBase; TRB_MODEL_OPERATOR, TRB_MODEL_TARGET
 */
export async function checkOnnx(onnx: OnnxBase, { kind, targets }: AdapterOptions): Promise<void> {
  // What becomes of features before the graph has no say in any of this.
  const base = userBase({ kind: "numeric", width: onnx.input.width }, onnx);
  await (await openBase(base)).close();
  if (kind === "lora") targetsOf(importNetwork(base), targets);
}
