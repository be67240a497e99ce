import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { html } from "../../../src/report/markup.ts";
import { excerpt, visible } from "../../../src/report/visible.ts";

const decode = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

test("no text leaves the element or the attribute that it was written into", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const written = html`<p title="${text}">${text}</p>`.text;
      const parts = /^<p title="([^"<>']*)">([^"<>']*)<\/p>$/.exec(written);
      assert.ok(parts, written);
      assert.equal(decode(parts[1]!), visible(text));
      assert.equal(decode(parts[2]!), visible(text));
    }),
  );
});

test("markup and lists of it are written as they stand, false and undefined are nothing", () => {
  const items = ["a", "<b>"].map((item) => html`<li>${item}</li>`);
  assert.equal(
    html`<ul>${items}${false}${undefined}${[html`<li>${0}</li>`]}</ul>`.text,
    "<ul><li>a</li><li>&lt;b&gt;</li><li>0</li></ul>",
  );
});

test("an object that only looks like markup is not taken for it", () => {
  const disguised = { text: "<script>" } as unknown as string;
  assert.equal(html`${disguised}`.text, "[object Object]");
});

test("controls, direction overrides, invisible characters and half surrogates are shown", () => {
  assert.equal(visible("a\u0000\u001b\u0085b"), "a⟨U+0000⟩⟨U+001B⟩⟨U+0085⟩b");
  assert.equal(visible("\u202egpj.exe\u202c \u2066x\u2069"), "⟨U+202E⟩gpj.exe⟨U+202C⟩ ⟨U+2066⟩x⟨U+2069⟩");
  assert.equal(visible("Al\u200bice\ufeff"), "Al⟨U+200B⟩ice⟨U+FEFF⟩");
  assert.equal(visible("\ud800x"), "\ufffdx");
  assert.equal(visible(`o${"\u0301".repeat(500)}!`), `o${"\u0301".repeat(4)}!`);
});

test("real writing in any script passes unchanged", () => {
  for (const text of ["Zoë 田中", "ליאור כהן", "می‌خواهم", "👩‍👩‍👧 🏳️‍🌈", "நன்றி", "line\nbreak\ttab"]) {
    assert.equal(visible(text), text);
  }
});

test("an excerpt is cut between graphemes and says so", () => {
  assert.equal(excerpt("a short one", 20), "a short one");
  assert.equal(excerpt("  two\n\n lines  ", 20), "two lines");
  assert.equal(excerpt("abcdef", 3), "abc…");
  assert.equal(excerpt("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2), "👩‍👩‍👧👩‍👩‍👧…");
  assert.equal(excerpt("x".repeat(1_000_000), 5), "xxxxx…");
  assert.equal(excerpt("", 5), "");
});
