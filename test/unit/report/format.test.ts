import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  amount,
  duration,
  openDigits,
  openText,
  percentOf,
  shortHex,
  size,
  UNITS_PER_OPEN,
} from "../../../src/report/format.ts";

const units = fc.bigInt({ min: 0n, max: 2n ** 96n });

test("an amount in OPEN keeps every unit, far beyond what a double holds", () => {
  fc.assert(
    fc.property(units, (value) => {
      const [whole, decimals] = openDigits(value).replaceAll(",", "").split(".");
      assert.equal(decimals!.length, 9);
      assert.equal(BigInt(whole!) * UNITS_PER_OPEN + BigInt(decimals!), value);
    }),
  );
});

test("running text cuts trailing zeros only, and keeps two decimals", () => {
  assert.equal(openText("0"), "0.00 OPEN");
  assert.equal(openText("1"), "0.000000001 OPEN");
  assert.equal(openText(1_234_567n * UNITS_PER_OPEN), "1,234,567.00 OPEN");
  assert.equal(openText(1_500_000_000n), "1.50 OPEN");
  assert.equal(openText(1_230_400_000n), "1.2304 OPEN");
  assert.equal(openText(-1n), "−0.000000001 OPEN");
  fc.assert(
    fc.property(units, (value) => {
      const [whole, decimals] = openText(value).replace(" OPEN", "").replaceAll(",", "").split(".");
      assert.equal(BigInt(whole!) * UNITS_PER_OPEN + BigInt(decimals!.padEnd(9, "0")), value);
    }),
  );
});

test("a marked-up amount reads as the same digits and carries the units", () => {
  fc.assert(
    fc.property(units, (value) => {
      const markup = amount(value).text;
      assert.equal(markup.replace(/<[^>]*>/g, ""), openDigits(value));
      assert.equal(/value="(\d+)"/.exec(markup)![1], value.toString());
    }),
  );
});

test("percentages are rounded half up, and something small is not shown as nothing", () => {
  assert.equal(percentOf("1", "3"), "33.3\u00a0%");
  assert.equal(percentOf("2", "3"), "66.7\u00a0%");
  assert.equal(percentOf("1", "2000"), "0.1\u00a0%");
  assert.equal(percentOf("1", "2001"), "<\u00a00.1\u00a0%");
  assert.equal(percentOf("0", "5"), "0.0\u00a0%");
  assert.equal(percentOf("0", "0"), "0.0\u00a0%");
  assert.equal(percentOf(2n ** 95n, 2n ** 96n), "50.0\u00a0%");
});

test("durations, sizes and hexadecimal values are cut to what a reader needs", () => {
  assert.deepEqual([0.4, 999, 1234, 59_940, 61_000].map(duration), [
    "0 ms",
    "999 ms",
    "1.23 s",
    "59.9 s",
    "1 min 1 s",
  ]);
  assert.deepEqual([17, 3379, 430e6, 3e9].map(size), ["17 B", "3.3 KiB", "410 MiB", "2.79 GiB"]);
  const hex = `0x${"ab".repeat(32)}`;
  assert.equal(shortHex(hex).text, `<code title="${hex}">0xababab…abab</code>`);
  assert.equal(shortHex("0xabcd").text, "<code>0xabcd</code>");
});
