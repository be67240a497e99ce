import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { splitPools } from "../../../src/attribution/rewards.ts";
import { scoreTrace } from "../../../src/attribution/scores.ts";
import { commitTrace } from "../../../src/commitment/trace.ts";
import { R } from "../../../src/crypto/field.ts";
import { loadHashChain } from "../../../src/crypto/poseidon.ts";
import { HASH_TAG } from "../../../src/params/tags.ts";
import { circuitInput } from "../../../src/witness/circuit-input.ts";
import { bindScores } from "../../../src/witness/hashes.ts";
import { fillSlots, slotRecords } from "../../../src/witness/slots.ts";
import { noiseIndex, noiseTraces, statementOf } from "../../helpers/batch.ts";
import { openTestSrs } from "../../helpers/srs.ts";

const { srs, close } = await openTestSrs("mini");
after(close);
const hash = await loadHashChain();
const index = noiseIndex("mini", 12);
const traces = noiseTraces("mini", 2);
const statement = await statementOf(index, traces, srs, hash);
const scores = traces.map((trace) => scoreTrace(trace.u, index));
const split = splitPools(scores, statement.pools);
const commitments = slotRecords({ statement, traces }).map((record) => commitTrace(record, hash));
const slots = fillSlots({ statement, traces, commitments, scores, split });

test("empty slots and a trace of u = 0 have W = 0: flagged, with no rate and no inverse", () => {
  assert.deepEqual(slots.active, [1n, 1n, 0n, 0n]);
  assert.deepEqual(slots.empty, [1n, 0n, 1n, 1n]);
  for (const q of [0, 2, 3]) assert.deepEqual([slots.rates[q], slots.weightInverses[q]], [0n, 0n]);
  assert.equal((slots.weightInverses[1]! * split.traces[1]!.weight) % R, 1n);
  assert.equal(split.unattributed, statement.pools[0]);
});

test("an empty slot is hashed as a trace of its number with nothing in it", () => {
  assert.deepEqual(commitments.slice(0, 2), statement.traces);
  const nothing = { io: 0n, fee: 0n, pool: 0n, blind: 0n, u: new Int8Array(index.width) };
  const third = { ...nothing, indexId: statement.indexId, number: statement.n0 + 2n };
  assert.equal(commitments[2], commitTrace(third, hash));
  assert.notEqual(commitments[3], commitments[2]);
});

test("h1 hashes the scores of every slot, 12 in an element, then every slot's trace and the blind", () => {
  let element = 0n;
  const flat = slots.scores.flatMap((row) => Array.from(row));
  flat.slice(0, 12).forEach((score, i) => {
    element += BigInt(score + 2 ** 19) << BigInt(20 * i);
  });
  let seen: readonly bigint[] = [];
  const spy = (tag: bigint, inputs: readonly bigint[]): bigint => {
    assert.equal(tag, HASH_TAG.scores);
    seen = inputs;
    return 1n;
  };
  bindScores(spy, slots, 77n);
  assert.equal(seen[0], element);
  assert.deepEqual(seen.slice(-5), [...slots.commitments, 77n]);
  assert.equal(seen.length, Math.ceil((4 * 16) / 12) + 4 + 1);
});

test("the input has exactly the signals that the circuit declares", async () => {
  const source = await readFile(
    new URL("../../../circuits/settlement/settlement.circom", import.meta.url),
    "utf8",
  );
  const declared = [...source.matchAll(/^ {4}signal input (\w+)/gm)].map(([, name]) => name);
  const zero = { alpha: 0n, h1: 0n, h2: 0n, beta: 0n, y: 0n, blind1: 0n, blind2: 0n };
  const input = circuitInput({ statement, slots, split, folded: [], mask: [0n, 0n], ...zero });
  assert.deepEqual(Object.keys(input).sort(), declared.sort());
});
