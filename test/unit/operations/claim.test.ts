import assert from "node:assert/strict";
import { after, test } from "node:test";
import { prepareClaims } from "../../../src/claim/claims.ts";
import type { Earnings } from "../../../src/claim/earnings.ts";
import { type KzgEngine, portableKzg } from "../../../src/crypto/kzg/engine.ts";
import { amountCommitments } from "../../../src/operations/claim.ts";
import { requireNative } from "../../../src/proof/native-backend.ts";
import { withoutNative } from "../../helpers/native.ts";
import { openTestSrs } from "../../helpers/srs.ts";

const { srs, close } = await openTestSrs("mini");
after(close);
const C = 64;
const cumulative = Array.from({ length: C }, (_, c) => BigInt(c) * 10n ** 9n);
const nothingPaid = new Map<number, bigint>();
const portable = portableKzg(srs);

/** An engine that counts how often each kind of opening is asked for. */
function counting(engine: KzgEngine): { kzg: KzgEngine; calls: { open: number; openAll: number } } {
  const calls = { open: 0, openAll: 0 };
  const kzg: KzgEngine = {
    ...engine,
    open: (...asked) => {
      calls.open++;
      return engine.open(...asked);
    },
    ...(engine.openAll && {
      openAll: (...asked) => {
        calls.openAll++;
        return engine.openAll!(...asked);
      },
    }),
  };
  return { kzg, calls };
}

const earningsOf = async (kzg: KzgEngine): Promise<Earnings> => ({
  book: 4n << 32n,
  checkpoint: 1n,
  total: await amountCommitments(srs, C, kzg).commit(cumulative),
  cumulative,
});

test("many claims are opened at once by the native code, and are those that are opened singly", {
  skip: withoutNative,
}, async () => {
  const many = Array.from({ length: C }, (_, c) => c).filter((c) => c % 5 !== 0);
  const { kzg, calls } = counting(requireNative().kzg(srs));
  const earnings = await earningsOf(kzg);
  const claims = await prepareClaims(earnings, nothingPaid, many, amountCommitments(srs, C, kzg));
  assert.deepEqual(calls, { open: 0, openAll: 1 });
  const singly = await earningsOf(portable);
  assert.deepEqual(
    claims,
    await prepareClaims(singly, nothingPaid, many, amountCommitments(srs, C, portable)),
  );
});

test("few claims are opened singly", {
  skip: withoutNative,
}, async () => {
  const few = [1, 9, 63];
  const { kzg, calls } = counting(requireNative().kzg(srs));
  await prepareClaims(await earningsOf(kzg), nothingPaid, few, amountCommitments(srs, C, kzg));
  assert.deepEqual(calls, { open: 3, openAll: 0 });
});
