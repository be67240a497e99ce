import { html, type Markup } from "../markup.ts";
import { SURE } from "../meaning.ts";
import { section, table } from "../parts.ts";
import type { ReportView } from "../view.ts";

const PARTIES: readonly (readonly [string, string, string])[] = [
  [
    "Prover",
    "yes, entirely",
    "can neither change a share nor keep one back: the payouts are part of what is proven, and public",
  ],
  [
    "Operator",
    "partly",
    "cannot touch the split; is still trusted to have computed each answer’s gradient honestly and to have served the answer. Receipts make lies about a trace provable",
  ],
  [
    "Model maker",
    "partly",
    "committed to the attribution index before the payments; is trusted for what is in it until indexes are proven or audited",
  ],
  [
    "Contributors",
    "no",
    "copies, outliers and questions to oneself are for the attribution method and governance to stop",
  ],
  [
    "Key ceremony and governance",
    "no",
    "the set-up, the verifier’s router with its time lock, and the guardian who can stop it are trusted",
  ],
];

const DEVELOPMENT = html`<p class="warning"><strong>Development keys.</strong> This run’s keys come from published
  values: whoever knows them can forge proofs. They serve for trying things out, and the contracts refuse them on any
  other chain than a development one.</p>`;

/** What a reader may conclude from this page, and what not. */
export function trust({ report }: ReportView): Markup {
  const { keys } = report.proofSystem;
  return section(
    "trust",
    "What this proves, and what remains trusted",
    "",
    html`<div class="boxes"><div class="box"><h3>Proven</h3><ul>
<li>Every share follows from the committed trace of the answer and the committed attribution index by one public
  rule: only positive scores earn, in proportion, from each answer’s own pool.</li>
<li>What is paid, what is unattributed and what rounding left add up to the pools, to the unit.</li>
<li>Index, traces and pools were fixed before the proof was made, and belong to this chain, this contract and
  this batch.</li>
</ul></div><div class="box"><h3>Not proven</h3><ul>
<li>That the gradients and the index were computed from the model and the data. They are committed and can be
  recomputed by an auditor who is given both; the proof takes them as they are.</li>
<li>That a score is merit. It estimates what the answer that was served, right or wrong, loses without the rows.
  What is called ${SURE}.</li>
<li>The rows shown on this page as reasons: they come from the same computation, but no proof covers them, nor
  the requests, answers and accuracies.</li>
</ul></div></div>
${keys === "development" && DEVELOPMENT}
${table(
  "Who is stopped by the proof",
  [
    { heading: "Party", cell: ([party]) => party },
    { heading: "Stopped?", cell: ([, stopped]) => stopped },
    { heading: "How far", cell: ([, , words]) => words, prose: true },
  ],
  PARTIES,
)}`,
  );
}
