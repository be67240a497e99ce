import { counted, duration, integer, openText, percent, size } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import { section } from "../parts.ts";
import type { Report } from "../schema.ts";
import type { ReportView } from "../view.ts";

interface Stop {
  readonly name: string;
  readonly figure: string;
  readonly words: Part;
}

const gas = (report: Report): string => {
  const batches = report.batches.length;
  return batches === 0 ? "0" : integer(BigInt(report.totals.settleGas) / BigInt(batches));
};

function stops(report: Report): readonly Stop[] {
  const { dataset, models, batches, contributors, proofSystem, totals } = report;
  const copies = counted(dataset.duplicatesRefused, "exact copy", "exact copies");
  const claims = contributors.filter((contributor) => BigInt(contributor.claimed) > 0n).length;
  const best = Math.max(...models.map((model) => model.accuracy));
  const proveMs = batches.reduce((sum, batch) => sum + batch.proveMs, 0);
  const bundle = batches.reduce((most, batch) => Math.max(most, batch.bundleBytes), 0);
  return [
    {
      name: "Data",
      figure: counted(dataset.rows, "row"),
      words: `from ${counted(dataset.contributors, "contributor")}; ${copies} refused`,
    },
    {
      name: "Model",
      figure: `${percent(best)} right`,
      words: `${counted(models.length, "model")} trained on these rows, tried on ${integer(dataset.heldOut)} that none has seen`,
    },
    {
      name: "Answer",
      figure: counted(report.inferences.length, "answer"),
      words: `served, for ${openText(totals.fees)} in fees`,
    },
    {
      name: "Trace",
      figure: counted(report.inferences.length, "commitment"),
      words: `each answer’s gradient, as ${proofSystem.width} whole numbers, fixed before anybody is paid`,
    },
    {
      name: "Proof",
      figure: counted(batches.length, "proof"),
      words: `of at most ${size(bundle)}, in ${duration(proveMs)} together`,
    },
    {
      name: "Settlement",
      figure: `${gas(report)} gas`,
      words: "for a batch, on average: the contract checks the proof and books every share",
    },
    {
      name: "Claim",
      figure: counted(claims, "claim"),
      words: `each contributor once for all batches: ${openText(totals.claimed)}`,
    },
  ];
}

/** The way from a row of data to money in an account, with this run's numbers. */
export function journey({ report }: ReportView): Markup {
  const items = stops(report).map(
    ({ name, figure, words }) =>
      html`<li><span class="stop">${name}</span><strong>${figure}</strong><span>${words}</span></li>`,
  );
  return section("journey", "From a row of data to a claim", "", html`<ol class="journey">${items}</ol>`);
}
