import type { Address } from "viem";
import * as z from "zod";
import { TributaryError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import { bytes32 } from "../crypto/codecs.ts";
import { paramsDigest } from "../params/digest.ts";

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "not an address")
  .transform((text) => text as Address);

const schema = z.strictObject({
  format: z.literal("tributary-deployment"),
  version: z.literal(2),
  chainId: z.int().transform(BigInt),
  /** The block before the first contract: where a search for events starts. */
  block: z.int().transform(BigInt),
  paramsDigest: bytes32,
  contracts: z.strictObject({
    openToken: address,
    dataNetRegistry: address,
    modelRegistry: address,
    verifierRouter: address,
    settlement: address,
    treasury: address,
    dataNetReserve: address,
  }),
  /** One verifier for each tier that has a key. */
  verifiers: z.strictObject({
    mini: address.optional(),
    small: address.optional(),
    large: address.optional(),
  }),
});

/** Where everything is: what a client needs beside a node's URL. */
export type Deployment = Omit<z.output<typeof schema>, "format" | "version">;

/** The record as JSON, for `parseDeployment`. */
export function encodeDeployment(deployment: Deployment): string {
  const record: z.input<typeof schema> = {
    format: "tributary-deployment",
    version: 2,
    ...deployment,
    chainId: Number(deployment.chainId),
    block: Number(deployment.block),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/**
 * Reads a deployment record.
 *
 * @throws TRB_SETTLEMENT_DEPLOYMENT_FORMAT, TRB_SETTLEMENT_DEPLOYMENT_PARAMS (contracts of other parameters)
 */
export function parseDeployment(text: string): Deployment {
  let record: z.output<typeof schema>;
  try {
    record = schema.parse(parseJson(text));
  } catch (cause) {
    throw new TributaryError("TRB_SETTLEMENT_DEPLOYMENT_FORMAT", "This is not a deployment record.", {
      details: cause instanceof z.ZodError ? z.prettifyError(cause).slice(0, 1000) : String(cause),
      hint: "Give the JSON file that the deployment wrote.",
      cause,
    });
  }
  if (record.paramsDigest !== paramsDigest()) {
    throw new TributaryError(
      "TRB_SETTLEMENT_DEPLOYMENT_PARAMS",
      "These contracts have other protocol parameters.",
      {
        details: `deployed ${record.paramsDigest}, here ${paramsDigest()}`,
        hint: "Use the release of this program that made the deployment.",
      },
    );
  }
  const { format: _format, version: _version, ...deployment } = record;
  return deployment;
}

/** @throws TRB_SETTLEMENT_CHAIN where the record is of another chain than the one that answers */
export function requireChain(deployment: Deployment, chainId: bigint): void {
  if (deployment.chainId === chainId) return;
  throw new TributaryError("TRB_SETTLEMENT_CHAIN", "The deployment is on another chain than this node's.", {
    details: `deployment ${deployment.chainId}, node ${chainId}`,
    hint: "Give the node of the deployment's chain, or the record of this chain's deployment.",
  });
}
