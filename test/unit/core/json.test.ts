import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { otherJsonReaders } from "../../../scripts/check/json.ts";
import { numberSource, parseJson } from "../../../src/core/json.ts";

test("an integer keeps its digits, whatever its size, place and sign", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), (value) => {
      const text = `{"a": ${value}, "b": [{"c":${value}}], "d": "${value}"}`;
      const { a, b, d } = parseJson(text) as { a: number | bigint; b: [{ c: number | bigint }]; d: string };
      assert.deepEqual([String(a), String(b[0].c), d], [String(value), String(value), String(value)]);
    }),
  );
  assert.equal(parseJson("9007199254740993"), 9007199254740993n);
});

test("what JavaScript has written comes back as it was, numbers as numbers", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(parseJson(text), JSON.parse(text));
    }),
  );
  for (const value of [2 ** 53, 2 ** 60, 1e20, -1e19, Math.PI, 1e300]) {
    assert.equal(parseJson(JSON.stringify(value)), value);
  }
});

test("a key named __proto__ is a key like others", () => {
  const value = parseJson('{"__proto__": 12345678901234567890, "constructor": 1}') as object;
  assert.deepEqual(Object.keys(value), ["__proto__", "constructor"]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});

test("a number's source is that of the top level's key", () => {
  assert.equal(numberSource('{"a":{"b":1e5},"b":1.0,"c":[{"b":3}]}', "b"), "1.0");
  assert.equal(numberSource('{"a":{"b":1e5}}', "b"), undefined);
  assert.equal(numberSource('{"b":"1.0"}', "b"), undefined);
});

test("nothing in the library reads JSON in another way", async () => {
  assert.deepEqual(await otherJsonReaders(), []);
});
