import { TributaryError } from "../core/errors.ts";
import { pack } from "../crypto/packing.ts";
import type { Claim, Settlement, Statement } from "../protocol/statement.ts";
import { keyDigest } from "../protocol/transcript.ts";
import type { VerifyingKey } from "../protocol/verifying-key.ts";
import { type ChainBatch, readBatch } from "../settlement/batch.ts";
import type { BatchStatus } from "../settlement/batch-status.ts";
import type { ChainReader } from "../settlement/chain.ts";
import type { Deployment } from "../settlement/deployment.ts";
import type { SettledBatch } from "../settlement/settle.ts";
import { readSettledBatch } from "../settlement/settled-batch.ts";
import { readVerifier } from "../settlement/verifiers.ts";
import type { Failure } from "../verification/verdict.ts";

/** What the chain did with the batch that a bundle names. */
export interface ChainFacts {
  /** Undefined where the chain knows no such batch, which makes the bundle a false one. */
  readonly statement: Statement | undefined;
  readonly status: BatchStatus;
  /** Where the chain has another key for the index than the reader, or paid other amounts than the bundle says. */
  readonly failures: readonly Failure[];
}

/** The batch as the chain has it; undefined where it knows none of this key. */
export async function batchOnChain(
  reader: ChainReader,
  deployment: Deployment,
  { batchKey }: Pick<Statement, "batchKey">,
): Promise<ChainBatch | undefined> {
  try {
    return await readBatch(reader, deployment, batchKey);
  } catch (error) {
    if (error instanceof TributaryError && error.code === "TRB_SETTLEMENT_BATCH_UNKNOWN") return undefined;
    throw error;
  }
}

/**
 * What the chain says about the batch that a bundle names: its statement and status, whether proofs of its index are checked with
 * the reader's key there, and, where it is settled, whether these payouts are the ones that were paid.
 */
export async function chainFacts(
  reader: ChainReader,
  deployment: Deployment,
  { statement, claim }: Settlement,
  key: VerifyingKey,
): Promise<ChainFacts> {
  const batch = await batchOnChain(reader, deployment, statement);
  if (batch === undefined) return { statement: undefined, status: "none", failures: [] };
  const failures = await keyFailures(reader, deployment, batch, key);
  if (batch.status === "settled") {
    failures.push(...payoutFailures(claim, await readSettledBatch(reader, deployment, statement.batchKey)));
  }
  return { statement: batch.statement, status: batch.status, failures };
}

/** An index names its verifier by a selector; the verifier itself says which key it holds. */
async function keyFailures(
  reader: ChainReader,
  deployment: Deployment,
  { index }: ChainBatch,
  key: VerifyingKey,
): Promise<Failure[]> {
  const { address, keyDigest: there } = await readVerifier(reader, deployment, index.selector);
  const here = keyDigest(key);
  if (there.toLowerCase() === here) return [];
  return [
    {
      code: "TRB_VERIFY_SELECTOR",
      message: `the index's proofs are checked by ${address} (selector ${index.selector}) with key ${there}, the pinned key is ${here}`,
    },
  ];
}

/** Every way in which a claim differs from what the settlement of its batch paid. */
function payoutFailures(claim: Claim, settled: SettledBatch): Failure[] {
  const different = (what: string, there: unknown, here: unknown): Failure => ({
    code: "TRB_VERIFY_PAYOUTS",
    message: `${what}: the chain settled ${there}, the bundle says ${here}`,
  });
  const compare = (what: string, there: unknown, here: unknown): Failure[] =>
    String(there).toLowerCase() === String(here).toLowerCase() ? [] : [different(what, there, here)];
  const words = pack("amount", claim.payouts);
  const { x, y } = settled.payoutCommitment;
  const at = words.findIndex((word, i) => word !== settled.payoutWords[i]);
  return [
    ...(at < 0 ? [] : compare(`word ${at} of the payouts`, settled.payoutWords[at], words[at])),
    ...compare("words of payouts", settled.payoutWords.length, words.length),
    ...compare(
      "units paid",
      settled.paid,
      claim.payouts.reduce((sum, units) => sum + units, 0n),
    ),
    ...compare(
      "the payouts' commitment",
      `(${x}, ${y})`,
      `(${claim.payoutCommitment.x}, ${claim.payoutCommitment.y})`,
    ),
    ...compare("units unattributed", settled.unattributed, claim.unattributed),
    ...compare("the recipient", settled.recipient, claim.recipient),
  ];
}
