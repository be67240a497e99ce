import { type Address, getAbiItem, type Hex } from "viem";
import { TributaryError } from "../core/errors.ts";
import { attributionVerifierAbi, verifierRouterAbi } from "../generated/abis.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader } from "./chain.ts";
import { type Deployment, requireChain } from "./deployment.ts";
import { guarded } from "./errors.ts";

/** The verifier that a selector names, for ever: a selector is never given to another one. */
export interface ChainVerifier {
  readonly address: Address;
  /** The key that it checks proofs with, as the contract itself says. */
  readonly keyDigest: Hex;
}

const addedEvent = getAbiItem({ abi: verifierRouterAbi, name: "VerifierAdded" });

/**
 * Who checks, or checked, the proofs of a selector: also where the verifier was stopped since, as what it let settle stays settled.
 *
 * @throws TRB_SETTLEMENT_SELECTOR_UNKNOWN where the router was never given one
 */
export async function readVerifier(
  reader: ChainReader,
  deployment: Deployment,
  selector: Hex,
): Promise<ChainVerifier> {
  requireChain(deployment, reader.chainId);
  const address = deployment.contracts.verifierRouter;
  const [added] = await overBlocks(reader, deployment.block, async (range) => {
    const logs = await reader.client.getLogs({
      address,
      event: addedEvent,
      args: { selector },
      strict: true,
      ...range,
    });
    return logs.map((log) => log.args);
  });
  if (added === undefined) {
    throw new TributaryError(
      "TRB_SETTLEMENT_SELECTOR_UNKNOWN",
      "The router has no verifier of this selector.",
      {
        details: selector,
        hint: "Check the deployment record, and that the node has the deployment's whole history.",
      },
    );
  }
  const { verifier } = added;
  const keyDigest = await guarded(() =>
    reader.client.readContract({
      address: verifier,
      abi: attributionVerifierAbi,
      functionName: "keyDigest",
    }),
  );
  return { address: verifier, keyDigest };
}
