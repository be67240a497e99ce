import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { P, pow, R, rootOfUnity } from "../../src/crypto/field.ts";
import { pack } from "../../src/crypto/packing.ts";
import type { G1 } from "../../src/crypto/points.ts";
import { TIERS, type TierName } from "../../src/params/tiers.ts";
import { evaluate, statementVector } from "../../src/protocol/statement-vector.ts";
import type { Contract, TestChain } from "../helpers/chain.ts";
import { startLibraries } from "../helpers/library-harness.ts";
import { assertReverts } from "../helpers/reverts.ts";
import { commitAmounts, g1, openAmounts, trapdoorKey } from "../helpers/trapdoor.ts";

const RUNS = { numRuns: 60 };
const scalar = fc.bigInt(0n, R - 1n);
const amount = fc.bigInt(0n, 2n ** 56n - 1n);
const ORIGIN = { x: 0n, y: 0n };

describe("libraries against the TypeScript reference", () => {
  let chain: TestChain;
  let libraries: Contract;
  before(async () => {
    ({ chain, libraries } = await startLibraries());
  });
  after(() => chain.close());
  const read = (name: string, args: readonly unknown[]) => chain.read<bigint>(libraries, name, args);

  it("evaluates the statement vector of any batch of any tier", async () => {
    const sizes = fc.constantFrom<TierName>("mini", "small", "large").chain((name) =>
      fc.record({
        name: fc.constant(name),
        traces: fc.array(scalar, { minLength: 1, maxLength: TIERS[name].traces, size: "max" }),
        payouts: fc.array(amount, { minLength: 1, maxLength: TIERS[name].positions, size: "max" }),
        numbers: fc.tuple(scalar, scalar, scalar, scalar, scalar, scalar),
        seed: amount,
      }),
    );
    await fc.assert(
      fc.asyncProperty(sizes, async ({ name, traces, payouts, numbers, seed }) => {
        const tier = TIERS[name];
        const [indexId, n0, unattributed, alpha, h1, beta] = numbers;
        const pools = traces.map((_, q) => (seed * BigInt(q + 1)) % 2n ** 48n);
        const stated = { indexId, n0, unattributed, pools, traces, payouts };
        const expected = evaluate(statementVector(tier, stated, alpha, h1), beta);
        const statement = {
          ...stated,
          settlement: `0x${"00".repeat(20)}`,
          batchKey: `0x${"00".repeat(32)}`,
          positions: payouts.length,
          indexCommitment: ORIGIN,
          poolWords: pack("amount", pools),
        };
        const claim = {
          payoutWords: pack("amount", payouts),
          payoutCommitment: ORIGIN,
          unattributed,
          recipient: `0x${"00".repeat(20)}`,
        };
        const sizes = { traces: tier.traces, positions: tier.positions, width: tier.width };
        assert.equal(await read("evaluate", [sizes, statement, claim, alpha, h1, beta]), expected);
      }),
      RUNS,
    );
  });

  it("computes every power of the root of unity that the reference does", async () => {
    const place = fc
      .integer({ min: 1, max: 10 })
      .chain((log) => fc.tuple(fc.constant(2 ** log), fc.integer({ min: 0, max: 2 ** log - 1 })));
    await fc.assert(
      fc.asyncProperty(place, async ([size, index]) => {
        assert.equal(await read("element", [size, index]), pow(rootOfUnity(size), BigInt(index)));
      }),
      RUNS,
    );
  });

  it("refuses sizes that are no domain", async () => {
    for (const size of [0, 1, 3, 12, 2048]) await assertReverts(read("element", [size, 0]), "NotADomain");
  });

  const point = (x: bigint, y: bigint) => ({ x, y });
  const compress = (point: G1) => read("compress", [point]);
  const decompress = (word: bigint) => chain.read<G1>(libraries, "decompress", [word]);

  it("gives every point of the curve back from one word, and its negative from another", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt(1n, R - 1n), async (k) => {
        const [a, b] = [g1(k), g1(R - k)];
        const [word, opposite] = [await compress(a), await compress(b)];
        assert.notEqual(word, opposite);
        assert.deepEqual([await decompress(word), await decompress(opposite)], [a, b]);
      }),
      RUNS,
    );
    assert.deepEqual(await decompress(await compress(ORIGIN)), ORIGIN);
    assert.notEqual(await compress(ORIGIN), 0n);
  });

  it("compresses no coordinate of p or more, and takes no word for a point whose x is on no point", async () => {
    const { x, y } = g1(7n);
    await assertReverts(compress(point(x + P, y)), "PointRefused");
    await assertReverts(compress(point(x, y + P)), "PointRefused");
    // 4³ + 3 is no square modulo p.
    await assertReverts(decompress(4n | (1n << 254n)), "PointRefused");
  });

  it("sees a word in a list that is zero or no field element, wherever it stands", async () => {
    const words = [1n, R - 1n, 5n, 7n, 9n];
    const all = (list: readonly bigint[]) => chain.read<boolean>(libraries, "allNonzeroElements", [list]);
    assert.equal(await all(words), true);
    for (const i of words.keys()) {
      for (const bad of [0n, R, 2n ** 256n - 1n]) assert.equal(await all(words.with(i, bad)), false);
    }
  });

  it("raises to powers", async () => {
    await fc.assert(
      fc.asyncProperty(scalar, fc.integer({ min: 0, max: 1024 }), async (base, exponent) => {
        assert.equal(await read("pow", [base, exponent]), pow(base, BigInt(exponent)));
      }),
      RUNS,
    );
  });

  it("packs, sums and reads amounts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 40 }), fc.nat(), async (amounts, n) => {
        const words = await chain.read<bigint[]>(libraries, "packed", [amounts]);
        assert.deepEqual(words, pack("amount", amounts));
        assert.equal(
          await read("sum", [words, amounts.length]),
          amounts.reduce((sum, value) => sum + value, 0n),
        );
        const index = n % amounts.length;
        assert.equal(await read("amountAt", [words, index]), amounts[index]);
      }),
      RUNS,
    );
  });

  it("refuses any bit that is not an amount's", async () => {
    const list = fc
      .array(amount, { minLength: 1, maxLength: 9 })
      .chain((amounts) => fc.tuple(fc.constant(amounts), fc.nat(255), fc.nat(2)));
    await fc.assert(
      fc.asyncProperty(list, async ([amounts, bit, word]) => {
        const words = pack("amount", amounts);
        const at = word % words.length;
        const used = Math.min(amounts.length - 4 * at, 4) * 56;
        fc.pre(bit >= used);
        words[at]! |= 1n << BigInt(bit);
        await assertReverts(read("sum", [words, amounts.length]), "StrayBits");
      }),
      RUNS,
    );
  });

  it("refuses a list of another length", async () => {
    const words = pack("amount", [1n, 2n, 3n, 4n, 5n]);
    assert.equal(await read("sum", [words, 5]), 15n);
    for (const count of [4, 9]) await assertReverts(read("sum", [words, count]), "WordCountMismatch");
    await assertReverts(chain.read(libraries, "packed", [[2n ** 56n]]), "AmountTooLarge");
  });

  it("opens commitments singly and together, and takes none for its negation", async () => {
    const { tau } = trapdoorKey("mini");
    const amounts = [5n, 0n, 70n, 9n];
    const commitment = commitAmounts(amounts, 16);
    const opening = (position: number, weight = 1n) => ({
      commitment,
      z: pow(rootOfUnity(16), BigInt(position)),
      value: amounts[position]!,
      proof: openAmounts(amounts, 16, position),
      weight,
    });
    const other = (point: G1): G1 => ({ x: point.x, y: P - point.y });
    const holds = (...openings: readonly object[]) =>
      chain.read<boolean>(libraries, "openingsHold", [openings, tau]);
    const [first, second] = [opening(0), opening(2, 7n)];
    const negated = { ...second, commitment: other(commitment) };
    assert.ok(await holds(first));
    assert.ok(await holds(first, second));
    assert.ok(await holds(first, { ...negated, value: R - second.value, proof: other(second.proof) }));
    for (const spoiled of [
      negated,
      { ...second, value: second.value + 1n },
      { ...second, z: first.z },
      { ...second, proof: first.proof },
      { ...second, commitment: second.proof },
    ]) {
      assert.ok(!(await holds(spoiled)));
      assert.ok(!(await holds(first, spoiled)));
      assert.ok(!(await holds(spoiled, first)));
    }
  });
});
