import { nameOf } from "../content.ts";
import { amount, counted, integer, shortHex } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { type Column, folded, section, table } from "../parts.ts";
import type { ReportContributor } from "../schema.ts";
import { contributorId, type ReportView } from "../view.ts";

const SHOWN = 20;

/** One line for each contributor: what stood to their name and what they took. */
export function claims(view: ReportView): Markup {
  const columns: readonly Column<ReportContributor>[] = [
    {
      heading: "Contributor",
      cell: (c) => html`<a href="#${contributorId(c.position)}">${nameOf(view.name(c.position), 40)}</a>`,
    },
    { heading: "Position", cell: (c) => c.position, numeric: true },
    { heading: "Paid, OPEN", cell: (c) => amount(c.total), numeric: true },
    { heading: "Claimed, OPEN", cell: (c) => amount(c.claimed), numeric: true },
    {
      heading: "Gas",
      cell: (c) => (c.claimGas === undefined ? "nothing to claim" : integer(c.claimGas)),
      numeric: true,
    },
    { heading: "Owner", cell: (c) => shortHex(c.owner) },
  ];
  const draw = (items: readonly ReportContributor[]): Markup =>
    table(items[0] === view.ranked[0] ? "Claims" : "More claims", columns, items);
  return section(
    "claims",
    "The claims",
    html`A contributor claims once for everything paid so far, with one curve point as proof, which anybody can
      compute from the chain alone. All claims together took ${integer(view.report.totals.claimGas)} gas.`,
    folded(view.ranked, SHOWN, draw, (hidden) => counted(hidden, "more claim")),
  );
}
