import { encodeFunctionData, getAbiItem, type Hex, parseEventLogs } from "viem";
import type { G1 } from "../crypto/points.ts";
import { treasuryAbi as abi, modelRegistryAbi } from "../generated/abis.ts";
import { overBlocks } from "./blocks.ts";
import type { ChainReader, ChainSender } from "./chain.ts";
import type { Deployment } from "./deployment.ts";
import { guarded } from "./errors.ts";
import { type Mined, mined, send } from "./send.ts";

/** A DataNet's book under the verifier with this selector, as the contracts name it. */
export const bookOf = (datanetId: bigint, selector: Hex): bigint => (datanetId << 32n) | BigInt(selector);

/** The selector of a book's verifier. */
export const selectorOf = (book: bigint): Hex => `0x${(book & 0xffffffffn).toString(16).padStart(8, "0")}`;

/** One position's claim: everything it ever earned in a book by a checkpoint, and the opening that shows it. */
export interface PositionClaim {
  readonly book: bigint;
  readonly checkpoint: bigint;
  /** The point of that checkpoint. */
  readonly total: G1;
  readonly position: bigint;
  /** In units. */
  readonly cumulative: bigint;
  /** π of `total` at ω^position. */
  readonly opening: G1;
}

/** Claims that fit one transaction with room to spare: some 60 k gas each beside the one pairing. */
const CLAIM_CHUNK = 100;

/** What a transaction of claims paid. */
export interface ClaimPayment extends Mined {
  readonly units: bigint;
  /** Those that were paid: the others somebody else had claimed before. */
  readonly paid: readonly { readonly book: bigint; readonly position: bigint; readonly units: bigint }[];
}

/** Pays what a position has earned and not been paid, to whoever holds the position; a contract claims for itself. */
export async function claim(
  sender: ChainSender,
  deployment: Deployment,
  item: PositionClaim,
): Promise<ClaimPayment> {
  const data = encodeFunctionData({ abi, functionName: "claim", args: [item] });
  return payment(await send(sender, { to: deployment.contracts.treasury, data }));
}

/**
 * Many claims, of any books, for one pairing check a transaction; each transaction is handed over when it is mined. What was claimed
 * in the meantime is passed over by the contract; all others of a transaction are paid or none.
 */
export async function* claimMany(
  sender: ChainSender,
  deployment: Deployment,
  items: readonly PositionClaim[],
): AsyncGenerator<ClaimPayment> {
  for (let start = 0; start < items.length; start += CLAIM_CHUNK) {
    const args = [items.slice(start, start + CLAIM_CHUNK)] as const;
    const data = encodeFunctionData({ abi, functionName: "claimMany", args });
    yield payment(await send(sender, { to: deployment.contracts.treasury, data }));
  }
}

function payment(receipt: Parameters<typeof mined>[0]): ClaimPayment {
  const paid = parseEventLogs({ abi, eventName: "Claimed", logs: receipt.logs }).map(
    ({ args: { book, position, units } }) => ({ book, position, units }),
  );
  return { ...mined(receipt), units: paid.reduce((sum, { units }) => sum + units, 0n), paid };
}

/** A DataNet's book under one verifier as the chain keeps it; amounts in units. */
export interface Book {
  readonly book: bigint;
  readonly selector: Hex;
  /** C of the verifier's tier. */
  readonly capacity: number;
  /** What settlements brought and positions did not claim yet. */
  readonly owed: bigint;
  /** What no position earned. */
  readonly reserve: bigint;
  /** The newest total and its checkpoint; infinity and 0 before the first settlement. */
  readonly total: G1;
  readonly checkpoint: bigint;
}

const admittedEvent = getAbiItem({ abi: modelRegistryAbi, name: "VerifierAdmitted" });

/** All books of a DataNet, in the order in which its owner admitted their verifiers. */
export async function readBooks(
  reader: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
): Promise<readonly Book[]> {
  const { modelRegistry } = deployment.contracts;
  const admitted = await overBlocks(reader, deployment.block, async (range) => {
    const filter = { address: modelRegistry, event: admittedEvent, args: { datanetId }, ...range };
    return (await reader.client.getLogs({ ...filter, strict: true })).map((log) => log.args);
  });
  return Promise.all(
    admitted.map(({ selector, capacity }) =>
      readBook(reader, deployment, { datanetId, selector, capacity: Number(capacity) }),
    ),
  );
}

async function readBook(
  { client }: ChainReader,
  deployment: Deployment,
  {
    datanetId,
    selector,
    capacity,
  }: { readonly datanetId: bigint; readonly selector: Hex; readonly capacity: number },
): Promise<Book> {
  const { treasury: address } = deployment.contracts;
  const book = bookOf(datanetId, selector);
  const args = [book] as const;
  return guarded(async () => {
    const [{ owed, reserve }, [total, checkpoint]] = await Promise.all([
      client.readContract({ address, abi, functionName: "accountOf", args }),
      client.readContract({ address, abi, functionName: "totalOf", args }),
    ]);
    return { book, selector, capacity, owed, reserve, total, checkpoint };
  });
}

/** Units that these positions have been paid from a book. */
export async function readClaimed(
  { client }: ChainReader,
  deployment: Deployment,
  book: bigint,
  positions: readonly number[],
): Promise<ReadonlyMap<number, bigint>> {
  const address = deployment.contracts.treasury;
  return guarded(
    async () =>
      new Map(
        await Promise.all(
          positions.map(async (position) => {
            const args = [book, BigInt(position)] as const;
            const units = await client.readContract({ address, abi, functionName: "claimedOf", args });
            return [position, units] as const;
          }),
        ),
      ),
  );
}
