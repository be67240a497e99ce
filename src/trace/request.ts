import { Tensor } from "onnxruntime-node";
import type { Features } from "../datanet/types.ts";
import type { AdaptedNetwork } from "../model/network/adapted.ts";
import type { OpenBase } from "../model/types.ts";
import type { Network } from "../numeric/network/types.ts";
import { PORTS } from "./ports.ts";
import { zeroKeeping } from "./zeros.ts";

/** Name of the graph's input that a request's numbers go to; of a sparse one, those at `PORTS.columns`. */
export const requestPort = ({ input }: Network): string => `base: ${input.name}`;

/** What a trace graph is fed with for one request. */
export type Feeds = Readonly<Record<string, Tensor>>;

/**
 * How requests become what the trace graph of a network reads.
 *
 * @throws of the function: TRB_MODEL_FEATURES, TRB_MODEL_OUTPUT
 */
export function requestReader(
  base: OpenBase,
  { network, reads }: Pick<AdaptedNetwork, "network" | "reads">,
): (request: Features) => Promise<Feeds> {
  const port = requestPort(network);
  if (reads === "input" && zeroKeeping(network).size > 0) {
    return async (request) => {
      const { columns, values } = base.entries(request);
      return {
        [PORTS.columns]: new Tensor("int32", columns, [columns.length]),
        [port]: new Tensor("float32", values, [1, values.length]),
      };
    };
  }
  return async (request) => {
    const values = reads === "input" ? base.read(request) : await base.hidden(request);
    return { [port]: new Tensor("float32", values, [1, values.length]) };
  };
}
