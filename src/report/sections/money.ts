import type { BalanceCheck } from "../checks.ts";
import { amount, openText } from "../format.ts";
import { html, type Markup } from "../markup.ts";
import { section, table, verdict } from "../parts.ts";
import { type FlowLayout, type FlowLink, type FlowNode, moneyFlow } from "../svg/money-flow.ts";
import { COLOURED, type ReportView } from "../view.ts";
import { excerpt } from "../visible.ts";

const WIDE: FlowLayout = { name: "wide", width: 1040, labels: 260, longest: 28, lift: 0 };
const NARROW: FlowLayout = { name: "narrow", width: 336, labels: 166, longest: 20, lift: 2 };

/** Nodes and links from the fees to everybody who got something; empty streams are left out. */
function streams(view: ReportView): { nodes: FlowNode[]; links: FlowLink[] } {
  const { totals } = view.report;
  const top = view.ranked.slice(0, COLOURED);
  const others = view.ranked.slice(COLOURED);
  const node = (id: string, name: string, colour: string, units: string | bigint): FlowNode => ({
    id,
    name,
    colour,
    units: BigInt(units),
  });
  const fromPool = [
    ...top.map((c) =>
      node(`c${c.position}`, excerpt(view.name(c.position), 60), view.colour(c.position), c.total),
    ),
    node(
      "others",
      `${others.length} more contributors`,
      "rest",
      others.reduce((sum, c) => sum + BigInt(c.total), 0n),
    ),
    node("reserve", "Reserve of the DataNet", "reserve", BigInt(totals.unattributed) + BigInt(totals.dust)),
  ].filter(({ units }) => units > 0n);
  const fromFees = [
    node("pools", "Contributors’ pools", "pool", totals.pools),
    node("model", "Model owner", "share", totals.modelOwner),
    node("platform", "Platform", "share", totals.platform),
    node("stakers", "Stakers", "share", totals.stakers),
    node("prover", "Prover", "share", totals.prover),
  ].filter(({ units }) => units > 0n);
  return {
    nodes: [node("fees", "Fees", "pool", totals.fees), ...fromPool, ...fromFees],
    links: [
      ...fromFees.map(({ id, units }) => ({ source: "fees", target: id, units })),
      ...fromPool.map(({ id, units }) => ({ source: "pools", target: id, units })),
    ],
  };
}

function picture(view: ReportView): Markup | false {
  const { totals } = view.report;
  if (BigInt(totals.fees) === 0n || BigInt(totals.pools) === 0n) return false;
  const { nodes, links } = streams(view);
  const label = `Where the fees of ${openText(totals.fees)} went: ${nodes
    .slice(1)
    .map((node) => `${node.name} ${openText(node.units)}`)
    .join("; ")}`;
  return html`<figure>${[WIDE, NARROW].map((layout) => moneyFlow(nodes, links, layout, label))}</figure>`;
}

/** Where every unit of the fees went, and the sums that show that none is missing. */
export function money(view: ReportView, checks: readonly BalanceCheck[]): Markup {
  const { totals } = view.report;
  const lines: readonly (readonly [string, string, string])[] = [
    ["Fees", totals.fees, "what the payers put into escrow"],
    ["Model owner", totals.modelOwner, "for the model that answered"],
    ["Platform", totals.platform, "for serving"],
    ["Stakers", totals.stakers, "who back the DataNet"],
    ["Prover", totals.prover, "for making the proofs"],
    ["Pools", totals.pools, "the fees less the four shares above"],
    ["Paid to contributors", totals.paid, "by proof, batch by batch"],
    [
      "Unattributed",
      totals.unattributed,
      "pools of answers that nobody’s rows helped: to the DataNet’s reserve",
    ],
    ["Rounding", totals.dust, "parts of a unit that the division left: to the DataNet’s reserve"],
    ["Claimed", totals.claimed, "already in the contributors’ accounts"],
    ["Unclaimed", totals.unclaimed, "paid, and waiting in the treasury"],
  ];
  const equal = checks.every((check) => check.equal);
  return section(
    "money",
    "Where the fees went",
    html`One unit is 0.000000001 OPEN, and all amounts are exact.
      ${verdict(equal, "No unit is created, none is lost: every sum below agrees.", "Some sums below do NOT agree.")}`,
    html`${picture(view)}${table(
      "The fees, line by line",
      [
        { heading: "What", cell: ([name]) => name },
        { heading: "OPEN", cell: ([, units]) => amount(units), numeric: true },
        { heading: "Why", cell: ([, , why]) => why, prose: true },
      ],
      lines,
    )}<details><summary>${checks.length} sums that were checked</summary>${table(
      "Sums that must be equal",
      [
        { heading: "Sum", cell: (check) => check.check, prose: true },
        { heading: "Left side", cell: (check) => amount(check.left), numeric: true },
        { heading: "Right side", cell: (check) => amount(check.right), numeric: true },
        { heading: "Equal", cell: (check) => verdict(check.equal, "yes", "no") },
      ],
      checks,
    )}</details>`,
  );
}
