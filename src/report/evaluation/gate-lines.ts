import type { Gate } from "../../evaluation/results.ts";

const number = (x: number): string => (Math.abs(x) < 0.1 ? x.toFixed(4) : x.toFixed(3));

/** "at least 0.8" with the sign that it is read by. */
export const limitText = ({ kind, value }: Gate["limit"]): string =>
  `${kind === "at least" ? "≥" : "≤"} ${value}`;

export const valueText = ({ value }: Gate): string => (value === null ? "not measured" : number(value));

export const intervalText = ({ interval }: Gate): string =>
  interval === null ? "" : `${number(interval.low)} – ${number(interval.high)}`;

export const verdictText = ({ passed }: Gate): string =>
  passed === null ? "not measured" : passed ? "met" : "missed";

/** The gate table for a terminal: verdict, measured value with its 95 % interval, limit, name. */
export function gateLines(gates: readonly Gate[]): string {
  const rows = gates.map((gate) => [
    verdictText(gate),
    gate.value === null ? "" : valueText(gate),
    intervalText(gate),
    limitText(gate.limit),
    gate.name,
  ]);
  const head = ["gate", "value", "95 % interval", "limit", "what"];
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  return [head, ...rows]
    .map((row) => row.map((cell, c) => (c === head.length - 1 ? cell : cell.padEnd(widths[c]!))).join("  "))
    .join("\n");
}
