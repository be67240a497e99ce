import { nameOf } from "../content.ts";
import { duration, size } from "../format.ts";
import { html, type Markup, type Part } from "../markup.ts";
import type { ReportView } from "../view.ts";

const line = (name: Part, value: Part): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
const hex = (value: string): Markup => html`<code>${value}</code>`;

/** What somebody needs who wants to check or repeat the run. */
export function colophon({ report }: ReportView): Markup {
  const { software, chain, proofSystem, dataset, models } = report;
  return html`<footer><details><summary>To check or repeat this run</summary><dl class="facts">
${line("Software", `tributary ${software.tributary}, Node ${software.node}, ${software.platform}`)}
${line("Seed", report.seed)}
${line("Chain", `${chain.chainId}, ${chain.where}`)}
${line("Root of the rows", hex(dataset.root))}
${line("Verifying key", hex(proofSystem.keyDigest))}
${line("Parameters", hex(proofSystem.paramsDigest))}
${models.map((model) =>
  line(
    html`Index ${model.indexId}, ${nameOf(model.name)}`,
    model.indexCommitment.map((part) => html`${hex(part)} `),
  ),
)}
${Object.entries(chain.contracts).map(([name, address]) => line(nameOf(name), hex(address)))}
${report.timings.map(({ stage, ms }) => line(html`Time: ${nameOf(stage)}`, duration(ms)))}
${line("Time in all", duration(report.totalMs))}
${line("Most memory", size(report.peakMemoryBytes))}
</dl></details><p class="quiet">This page is one file: it loads nothing and sends nothing.</p></footer>`;
}
