import { writeWhole } from "../../files/disk.ts";
import { exportBase } from "../../model/mlp/export.ts";
import type { Port } from "../../model/types.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { loadModel } from "./train.ts";

/**
 * Writes a model's base with its hidden layers as an ONNX file.
 *
 * @param asked the model's number; the newest where undefined
 * @throws TRB_MODEL_NO_HIDDEN, TRB_WORKSPACE_MISSING
 */
export function exportBaseOf(
  workspace: Workspace,
  asked: number | undefined,
  file: string,
): { readonly number: number; readonly input: Port; readonly output: Port } {
  const { number, base, adapter } = loadModel(workspace, asked);
  const { graph, input, output } = exportBase(base, adapter);
  writeWhole(file, graph);
  return { number, input, output };
}
