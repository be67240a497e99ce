import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { P, R } from "../../../src/crypto/field.ts";
import { toHex } from "../../../src/crypto/words.ts";
import { TIER_NAMES } from "../../../src/params/tiers.ts";
import { encodeBundle, MAX_BUNDLE_CHARACTERS, parseBundle } from "../../../src/protocol/bundle.ts";
import { wellFormedSettlement } from "../../helpers/settlement.ts";

const text = encodeBundle(wellFormedSettlement("mini"));

/** The bundle's text after a change to its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: a hostile bundle has any form
function edited(change: (bundle: any) => void): string {
  const bundle = JSON.parse(text);
  change(bundle);
  return JSON.stringify(bundle);
}

const many = (count: number): string[] => new Array<string>(count).fill("1");

for (const tier of TIER_NAMES) {
  test(`${tier}: parse inverts encode, and the text is within the limit`, () => {
    const settlement = wellFormedSettlement(tier);
    const encoded = encodeBundle(settlement);
    assert.ok(encoded.length < MAX_BUNDLE_CHARACTERS);
    assert.deepEqual(parseBundle(encoded), settlement);
  });
}

test("a bundle may be laid out for people", () => {
  assert.deepEqual(parseBundle(JSON.stringify(JSON.parse(text), null, 2)), wellFormedSettlement("mini"));
});

test("a full bundle of the small tier, without its payouts, is at most 4 KB", () => {
  const bundle = JSON.parse(encodeBundle(wellFormedSettlement("small")));
  delete bundle.payouts;
  assert.ok(JSON.stringify(bundle).length <= 4096, `${JSON.stringify(bundle).length} bytes`);
});

test("the same settlement with a checksum address has the same text", () => {
  const settlement = wellFormedSettlement("mini");
  const upper = { ...settlement.statement, settlement: `0x${"5E".repeat(20)}` as const };
  assert.equal(encodeBundle({ ...settlement, statement: upper }), text);
});

const REFUSED: readonly [string, string, string][] = [
  ["cut off", "TRB_BUNDLE_JSON", text.slice(0, -20)],
  ["empty", "TRB_BUNDLE_JSON", ""],
  ["too large", "TRB_BUNDLE_TOO_LARGE", " ".repeat(MAX_BUNDLE_CHARACTERS) + text],
  ["a key given twice", "TRB_BUNDLE_JSON", text.replace('"payouts":', '"payouts":["9"],"payouts":')],
  ["an escaped letter", "TRB_BUNDLE_JSON", text.replace('"mini"', '"m\\u0069ni"')],
  ["a number with a point", "TRB_BUNDLE_JSON", text.replace('"count":4', '"count":4.0')],
  ["nesting without end", "TRB_BUNDLE_JSON", "[".repeat(100_000) + "]".repeat(100_000)],
  ["null", "TRB_BUNDLE_FORMAT", "null"],
  ["an array", "TRB_BUNDLE_FORMAT", `[${text}]`],
  ["another format", "TRB_BUNDLE_FORMAT", edited((b) => (b.format = "zip"))],
  ["another version", "TRB_BUNDLE_FORMAT", edited((b) => (b.version = 2))],
  ["other parameters", "TRB_BUNDLE_PARAMS", edited((b) => (b.paramsDigest = toHex(1n)))],
  ["an unknown key", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.extra = 1))],
  ["a key missing", "TRB_BUNDLE_SHAPE", edited((b) => delete b.proof.h1)],
  ["more payments than any tier has", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.count = 65))],
  ["no payments", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.count = 0))],
  ["more positions than any tier has", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.positions = 1025))],
  ["no positions", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.positions = 0))],
  ["a list of pools beyond any tier", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.pools = many(65)))],
  [
    "a list of traces beyond any tier",
    "TRB_BUNDLE_SHAPE",
    edited((b) => (b.statement.traces = many(65).map(() => toHex(1n)))),
  ],
  ["a list of payouts beyond any tier", "TRB_BUNDLE_SHAPE", edited((b) => (b.payouts = many(1025)))],
  ["parameters that are no digest", "TRB_BUNDLE_SHAPE", edited((b) => (b.paramsDigest = 5))],
  ["no parameters", "TRB_BUNDLE_SHAPE", edited((b) => delete b.paramsDigest)],
  [
    "a payment more than its tier has",
    "TRB_BUNDLE_COUNT",
    edited((b) => {
      b.statement.count = 5;
      b.statement.pools.push("1");
      b.statement.traces.push(toHex(1n));
    }),
  ],
  [
    "a position more than its tier has",
    "TRB_BUNDLE_COUNT",
    edited((b) => {
      b.statement.positions = 17;
      b.payouts = many(17);
    }),
  ],
  ["an unknown tier", "TRB_BUNDLE_SHAPE", edited((b) => (b.tier = "huge"))],
  ["a scalar of r", "TRB_BUNDLE_SHAPE", edited((b) => (b.proof.y = toHex(R)))],
  ["a coordinate of p", "TRB_BUNDLE_SHAPE", edited((b) => (b.proof.b[1][0] = toHex(P)))],
  ["upper-case hex", "TRB_BUNDLE_SHAPE", edited((b) => (b.proof.y = `0x${"A".repeat(64)}`))],
  ["short hex", "TRB_BUNDLE_SHAPE", edited((b) => (b.proof.y = "0x01"))],
  ["a number for a string", "TRB_BUNDLE_SHAPE", edited((b) => (b.payouts[0] = 1))],
  ["a negative amount", "TRB_BUNDLE_SHAPE", edited((b) => (b.payouts[0] = "-1"))],
  ["leading zeros", "TRB_BUNDLE_SHAPE", edited((b) => (b.payouts[0] = "007"))],
  ["a fraction", "TRB_BUNDLE_SHAPE", edited((b) => (b.payouts[0] = "1.5"))],
  ["NaN", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.count = Number.NaN))],
  ["a pool of 2^48", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.pools[0] = `${2n ** 48n}`))],
  ["an index id of r", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.indexId = `${R}`))],
  ["too many payouts", "TRB_BUNDLE_SHAPE", edited((b) => (b.payouts = new Array(2000).fill("0")))],
  ["a fractional count", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.count = 1.5))],
  ["no payment", "TRB_BUNDLE_SHAPE", edited((b) => (b.statement.count = 0))],
  ["a count that is not the pools'", "TRB_BUNDLE_COUNT", edited((b) => b.statement.pools.pop())],
  ["a count that is not the traces'", "TRB_BUNDLE_COUNT", edited((b) => b.statement.traces.pop())],
  ["positions that are not the payouts'", "TRB_BUNDLE_COUNT", edited((b) => b.payouts.push("0"))],
  ["more positions than the tier", "TRB_BUNDLE_COUNT", edited((b) => (b.statement.positions = 17))],
];

for (const [what, code, bundle] of REFUSED) {
  test(`refuses ${what} with ${code}`, () => {
    assert.throws(() => parseBundle(bundle), { code });
  });
}

test("any text gives a bundle or an error of ours", () => {
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 4 }), (at, noise) => {
      try {
        parseBundle(text.slice(0, at) + noise + text.slice(at + noise.length));
      } catch (error) {
        assert.match((error as { code: string }).code, /^TRB_BUNDLE_/);
      }
    }),
  );
});
