import { type Address, encodeFunctionData, parseEventLogs } from "viem";
import { treasuryAbi as abi, modelRegistryAbi } from "../generated/abis.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** Indexes that are asked for at once. */
const CHUNK = 50;

/** What the treasury has for an account; amounts in units. */
export interface Shares {
  /** What was credited to it: shares, and what it deposited for fees. */
  readonly credit: bigint;
  /** Indexes with shares of it that nobody has collected, and how much. */
  readonly uncollected: readonly { readonly indexId: bigint; readonly units: bigint }[];
  readonly all: bigint;
}

/** Shares (platform, model owner, stakers, prover) and deposits that an account can withdraw. */
export async function readShares(
  reader: ChainReader,
  deployment: Deployment,
  account: Address,
): Promise<Shares> {
  const { treasury: address, modelRegistry } = deployment.contracts;
  const { client } = reader;
  return guarded(async () => {
    const treasury = { address, abi } as const;
    const [credit, platform, stakers, count] = await Promise.all([
      client.readContract({ ...treasury, functionName: "creditOf", args: [account] }),
      client.readContract({ ...treasury, functionName: "PLATFORM" }),
      client.readContract({ ...treasury, functionName: "STAKERS" }),
      client.readContract({ address: modelRegistry, abi: modelRegistryAbi, functionName: "indexCount" }),
    ]);
    const ofIndex = async (indexId: bigint) => {
      const args = [indexId] as const;
      const [[ofPlatform, ofOwner, ofStakers], owner] = await Promise.all([
        client.readContract({ ...treasury, functionName: "sharesOf", args }),
        client.readContract({ address: modelRegistry, abi: modelRegistryAbi, functionName: "ownerOf", args }),
      ]);
      const parties = [
        [platform, ofPlatform],
        [owner, ofOwner],
        [stakers, ofStakers],
      ] as const;
      const units = parties.reduce((sum, [who, part]) => (same(who, account) ? sum + part : sum), 0n);
      return { indexId, units };
    };
    const uncollected = [];
    for (let first = 1n; first <= count; first += BigInt(CHUNK)) {
      const left = count - first + 1n;
      const size = left < CHUNK ? Number(left) : CHUNK;
      const found = await Promise.all(Array.from({ length: size }, (_, i) => ofIndex(first + BigInt(i))));
      uncollected.push(...found.filter(({ units }) => units > 0n));
    }
    return { credit, uncollected, all: uncollected.reduce((sum, { units }) => sum + units, credit) };
  });
}

const same = (a: Address, b: Address): boolean => a.toLowerCase() === b.toLowerCase();

/** Collects the shares of the sender's indexes, and pays out all that it has in the treasury. */
export async function withdrawShares(
  sender: ChainSender,
  deployment: Deployment,
): Promise<Mined & { readonly units: bigint }> {
  const { uncollected } = await readShares(sender, deployment, sender.account.address);
  const args = [uncollected.map(({ indexId }) => indexId)] as const;
  const data = encodeFunctionData({ abi, functionName: "withdraw", args });
  const receipt = await send(sender, { to: deployment.contracts.treasury, data });
  const [withdrawn] = parseEventLogs({ abi, eventName: "Withdrawn", logs: receipt.logs });
  return { ...mined(receipt), units: withdrawn!.args.units };
}
