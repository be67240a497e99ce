import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hashText, words } from "../../../src/model/text-features.ts";

const hashing = { width: 64, seed: 3, words: [1, 2], characters: [3, 5] } as const;

function hashed(text: string, seed: number = hashing.seed): Float32Array {
  const into = new Float32Array(hashing.width);
  hashText(text, { ...hashing, seed }, into);
  return into;
}

test("words are lower-case runs of letters and digits, compatibility forms folded", () => {
  assert.deepEqual(words("My CARD's №２ — déjà vu!"), ["my", "card", "s", "no2", "déjà", "vu"]);
  assert.deepEqual(words("  …!? "), []);
});

test("punctuation, case and white space do not change the vector; another word and another seed do", () => {
  assert.deepEqual(hashed("Where is my card?"), hashed("where  IS my card"));
  assert.notDeepEqual(hashed("where is my card"), hashed("where is my cash"));
  assert.notDeepEqual(hashed("where is my card"), hashed("where is my card", 4));
});

test("every n-gram adds one in size: the sum of sizes is the count or less by an even number", () => {
  // "ab cd": 2 words, 1 pair, and for each framed word of 4 units 2 trigrams and 1 four-gram.
  const sum = (x: Float32Array): number => x.reduce((total, value) => total + Math.abs(value), 0);
  assert.ok(sum(hashed("ab cd")) <= 9);
  assert.equal(sum(hashed("ab cd")) % 2, 1);
  fc.assert(fc.property(fc.string(), (text) => hashed(text).every(Number.isInteger)));
});
