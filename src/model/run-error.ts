import { TributaryError } from "../core/errors.ts";

/** As ONNX Runtime 1.30 says which node failed, and why. */
const FAILED = /running (\S+) node\. Name:'([^']*)' Status Message: (.*)/s;

/** The error of a graph that failed on a row, such as by an index that is not there, or whole numbers divided by 0. */
export function refuseRun(cause: unknown): TributaryError {
  const message = (cause as Error).message.replaceAll(/\s+/g, " ");
  const [, op, node, why] = FAILED.exec(message) ?? [];
  return new TributaryError("TRB_MODEL_RUN", "The graph cannot be run on a row.", {
    details: op === undefined ? message : `node ${node} (${op}): ${why}`,
    hint: "An operator of the graph does not take what it gets: mend the graph, or leave the row out.",
    cause,
  });
}
