import { nameOf } from "../content.ts";
import { amount, duration, integer, shortHex, size } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { section, table, verdict } from "../parts.ts";
import type { ReportBatch } from "../schema.ts";
import type { ReportView } from "../view.ts";

/** One line for each proof: what it cost, what it paid, who checked it. */
export function batches(view: ReportView): Markup {
  const { proofSystem, batches: list, chain } = view.report;
  const place = new Map(list.map((batch, i) => [batch, i + 1]));
  const number = (batch: ReportBatch): number => place.get(batch) ?? 0;
  return section(
    "batches",
    "The proofs",
    html`Made by ${nameOf(proofSystem.backend)} at tier ${proofSystem.tier} (up to ${proofSystem.traces} answers and
      ${proofSystem.positions} positions a proof, ${integer(proofSystem.constraints)} constraints), verified by a
      program that shares no proving code and by a contract (${nameOf(chain.where)}).`,
    table(
      "Batches",
      [
        { heading: "Batch", cell: (b) => `${number(b)}` },
        { heading: "Model", cell: (b) => view.model(b.indexId) },
        { heading: "Answers", cell: (b) => b.count, numeric: true },
        { heading: "Pool, OPEN", cell: (b) => amount(b.pool), numeric: true },
        { heading: "Paid, OPEN", cell: (b) => amount(b.paid), numeric: true },
        { heading: "Unattributed, OPEN", cell: (b) => amount(b.unattributed), numeric: true },
        { heading: "Rounding, units", cell: (b) => integer(b.dust), numeric: true },
        {
          heading: "Off chain",
          cell: (b) =>
            html`${verdict(b.verifiedOffChain, "verified", "NOT verified")} <span class="quiet">${duration(b.verifyMs)}</span>`,
        },
        {
          heading: "On chain",
          cell: (b) =>
            html`${verdict(b.verifiedOnChain, "verified", "NOT verified")} ${shortHex(b.transaction)}`,
        },
        { heading: "Proved in", cell: (b) => duration(b.proveMs), numeric: true },
        { heading: "Memory", cell: (b) => size(b.peakMemoryBytes), numeric: true },
        {
          heading: "Bundle",
          cell: (b) => html`${size(b.bundleBytes)} <span class="quiet">${b.bundle}</span>`,
          numeric: true,
        },
        { heading: "Gas to commit", cell: (b) => integer(b.commitGas), numeric: true },
        { heading: "Gas to settle", cell: (b) => integer(b.settleGas), numeric: true },
      ],
      list,
    ),
  );
}
