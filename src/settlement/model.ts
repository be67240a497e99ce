import { type Address, encodeFunctionData, type Hex, parseEventLogs } from "viem";
import type { G1 } from "../crypto/points.ts";
import { modelRegistryAbi as abi } from "../generated/abis.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** Registers a model of the sender's: a frozen base, and an adapter or an ensemble of them trained on a DataNet. */
export async function registerModel(
  sender: ChainSender,
  deployment: Deployment,
  model: { readonly datanetId: bigint; readonly baseDigest: Hex; readonly adapterDigest: Hex },
): Promise<Mined & { readonly modelId: bigint }> {
  const args = [model.datanetId, model.baseDigest, model.adapterDigest] as const;
  const data = encodeFunctionData({ abi, functionName: "registerModel", args });
  const receipt = await send(sender, { to: deployment.contracts.modelRegistry, data });
  const [registered] = parseEventLogs({ abi, eventName: "ModelRegistered", logs: receipt.logs });
  return { ...mined(receipt), modelId: registered!.args.modelId };
}

/** What of a fee does not go to contributors, in basis points. */
export interface RevenueSplit {
  readonly platform: number;
  readonly modelOwner: number;
  readonly stakers: number;
  readonly prover: number;
}

export interface IndexRegistration {
  readonly modelId: bigint;
  readonly datasetVersion: bigint;
  /** C_Φ. */
  readonly commitment: G1;
  /** 32 bytes that name what the index was built from. */
  readonly digest: Hex;
  /** The digest of the verifying key that proofs over this index will be made for; it brings the tier. */
  readonly keyDigest: Hex;
  readonly split: RevenueSplit;
}

/**
 * Registers an index of the sender's model, for ever: its commitment, its key and the positions that are taken by now.
 * Payments come in later blocks.
 */
export async function registerIndex(
  sender: ChainSender,
  deployment: Deployment,
  { keyDigest, ...registration }: IndexRegistration,
): Promise<Mined & { readonly indexId: bigint; readonly positions: number }> {
  const selector = keyDigest.slice(0, 10) as Hex;
  const data = encodeFunctionData({
    abi,
    functionName: "registerIndex",
    args: [{ ...registration, selector }],
  });
  const receipt = await send(sender, { to: deployment.contracts.modelRegistry, data });
  const [registered] = parseEventLogs({ abi, eventName: "IndexRegistered", logs: receipt.logs });
  const { indexId, positions } = registered!.args;
  return { ...mined(receipt), indexId, positions: Number(positions) };
}

/** Says whether an account may commit batches under an index of the sender's. */
export async function setOperator(
  sender: ChainSender,
  deployment: Deployment,
  {
    indexId,
    operator,
    allowed,
  }: { readonly indexId: bigint; readonly operator: Address; readonly allowed: boolean },
): Promise<Mined> {
  const data = encodeFunctionData({ abi, functionName: "setOperator", args: [indexId, operator, allowed] });
  return mined(await send(sender, { to: deployment.contracts.modelRegistry, data }));
}

/** Whether an account may commit batches under an index. */
export async function readIsOperator(
  { client }: ChainReader,
  deployment: Deployment,
  { indexId, operator }: { readonly indexId: bigint; readonly operator: Address },
): Promise<boolean> {
  const address = deployment.contracts.modelRegistry;
  const args = [indexId, operator] as const;
  return guarded(() => client.readContract({ address, abi, functionName: "isOperator", args }));
}
