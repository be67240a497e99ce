import type { RidgeSearchRecord } from "../../attribution/types.ts";
import type { MethodOptions } from "../attribution/options.ts";

/** What one λ is judged by: rows are what explanations show, contributors what is paid. */
export const scoreOf = ({ rows, contributors }: RidgeSearchRecord["tried"][number]): number =>
  (rows + contributors) / 2;

/** The λ of the best score; of equals the first. */
export const chosenRidge = ({ tried }: RidgeSearchRecord): number =>
  tried.reduce((best, one) => (scoreOf(one) > scoreOf(best) ? one : best)).ridge;

/** A method at the λ that a search chose, with the record of how. */
export const withSearched = (method: MethodOptions, search: RidgeSearchRecord): MethodOptions => ({
  ...method,
  ridge: chosenRidge(search),
  search,
});
