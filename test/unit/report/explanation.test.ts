import assert from "node:assert/strict";
import { test } from "node:test";
import { explanationText } from "../../../src/cli/explanation-text.ts";
import { renderExplanation } from "../../../src/report/explanation/page.ts";
import type { PaymentExplanation } from "../../../src/report/explanation/types.ts";
import { MEANING } from "../../../src/report/meaning.ts";
import { sampleExplanation } from "../../helpers/explanation-sample.ts";

const sample = (): PaymentExplanation => sampleExplanation({ asked: false, why: "nobody asked" });

/** What both say: the page without its tags and the terminal's lines, each with one space for any. */
const texts = (explanation: PaymentExplanation): string[] =>
  [
    renderExplanation(explanation)
      .replace(/<style>.*<\/style>/s, "")
      .replace(/<[^>]*>/g, ""),
    explanationText(explanation),
  ].map((text) => text.replaceAll("−", "-").replace(/\s+/g, " "));

test("page and text say the meaning, the sure share, intervals, rows and contributors that got nothing", () => {
  const explanation = { ...sample(), sureShare: 0.4321 };
  for (const text of texts(explanation)) {
    assert.equal(text.split(MEANING.objective).length, 2);
    assert.ok(text.includes("43.2 %"), text);
    for (const [low, high] of [
      ["9,200", "10,800"],
      ["-803", "797"],
      ["-800", "800"],
    ])
      assert.match(text.replaceAll(",", ""), new RegExp(`${low}( to | and )${high}`.replaceAll(",", "")));
    assert.equal(
      text.match(/31 rows helped this answer more than the average row does, 19 less/g)?.length,
      3,
    );
    assert.equal(text.match(/9 of 15 contributors got nothing/g)?.length, 3);
  }
});

test("scores of the loss alone are not held against the average row", () => {
  const { batches, ...rest } = sample();
  const explanation: PaymentExplanation = {
    ...rest,
    batches: batches.map((batch) => ({ ...batch, gradient: "loss" })),
  };
  for (const text of texts(explanation)) {
    assert.ok(text.includes(MEANING.loss));
    assert.match(text, /31 rows helped this answer, 19 harmed it/);
    assert.doesNotMatch(text, /average row/);
  }
});

test("nothing paid, nothing sure: no share is made up", () => {
  for (const text of texts({ ...sample(), sureShare: null })) assert.doesNotMatch(text, /NaN|null|undefined/);
});
