import type { RowGradient } from "../attribution/objective.ts";
import { formatOpen } from "../operations/fees.ts";
import { SHIFT } from "../params/bits.ts";
import { fractionDigits } from "../report/explanation/digits.ts";
import type { ExplainedBatch, ExplainedInference, PaymentExplanation } from "../report/explanation/types.ts";
import { meanings, rowsWords, SURE, unpaidWords } from "../report/meaning.ts";
import type { ReportContent } from "../report/schema.ts";

const MOST_CHARACTERS = 72;
const MOST_NUMBERS = 8;

/** A request or a row on one line. */
function glimpse(content: ReportContent): string {
  if (content.kind === "numeric") {
    const { values } = content;
    return `[${values.slice(0, MOST_NUMBERS).join(", ")}${values.length > MOST_NUMBERS ? ", …" : ""}]`;
  }
  const text = content.text.replace(/\s+/g, " ");
  return `"${text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text}"`;
}

/** Columns: the first to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[], indent: string): string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)),
    [],
  );
  return rows.map(
    (row) =>
      `${indent}${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padStart(widths[i]!))).join("  ")}`,
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function inferenceLines(inference: ExplainedInference, gradient: RowGradient): string[] {
  const { payment, request, served, score, margin, sure, weight, rate, numerator } = inference;
  const { helped, harmed, unpaid, contributors, rows, others, residual } = inference;
  const share = score > 0 ? ` (${percent(score / Number(weight))})` : ", not above 0, which earns nothing";
  const how = sure ? "sure" : score > 0 ? "not sure" : score < -margin ? "surely below 0" : "not sure";
  const head = [
    `  payment ${payment}  ${glimpse(request)} → ${served}`,
    `    score ${score} of W = ${weight}${share}; rate ${rate}; ${numerator} / 2^${SHIFT} units`,
    `    95 %: ${score - margin} to ${score + margin}, ${how}; ${rowsWords(gradient, helped, harmed)}`,
    `    ${unpaidWords(gradient, unpaid, contributors)}`,
  ];
  if (rows.length === 0) return head;
  const lines = [
    ...rows.map((row) => [
      String(row.part),
      String(row.numerator),
      `row ${row.row} [${row.label}] ${glimpse(row.content)}`,
    ]),
    ...(others.rows > 0
      ? [[String(others.part), String(others.numerator), `${others.rows} other rows`]]
      : []),
    [String(residual.part), String(residual.numerator), "rounding of Φ to 8 bits"],
    [String(score), String(rate * BigInt(score)), "the proven score"],
  ];
  return [...head, ...aligned([["part", `part × rate`, ""], ...lines], "      ")];
}

function batchLines(batch: ExplainedBatch): string[] {
  const { batch: name, payout, numerator, fraction, settled, gradient, inferences } = batch;
  const state = settled === null ? "proven" : settled ? "settled" : "proven, not settled";
  const sum = [
    ...inferences.map(({ payment, numerator: n }) => [String(n), `payment ${payment}`]),
    [String(numerator), "sum"],
    [String(payout << BigInt(SHIFT)), `the proven payout, ${payout} units`],
    [String(fraction), `cut off: 0.${fractionDigits(fraction)} of a unit`],
  ];
  return [
    `batch ${name}  ${formatOpen(payout)} OPEN, ${state}`,
    ...inferences.flatMap((inference) => inferenceLines(inference, gradient)),
    `  sum in units of 2^-${SHIFT} units of money:`,
    ...aligned(sum, "    "),
  ];
}

/** An explanation for a terminal. Every column adds up to its last line. */
export function explanationText({
  contributor,
  position,
  total,
  sureShare,
  batches,
  chain,
  checks,
}: PaymentExplanation): string {
  const money = chain.asked
    ? `on the chain, in all batches: ${formatOpen(chain.earned)} OPEN settled, ${formatOpen(chain.claimed)} claimed, ${formatOpen(chain.claimable)} to be claimed`
    : `no chain was asked whether it is settled and claimed: ${chain.why}`;
  return [
    `${formatOpen(total)} OPEN for ${contributor} (position ${position})`,
    ...(sureShare === null ? [] : [`${percent(sureShare)} of it is ${SURE}`]),
    money,
    ...meanings(batches),
    "",
    ...batches.flatMap((batch) => [...batchLines(batch), ""]),
    ...checks.map((check) => `checked: ${check}`),
  ].join("\n");
}
