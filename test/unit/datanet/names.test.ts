import assert from "node:assert/strict";
import { test } from "node:test";
import { importDataNet } from "../../../src/datanet/import.ts";
import { invisibleIn, visible } from "../../../src/datanet/invisible.ts";
import { readDataNet, writeDataNet } from "../../../src/datanet/store.ts";
import { csvOf, fileOf, scratch, textImport } from "./files.ts";

const named = (label: string, who: string): string =>
  `{"text":"row ${label} ${who}","label":${label},"who":${who}}`;
const contributorsOf = async (names: readonly string[]): Promise<readonly string[]> => {
  const rows = names.map((name, i) => named(String(i % 2), name));
  return (await importDataNet(textImport(rows.join("\n"), "jsonl"))).datanet.contributors;
};

test("names that are numbers keep all digits: three accounts stay three", async () => {
  const ids = ["1234567890123456780", "1234567890123456781", "1234567890123456782", "-9007199254740993"];
  assert.deepEqual(await contributorsOf(ids), ids);
  const array = `[${ids.map((id, i) => named(id, String(i))).join(",")}]`;
  const { datanet } = await importDataNet(textImport(array, "json"));
  assert.deepEqual(datanet.labels, [...ids].sort());
});

test("a number has one name, however it is spelled; one that would lose digits is refused", async () => {
  assert.deepEqual(await contributorsOf(["7", "7.0", "70e-1", "0.70E1", "4.50", "true", "-0"]), [
    "7",
    "4.5",
    "true",
    "0",
  ]);
  for (const name of [
    "1.00000000000000001",
    "12345678901234567.0",
    "1e400",
    "1e-400",
    "0.1000000000000000055",
  ]) {
    await assert.rejects(contributorsOf(["1", name]), { code: "TRB_DATANET_NAME_INVALID" }, name);
  }
});

test("long integers as features are rounded to float64, as everywhere", async () => {
  const file = fileOf('{"x":[9007199254740993,1],"y":0}\n{"x":[2,12345678901234567890],"y":1}', "jsonl");
  const columns = { features: ["x"], label: "y" };
  const { datanet } = await importDataNet({ name: "Test", file, columns, contributors: 1 });
  assert.deepEqual(
    datanet.rows.map(({ features }) => features),
    [Float64Array.of(2 ** 53, 1), Float64Array.of(2, Number(12345678901234567890n))],
  );
});

const UGLY = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf"];

test("names of JavaScript's own are names like others: as labels, contributors and columns, from every format and back", async () => {
  const rows = UGLY.flatMap((name, i) =>
    [`${i} a`, `${i} b`].map((text) => ({ text, name, who: UGLY[5 - i]! })),
  );
  const json = rows.map(
    ({ text, name, who }) => `{"text":"${text}","__proto__":"${name}","constructor":"${who}"}`,
  );
  const columns = { text: "text", label: "__proto__", contributor: "constructor" };
  const csv = `text,__proto__,constructor\n${rows.map((row) => Object.values(row).join(",")).join("\n")}`;
  const roots = await Promise.all(
    [fileOf(json.join("\n"), "jsonl"), fileOf(`[${json}]`, "json"), fileOf(csv)].map(async (file) => {
      const { datanet } = await importDataNet({ name: "constructor", file, columns });
      assert.deepEqual(datanet.labels, [...UGLY].sort());
      assert.deepEqual(datanet.contributors, [...UGLY].reverse());
      const folder = scratch("ugly");
      writeDataNet(folder, datanet);
      assert.deepEqual(readDataNet(folder), datanet);
      return datanet.root;
    }),
  );
  assert.equal(new Set(roots).size, 1);
});

/** Invisible or turning, by what they are called. */
const INVISIBLE = {
  "zero width space": "\u200b",
  "zero width joiner": "\u200d",
  "zero width non-joiner": "\u200c",
  "byte order mark": "\ufeff",
  "soft hyphen": "\u00ad",
  "right-to-left override": "\u202e",
  "left-to-right isolate": "\u2066",
  "right-to-left mark": "\u200f",
  "Arabic letter mark": "\u061c",
  "line separator": "\u2028",
  "word joiner": "\u2060",
  "Hangul filler": "\u3164",
  "a tag": "\u{e0061}",
  "variation selector": "\ufe0f",
  "combining grapheme joiner": "\u034f",
  "blank of Braille": "\u2800",
};

for (const [what, character] of Object.entries(INVISIBLE)) {
  test(`refused in names: ${what}`, async () => {
    const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    const good = ["one", "a", "ann"] as const;
    const cases: [string, number][] = [
      [csvOf([good, ["two", "b", `an${character}n`]]), 3],
      [csvOf([good, ["two", `b${character}b`, "bob"]]), 3],
      [csvOf([good]).replace("label", `la${character}bel`), 1],
    ];
    for (const [content, line] of cases) {
      await assert.rejects(
        importDataNet(textImport(content)),
        ({ code, details }: { code: string; details: string }) => {
          assert.equal(code, "TRB_DATANET_NAME_INVISIBLE");
          assert.ok(details.startsWith(`line ${line}: ${number} in `), details);
          assert.ok(!details.includes(character));
          return true;
        },
      );
    }
    await assert.rejects(importDataNet({ ...textImport(csvOf([good])), name: `x${character}y` }), {
      code: "TRB_DATANET_NAME_INVISIBLE",
    });
  });
}

test("what belongs into a script or an emoji stays", () => {
  for (const name of ["می‌خواهم", "क्‍ष", "👩‍🚀", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Zoë", "日本語", "עברית", "naïve café"]) {
    assert.equal(invisibleIn(name), undefined, visible(name));
  }
  assert.equal(invisibleIn("👩‍🚀\u200b"), "U+200B");
  assert.equal(invisibleIn("ann\u200d"), "U+200D");
});

test("texts are not names: what they hold stays", async () => {
  const { datanet } = await importDataNet(
    textImport(
      csvOf([
        ["a\u200bb", "x", "ann"],
        ["c", "y", "ann"],
      ]),
    ),
  );
  assert.equal(datanet.rows[0]!.features, "a\u200bb");
});
