import type { RowGradient } from "../attribution/objective.ts";

/** What a score means, in one sentence for people. */
export const MEANING: Readonly<Record<RowGradient, string>> = {
  objective:
    "A score says how much likelihood an answer loses when the model is trained again without a contributor’s rows; all scores of an answer add up to about 0, so whoever helps it less than the average row does gets nothing of its fee.",
  loss: "A score says how much likelihood an answer loses when a contributor’s rows are left out and all others keep their weight; whoever’s rows do not help it gets nothing of its fee.",
};

/** What "sure" means, of a score and of what is paid by it. */
export const SURE =
  "sure: by 95 % intervals, which count what the index’s columns and 8 bits leave out, not chance in training";

/** Why rows got nothing, after "they" or "their rows". */
export const WHY_UNPAID: Readonly<Record<RowGradient, string>> = {
  objective: "helped it no more than the average row does",
  loss: "did not help it",
};

const rows = (count: number): string => `${count} ${count === 1 ? "row" : "rows"}`;

/** How many of a position's rows helped an answer and how many did not. */
export function rowsWords(gradient: RowGradient, helped: number, harmed: number): string {
  return gradient === "objective"
    ? `${rows(helped)} helped this answer more than the average row does, ${harmed} less`
    : `${rows(helped)} helped this answer, ${harmed} harmed it`;
}

/** How many contributors got nothing of a fee, and why. */
export function unpaidWords(gradient: RowGradient, unpaid: number, contributors: number): string {
  return unpaid === 0
    ? "every contributor got a share"
    : `${unpaid} of ${contributors} contributors got nothing: their rows ${WHY_UNPAID[gradient]}`;
}

/** What the scores of several indexes mean: one sentence for each gradient among them. */
export const meanings = (indexes: readonly { readonly gradient: RowGradient }[]): string[] =>
  [...new Set(indexes.map(({ gradient }) => gradient))].map((gradient) => MEANING[gradient]);
