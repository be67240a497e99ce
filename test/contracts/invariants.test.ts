import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { type Committed, claimOf, commitBatch, type Served, serve, settle } from "../helpers/story.ts";
import { claim, honestClaim } from "../helpers/vault-claims.ts";
import { balance, deployWorld, owed, SETTLE_WINDOW, type World } from "../helpers/world.ts";

const C = TIERS.mini.positions;
const POSITIONS = 6;
const HISTORIES = 3;

type Step =
  | { readonly kind: "commit"; readonly fees: readonly bigint[] }
  | { readonly kind: "settle"; readonly weights: readonly number[] }
  | { readonly kind: "expire" }
  | { readonly kind: "claim"; readonly position: number }
  | { readonly kind: "deposit"; readonly units: bigint }
  | { readonly kind: "withdraw"; readonly who: number }
  | { readonly kind: "wait"; readonly days: number };

const fees = fc.array(fc.bigInt(40_000n, 10n ** 9n), { minLength: 1, maxLength: TIERS.mini.traces });
const weights = fc.array(fc.nat(100), { minLength: POSITIONS, maxLength: POSITIONS });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("commit" as const), fees }),
  fc.record({ kind: fc.constant("settle" as const), weights }),
  fc.record({ kind: fc.constant("expire" as const) }),
  fc.record({ kind: fc.constant("claim" as const), position: fc.nat(POSITIONS - 1) }),
  fc.record({ kind: fc.constant("wait" as const), days: fc.constantFrom(1, 2, 3) }),
  fc.record({ kind: fc.constant("deposit" as const), units: fc.bigInt(1n, 10n ** 9n) }),
  fc.record({ kind: fc.constant("withdraw" as const), who: fc.constantFrom(0, 2, 3, 4) }),
);

/** A world with what should be in it: the model that the contracts are compared with. */
class Model {
  readonly pending: Committed[] = [];
  readonly earned = new Array<bigint>(C).fill(0n);
  readonly claimed = new Array<bigint>(C).fill(0n);
  private next = 0n;
  private readonly world: World;
  private readonly served: Served;

  constructor(world: World, served: Served) {
    this.world = world;
    this.served = served;
  }

  async apply(step: Step): Promise<void> {
    const { world, served } = this;
    if (step.kind === "commit") {
      // The first place without a pending batch: one that was used before, as soon as there is one.
      let place = 0n;
      while (this.pending.some(({ batch }) => batch.place === place)) place++;
      this.pending.push(await commitBatch(world, served, this.next, step.fees, place));
      this.next += BigInt(step.fees.length);
    } else if (step.kind === "deposit") {
      await world.chain.send(world.treasury, "deposit", [step.units], world.chain.accounts[2]);
    } else if (step.kind === "settle") {
      const batch = this.pending.shift();
      if (batch !== undefined) await this.settle(batch, step.weights);
    } else if (step.kind === "expire") {
      const batch = this.pending.shift();
      if (batch === undefined) return;
      await world.chain.wait(Number(SETTLE_WINDOW) + 1);
      await world.chain.send(world.treasury, "expireBatch", [batch.batch]);
    } else if (step.kind === "claim") {
      if (this.earned[step.position]! <= this.claimed[step.position]!) return;
      await claim(world, await honestClaim(world, served, this.earned, step.position));
      this.claimed[step.position] = this.earned[step.position]!;
    } else if (step.kind === "wait") {
      await world.chain.wait(step.days * 24 * 3600);
    } else {
      const account = world.chain.accounts[step.who]!;
      const { indexId } = served;
      const [credit, shares] = await Promise.all([
        world.chain.read<bigint>(world.treasury, "creditOf", [account.address]),
        world.chain.read<readonly bigint[]>(world.treasury, "sharesOf", [indexId]),
      ]);
      const own = shares[[3, 0, 4].indexOf(step.who)] ?? 0n;
      if (credit + own > 0n) await world.chain.send(world.treasury, "withdraw", [[indexId]], account);
    }
  }

  /** Pays the pool in proportion to the weights, rounded down. */
  private async settle(batch: Committed, shares: readonly number[]): Promise<void> {
    const pool = batch.statement.pools.reduce((sum, p) => sum + p, 0n);
    const whole = BigInt(shares.reduce((sum, share) => sum + share, 1));
    const payouts = shares.map((share) => (pool * BigInt(share)) / whole);
    await settle(this.world, batch, claimOf(payouts));
    payouts.forEach((units, c) => {
      this.earned[c]! += units;
    });
  }

  /** Every unit is where the books say, and no book paid more than it got. */
  async check(): Promise<void> {
    const { world, served } = this;
    const { admin, operator, platform, stakers } = world.people;
    const read = (contract: typeof world.treasury, name: string, arg: unknown) =>
      world.chain.read<bigint>(contract, name, [arg]);
    const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
    const unclaimed = await owed(world, served.book);
    assert.equal(unclaimed, sum(this.earned) - sum(this.claimed));
    const reserve = await read(world.reserve, "balanceOf", served.book);
    const credits = await Promise.all(
      [admin, operator, platform, stakers].map((a) => read(world.treasury, "creditOf", a)),
    );
    const uncollected = await world.chain.read<readonly bigint[]>(world.treasury, "sharesOf", [
      served.indexId,
    ]);
    const held = sum(this.pending.map(({ statement, proverShare }) => sum(statement.pools) + proverShare));
    assert.equal(
      await balance(world, world.treasury),
      (sum(credits) + sum(uncollected) + held + reserve + unclaimed) * WEI_PER_UNIT,
    );
  }
}

it("the treasury balances to the wei after any history", async () => {
  const history = fc.array(step, { minLength: 8, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const world = await deployWorld();
      const model = new Model(world, await serve(world, POSITIONS));
      try {
        for (const one of steps) {
          await model.apply(one);
          await model.check();
        }
      } finally {
        await world.close();
      }
    }),
    { numRuns: HISTORIES },
  );
});
