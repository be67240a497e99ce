import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { custom, type Hex, toFunctionSelector } from "viem";
import { treasuryAbi } from "../../src/generated/abis.ts";
import { claimNewest } from "../../src/operations/claim.ts";
import type { KeySource } from "../../src/operations/keys/key-source.ts";
import { WEI_PER_UNIT } from "../../src/params/bits.ts";
import { TIERS } from "../../src/params/tiers.ts";
import { connectSender } from "../../src/settlement/chain.ts";
import { writePowersOfTau } from "../helpers/snarkjs-setup.ts";
import { temporaryFolder } from "../helpers/srs.ts";
import { claimOf, commitBatch, type Served, serve, settle } from "../helpers/story.ts";
import { TRAPDOOR_TAU, trapdoorKey } from "../helpers/trapdoor.ts";
import { balance, deployWorld, type World } from "../helpers/world.ts";
import { deploymentOf, pinning } from "../helpers/world-reader.ts";

/*
 * A claim is against a total, which holds for three settlements more. Here others settle four batches between the moment when a
 * claim's openings are made and the moment when it is tried on the chain.
 */
const TIER = "small";
/** More than go into one transaction. */
const CONTRIBUTORS = 110;
const FEES = [10n ** 9n];
const EACH = 1_000n;
const CLAIMS = ["claim", "claimMany"].map((name) =>
  toFunctionSelector(treasuryAbi.find((entry) => entry.type === "function" && entry.name === name) as never),
);

let world: World;
let served: Served;
let keys: KeySource;
let remove: () => Promise<void>;
let settled = 0n;

before(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  const powers = join(folder.path, "powers.ptau");
  await writePowersOfTau(powers, Math.log2(TIERS[TIER].positions), {
    tau: TRAPDOOR_TAU,
    alpha: 1n,
    beta: 1n,
  });
  const key = trapdoorKey(TIER);
  keys = { ...pinning(key), powers: async () => powers };
  world = await deployWorld({ key });
  served = await serve(world, CONTRIBUTORS);
  await settleOne();
});
after(async () => {
  await world.close();
  await remove();
});

/** Settles a batch that pays every position EACH. */
async function settleOne(): Promise<void> {
  const payouts = new Array<bigint>(CONTRIBUTORS).fill(EACH);
  const batch = await commitBatch(world, served, settled, FEES, 0n);
  await settle(world, batch, claimOf(payouts, undefined, TIER), settled + 1n);
  settled++;
}

/** Claims for positions, over a node that brings four settlements in front of those tries that `moved` names, from 0 on. */
async function claimFor(positions: readonly number[], moved: (attempt: number) => boolean) {
  let attempts = 0;
  const isClaim = (params: unknown): boolean =>
    CLAIMS.includes(((params as [{ data?: Hex }])[0]?.data ?? "0x").slice(0, 10) as Hex);
  const node = custom(
    {
      request: async (asked: { method: string; params: unknown }) => {
        if (asked.method === "eth_call" && isClaim(asked.params) && moved(attempts++)) {
          for (let i = 0; i < 4; i++) await settleOne();
        }
        return world.chain.client.request(asked as never);
      },
    },
    { retryCount: 0 },
  );
  const sender = await connectSender(node, world.chain.accounts[5]!, { pollingMs: 10 });
  const { datanetId } = served;
  const result = await claimNewest(sender, deploymentOf(world), { datanetId, positions }, keys);
  return { ...result, attempts };
}

test("a claim whose total was written over is made again from the newest one, and pays what that one holds", async () => {
  const { units, attempts } = await claimFor([3], (attempt) => attempt === 0);
  assert.deepEqual([units, attempts, settled], [5n * EACH, 2, 5n]);
  assert.equal(await balance(world, world.chain.accounts[6 + 3]!.address), units * WEI_PER_UNIT);
});

test("where that happens between two transactions of many claims, both are told of, and nobody is paid twice", async () => {
  const everybody = Array.from({ length: CONTRIBUTORS }, (_, position) => position);
  const before = settled;
  const { units, positions, transactions } = await claimFor(everybody, (attempt) => attempt === 1);
  assert.equal(transactions.length, 3);
  assert.deepEqual(
    positions.toSorted((a, b) => a - b),
    everybody,
  );
  const all = BigInt(CONTRIBUTORS) * (before + 4n) * EACH;
  assert.equal(units, all - 5n * EACH, "position 3 had its first five");
  assert.equal((await claimFor(everybody, () => false)).units, 0n);
});

test("it is not tried for ever", async () => {
  await settleOne();
  let attempts = 0;
  const always = () => ++attempts > 0;
  await assert.rejects(claimFor([7], always), { code: "TRB_SETTLEMENT_CHECKPOINT_UNKNOWN" });
  assert.equal(attempts, 2);
});
