import type { Refusal } from "./types.ts";

/** Refused rows that are kept by name: a file of a million copies has a report as well. */
export const MAX_LISTED = 1000;

/** Rows that were not taken: the first ones with what came before them, of all of them the number. */
export class Refusals {
  readonly list: Refusal[] = [];
  #count = 0;

  add(refusal: Refusal): void {
    this.#count++;
    if (this.list.length < MAX_LISTED) this.list.push(refusal);
  }

  get count(): number {
    return this.#count;
  }
}
