import { TributaryError } from "../../core/errors.ts";
import type { Hex } from "../../core/hex.ts";
import { WEI_PER_UNIT } from "../../params/bits.ts";
import type { ChainReader } from "../../settlement/chain.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import { readShares } from "../../settlement/shares.ts";
import { readOpenWei } from "../../settlement/token.ts";
import { readBooks } from "../../settlement/vault.ts";
import type { RegisteredIndex } from "../../workspace/registry.ts";
import { type FeeShares, splitFee } from "../fees.ts";

/** The accounts whose money a run moves. */
export interface Parties {
  readonly operator: Hex;
  readonly platform: Hex;
  readonly modelOwner: Hex;
  readonly stakers: Hex;
  readonly prover: Hex;
  /** Owners of positions 0, 1, … */
  readonly contributors: readonly Hex[];
}

/** What the run itself counted, in units. */
export interface Counted {
  readonly fees: readonly { readonly fee: bigint; readonly split: RegisteredIndex["split"] }[];
  readonly paid: bigint;
  readonly unattributed: bigint;
  /** By position. */
  readonly claimed: readonly bigint[];
  /** What the operator had before the first commit. */
  readonly operatorBefore: bigint;
}

export interface Balance {
  readonly check: string;
  readonly left: bigint;
  readonly right: bigint;
}

export interface Money extends FeeShares {
  readonly fees: bigint;
  readonly dust: bigint;
  readonly reserve: bigint;
  readonly unclaimed: bigint;
  readonly balances: readonly Balance[];
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** OPEN of an account in units; the contracts never move less. */
async function unitsOf(reader: ChainReader, deployment: Deployment, account: Hex): Promise<bigint> {
  const wei = await readOpenWei(reader, deployment, account);
  if (wei % WEI_PER_UNIT === 0n) return wei / WEI_PER_UNIT;
  throw new TributaryError("TRB_DEMO_UNBALANCED", "An account holds a part of a unit.", {
    details: `${account}: ${wei} wei`,
  });
}

/**
 * Compares what the run counted with what the chain says, to the unit.
 *
 * @throws TRB_DEMO_UNBALANCED with the first comparison that fails
 */
export async function checkMoney(
  reader: ChainReader,
  deployment: Deployment,
  datanetId: bigint,
  parties: Parties,
  counted: Counted,
): Promise<Money> {
  const units = (account: Hex): Promise<bigint> => unitsOf(reader, deployment, account);
  const shares = counted.fees.map(({ fee, split }) => splitFee(fee, split));
  const total = (key: keyof FeeShares): bigint => sum(shares.map((share) => share[key]));
  const fees = sum(counted.fees.map(({ fee }) => fee));
  const pool = total("pool");
  const dust = pool - counted.paid - counted.unattributed;
  const claimed = sum(counted.claimed);
  const kept = await readBooks(reader, deployment, datanetId);
  const books = { owed: sum(kept.map(({ owed }) => owed)), reserve: sum(kept.map(({ reserve }) => reserve)) };
  const credited = async (account: Hex): Promise<bigint> =>
    (await readShares(reader, deployment, account)).all;
  const services = total("platform") + total("modelOwner") + total("stakers") + total("prover");
  const balances: Balance[] = [
    {
      check: "fees = what the operator paid in",
      left: fees,
      right: counted.operatorBefore - (await units(parties.operator)),
    },
    {
      check: "platform's share = its credit",
      left: total("platform"),
      right: await credited(parties.platform),
    },
    {
      check: "model owner's share = its credit",
      left: total("modelOwner"),
      right: await credited(parties.modelOwner),
    },
    { check: "stakers' share = its credit", left: total("stakers"), right: await credited(parties.stakers) },
    {
      check: "prover's share = its credit",
      left: total("prover"),
      right: await credited(parties.prover),
    },
    {
      check: "credits, reserve and unclaimed rewards = what the treasury still holds",
      left: services + books.reserve + books.owed,
      right: await units(deployment.contracts.treasury),
    },
    {
      check: "unattributed and rounding = the DataNet's reserve",
      left: counted.unattributed + dust,
      right: books.reserve,
    },
    { check: "paid = claimed and unclaimed", left: counted.paid, right: claimed + books.owed },
    {
      check: "claimed = what contributors hold",
      left: claimed,
      right: sum(await Promise.all(parties.contributors.map(units))),
    },
  ];
  const wrong = balances.find(({ left, right }) => left !== right);
  if (wrong !== undefined || dust < 0n) {
    throw new TributaryError("TRB_DEMO_UNBALANCED", "The money does not add up.", {
      details:
        wrong === undefined ? `dust ${dust}` : `${wrong.check}: ${wrong.left} and ${wrong.right} units`,
      hint: "This is a defect: please report it with the workspace.",
    });
  }
  const [platform, modelOwner, stakers, prover] = [
    total("platform"),
    total("modelOwner"),
    total("stakers"),
    total("prover"),
  ];
  return {
    fees,
    platform,
    modelOwner,
    stakers,
    prover,
    pool,
    dust,
    reserve: books.reserve,
    unclaimed: books.owed,
    balances,
  };
}
