import assert from "node:assert/strict";
import { test } from "node:test";
import { balanceChecks } from "../../../src/report/checks.ts";
import { nameOf } from "../../../src/report/content.ts";
import { openText, percentOf } from "../../../src/report/format.ts";
import { renderReport } from "../../../src/report/html.ts";
import { MEANING } from "../../../src/report/meaning.ts";
import { type Report, reportSchema } from "../../../src/report/schema.ts";
import { createView, sureUnits } from "../../../src/report/view.ts";
import { reasons } from "../../../src/report/why.ts";
import { sampleReport } from "../../helpers/report-sample.ts";

const sectionOf = (page: string, id: string): string => {
  const from = page.indexOf(`<section id="${id}"`);
  assert.ok(from >= 0, `section ${id}`);
  return page.slice(from, page.indexOf("</section>", from));
};
/** Like `assert.match`, without the whole page in the message. */
const says = (page: string, pattern: RegExp, why = ""): void =>
  assert.ok(pattern.test(page), `the page lacks ${pattern} ${why}`);
const neverSays = (page: string, pattern: RegExp): void => assert.equal(pattern.exec(page)?.[0], undefined);
/** The page's own words and figures, without its style sheet and its script. */
const bodyOf = (page: string): string => page.slice(page.indexOf("<body>"), page.indexOf("<script>"));
const amountsIn = (markup: string): string[] =>
  [...markup.matchAll(/<data class="amount" value="(\d+)">/g)].map((found) => found[1]!);

test("the sample is a report as the schema wants it, and it balances", () => {
  for (const options of [{}, { contributors: 64, inferences: 80, tier: "small", kind: "numeric" }] as const) {
    const report = reportSchema.parse(sampleReport(options));
    assert.deepEqual(
      balanceChecks(report).filter((check) => !check.equal),
      [],
    );
  }
});

test("what the page shows is what the report says, to the unit", () => {
  const report = sampleReport();
  const page = renderReport(report);
  says(page, new RegExp(`<h1>${openText(report.totals.paid).replaceAll(".", "\\.")} went to`));
  const ranked = [...report.contributors].sort((a, b) => Number(BigInt(b.total) - BigInt(a.total)));
  assert.deepEqual(
    amountsIn(sectionOf(page, "paid")),
    ranked.map((contributor) => contributor.total),
  );
  assert.deepEqual(
    amountsIn(sectionOf(page, "claims")),
    ranked.flatMap((contributor) => [contributor.total, contributor.claimed]),
  );
  assert.deepEqual(
    amountsIn(sectionOf(page, "batches")),
    report.batches.flatMap((batch) => [batch.pool, batch.paid, batch.unattributed]),
  );
  assert.deepEqual(
    amountsIn(sectionOf(page, "answers")),
    report.inferences.flatMap((inference) => [
      inference.pool,
      ...inference.shares.map((share) => share.amount),
    ]),
  );
  const { fees, modelOwner, platform, stakers, prover, pools, paid, unattributed, dust, claimed, unclaimed } =
    report.totals;
  assert.deepEqual(amountsIn(sectionOf(page, "money")).slice(0, 11), [
    ...[fees, modelOwner, platform, stakers, prover, pools, paid, unattributed, dust, claimed, unclaimed],
  ]);
});

test("one unit too many anywhere in the sums, and the page says that it does not balance", () => {
  const more = (units: string): string => (BigInt(units) + 1n).toString();
  const lies: ((report: Report) => void)[] = [
    ...(
      ["fees", "platform", "modelOwner", "stakers", "prover", "pools", "paid", "unattributed"] as const
    ).map((field) => (report: Report) => {
      report.totals[field] = more(report.totals[field]);
    }),
    ...(["dust", "claimed", "unclaimed"] as const).map((field) => (report: Report) => {
      report.totals[field] = more(report.totals[field]);
    }),
    (report) => {
      report.batches[1]!.paid = more(report.batches[1]!.paid);
    },
    (report) => {
      report.contributors[3]!.total = more(report.contributors[3]!.total);
    },
    (report) => {
      report.contributors[3]!.paid[0] = more(report.contributors[3]!.paid[0]!);
    },
    (report) => {
      report.contributors[3]!.claimed = more(report.contributors[3]!.claimed);
    },
    (report) => {
      report.inferences[2]!.pool = more(report.inferences[2]!.pool);
    },
    (report) => {
      report.totals.balances[0]!.left = more(report.totals.balances[0]!.left);
    },
  ];
  says(renderReport(sampleReport()), /every sum below agrees/);
  for (const lie of lies) {
    const report = sampleReport({ inferences: 8 });
    lie(report);
    const page = renderReport(report);
    says(page, /Some sums below do NOT agree/, lie.toString());
    says(page, /\d+ of \d+ sums differ/);
  }
});

test("a proof that was not verified is not passed over", () => {
  neverSays(renderReport(sampleReport()), /NOT verified|not every proof/);
  for (const where of ["verifiedOnChain", "verifiedOffChain"] as const) {
    const report = sampleReport();
    report.batches[2]![where] = false;
    const page = renderReport(report);
    says(page, /not every proof was verified/);
    says(page, /<h1>[^<]* not all of it is proven/);
    assert.equal(page.match(/NOT verified/g)?.length, 1);
  }
});

test("development keys are named as what they are, production keys are not warned of", () => {
  const report = sampleReport();
  says(renderReport(report), /whoever knows them can forge proofs/);
  report.proofSystem.keys = "production";
  neverSays(renderReport(report), /whoever knows them can forge proofs/);
});

const HOSTILE = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "</style></script><script>alert(1)</script>",
  "'; --><svg onload=alert(1)>",
  "javascript:alert(1)",
  "\u202etnuoma eslaf\u0000",
];

test("hostile names, requests and labels bring no element and no attribute of their own", () => {
  const honest = renderReport(sampleReport());
  const tags = (page: string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const [, name] of page.matchAll(/<([a-z][a-z0-9]*)[\s>/]/gi))
      counts[name!] = (counts[name!] ?? 0) + 1;
    return counts;
  };
  for (const text of HOSTILE) {
    const report = sampleReport({ name: () => text, request: () => text });
    report.dataset.name = text;
    for (const model of report.models) model.name = text;
    for (const inference of report.inferences) {
      inference.served = text;
      inference.payer = text;
      for (const row of inference.top.flatMap((entry) => entry.rows)) row.label = text;
    }
    const page = renderReport(report);
    assert.equal(tags(page).script, tags(honest).script);
    assert.equal(tags(page).img, undefined);
    assert.equal(tags(page).style, 1);
    const withoutText = page.replace(/="[^"]*"/g, "");
    neverSays(withoutText, /<[^>]*\son\w+/i);
    neverSays(page, /href="(?!#|data:,)/);
    for (const bare of ["\u0000", "\u202e"]) assert.ok(!page.includes(bare));
  }
});

test("the page refers to nothing outside of itself, and all its links have a target", () => {
  const page = renderReport(sampleReport());
  neverSays(page, /\b(?:src|srcset|action|formaction)=|url\(|@import|https?:\/\//);
  const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map((found) => found[1]));
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
});

test("a run of 64 contributors and 80 answers folds its long lists", () => {
  const page = renderReport(
    sampleReport({ contributors: 64, inferences: 80, tier: "small", kind: "numeric" }),
  );
  assert.match(sectionOf(page, "paid"), /44 more contributors/);
  assert.match(sectionOf(page, "contributors"), /58 more cards/);
  assert.match(sectionOf(page, "claims"), /44 more claims/);
  assert.ok(page.length < 3_000_000, `${page.length} characters`);
});

test("a report without payments is drawn too", () => {
  const report = sampleReport({ inferences: 0 });
  assert.deepEqual([report.inferences, report.batches], [[], []]);
  const page = renderReport(report);
  says(page, /<h1>0\.00 OPEN computed, but not all of it is proven/);
  neverSays(bodyOf(page), /NaN|Infinity|undefined/);
  says(page, /not every proof was verified/);
});

test("the reasons add up to the answers, and rows come from the answers they mattered in", () => {
  const report = sampleReport();
  const view = createView(report);
  for (const { position } of report.contributors) {
    const { answers, amounts, labels, rows } = reasons(view, position);
    const sum = (list: readonly bigint[]): bigint => list.reduce((total, units) => total + units, 0n);
    const units = answers.map((answer) => answer.units);
    assert.equal(sum(units), sum(amounts));
    assert.equal(sum(labels.map((label) => label.units)), sum(amounts));
    assert.deepEqual(
      units,
      [...units].sort((a, b) => Number(b - a)),
    );
    for (const row of rows) assert.equal(Math.floor(row.row / 100), position);
  }
});

test("the page says what a score means, by the gradient of its indexes", () => {
  const report = sampleReport();
  const meanings = (page: string): number[] =>
    (["objective", "loss"] as const).map((gradient) => page.split(MEANING[gradient]).length - 1);
  assert.deepEqual(meanings(renderReport(report)), [1, 0]);
  const [first, ...others] = report.models;
  const mixed: Report = { ...report, models: [{ ...first!, gradient: "loss" }, ...others] };
  assert.deepEqual(meanings(renderReport(mixed)), [1, 1]);
  const old: Report = { ...report, models: report.models.map((model) => ({ ...model, gradient: "loss" })) };
  assert.deepEqual(meanings(renderReport(old)), [0, 1]);
  neverSays(bodyOf(renderReport(old)), /average row/);
});

test("who got nothing of an answer is counted, and named", () => {
  const report = sampleReport();
  const entries = sectionOf(renderReport(report), "answers").split('<details class="inference"').slice(1);
  assert.equal(entries.length, report.inferences.length);
  report.inferences.forEach(({ shares, unpaid }, i) => {
    const paid = new Set(shares.map(({ position }) => position));
    assert.equal(paid.size + unpaid.length, report.contributors.length);
    assert.ok(unpaid.every((position) => !paid.has(position)));
    if (shares.length === 0) return;
    const words = /class="(?:more )?unpaid">.*/s.exec(entries[i]!)![0];
    for (const position of unpaid)
      assert.ok(words.includes(nameOf(createView(report).name(position), 40).text), words);
    if (unpaid.length > 4)
      assert.match(words, new RegExp(`<summary>${unpaid.length} contributors got nothing`));
  });
});

test("the sure part of what was paid: of all together, and of each contributor", () => {
  const report = sampleReport();
  const all = sureUnits(report);
  assert.ok(0n < all.sure && all.sure < all.all, "the sample has both kinds");
  const byHand = report.inferences
    .flatMap(({ shares }) => shares)
    .filter(({ score, margin }) => score > margin)
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  assert.equal(all.sure, byHand);
  const page = renderReport(report);
  says(page, new RegExp(`${percentOf(all.sure, all.all)} of it is <a href="#trust">sure</a>`));
  const cards = [...sectionOf(page, "contributors").matchAll(/<span class="sure">(.*?) is sure/g)];
  assert.deepEqual(
    cards.map(([, share]) => share),
    createView(report).ranked.map(({ position }) => {
      const { sure, all: units } = sureUnits(report, position);
      return percentOf(sure, units);
    }),
  );
  const unsure = report.inferences.flatMap(({ shares, top }) =>
    shares.slice(0, top.length).filter(({ score, margin }) => score <= margin),
  );
  assert.equal(sectionOf(page, "answers").split(", not sure").length - 1, unsure.length);
});
