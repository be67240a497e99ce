import { type Random, seededRandom } from "../src/numeric/random.ts";

export const FEATURES = 64;
export const CLASSES = 10;
const LATENT = 8;

export interface MadeUpRow {
  readonly features: Float64Array;
  readonly label: number;
}

/**
 * Points around one centre for each label that differ along LATENT directions and by a little noise, as digits do (noise alone would
 * make all distances alike), rounded to so many decimals: real tables hold short numbers.
 */
export class MadeUpRows {
  readonly #random: Random = seededRandom(7);
  readonly #centre = Float64Array.from({ length: CLASSES * FEATURES }, () => this.#random.normal() / 2);
  readonly #directions = Float64Array.from({ length: LATENT * FEATURES }, () => this.#random.normal());
  readonly #unit: number;
  readonly #noise: number;

  constructor(decimals: number, noise: number) {
    this.#unit = 10 ** decimals;
    this.#noise = noise;
  }

  label(): number {
    return this.#random.integer(CLASSES);
  }

  features(label: number): Float64Array {
    const latent = Float64Array.from({ length: LATENT }, () => this.#random.uniform());
    return Float64Array.from({ length: FEATURES }, (_, j) => {
      let x = this.#centre[label * FEATURES + j]! + this.#random.uniform() * this.#noise;
      for (let l = 0; l < LATENT; l++) x += latent[l]! * this.#directions[l * FEATURES + j]!;
      // 0 is added because a DataNet knows no −0.
      return Math.round(x * this.#unit) / this.#unit + 0;
    });
  }
}
