import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hashEntries, hashText, words } from "../../../src/model/text-features.ts";
import type { TextHashing } from "../../../src/model/types.ts";

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

test("a text without its zeros is the same text, each place once, and leaves zeros behind", () => {
  // So few places that counts go back to 0, and from there on.
  const narrow = { width: 3, seed: 3, words: [1, 2], characters: [3, 5] } as const;
  const assertSame = (text: string, by: TextHashing): void => {
    const counts = new Float32Array(by.width);
    const { columns, values } = hashEntries(text, by, counts);
    assert.ok(counts.every((x) => x === 0));
    assert.ok(columns.length === values.length && columns.length > 0);
    assert.equal(new Set(columns).size, columns.length);
    const dense = new Float32Array(by.width);
    columns.forEach((place, i) => {
      dense[place] = values[i]!;
    });
    const expected = new Float32Array(by.width);
    hashText(text, by, expected);
    assert.deepEqual(dense, expected);
  };
  for (const text of ["", "?!", "where is my card", "a b c d e f g ab cd ef gh"]) assertSame(text, narrow);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."abc de"), maxLength: 60 }), (text) => {
      for (const by of [hashing, narrow]) assertSame(text, by);
    }),
  );
});
