import { fairSample } from "./fair-sample.ts";
import { distanceBelowChance } from "./near-chance.ts";
import { jaccard, shinglesOf } from "./shingles.ts";

/** A text that has so many others at least this similar is one text with them. */
export interface TextLimit {
  readonly others: number;
  /** Jaccard similarity of shingles. */
  readonly similarity: number;
}

/**
 * The least similarity (|A∩B| / |A∪B| of shingles) of near texts, whatever chance explains: below it they say other things. Where honest
 * people write almost the same, chance explains more.
 */
export const TEXT_SIMILARITY = 0.6;

/** Rows, of all labels, whose most similar texts are looked for. */
const ASKED = 512;
const SEED = 2;

/** From fewer, nothing is learned about chance, and among fewer it explains nothing. */
const FEWEST = 32;

/** Which part of rows may have so many near others by chance. Whole crowds are joined, so larger ones have to be rarer. */
const CROWDS = [
  { others: 1, byChance: 0.0015 },
  { others: 2, byChance: 0.0005 },
  { others: 4, byChance: 0.0003 },
  { others: 8, byChance: 0.0002 },
] as const;

/** The similarities of a text and the most similar of others, descending; equal ones are left out. */
function highest(text: Uint32Array, others: readonly Uint32Array[], count: number): number[] {
  const found: number[] = [];
  for (const other of others) {
    const similarity = jaccard(text, other);
    if (similarity === 1 || (found.length === count && similarity <= found.at(-1)!)) continue;
    let at = found.length < count ? found.length : count - 1;
    for (; at > 0 && found[at - 1]! < similarity; at--) found[at] = found[at - 1]!;
    found[at] = similarity;
  }
  return found;
}

/**
 * What is near, from two texts to one and a crowd of others: as similar as chance does not explain, by a fair sample of the rows.
 *
 * @param byLabel rows of each label, ascending
 * @param owners one for each row
 * @param least similarity, not below a half
 */
export function textLimits(
  texts: readonly string[],
  byLabel: readonly Uint32Array[],
  owners: Uint32Array,
  least: number,
): TextLimit[] {
  const asked = new Uint8Array(owners.length);
  for (const row of fairSample(owners, ASKED, SEED)) asked[row] = 1;
  const distances: number[][] = CROWDS.map(() => []);
  for (const members of byLabel) {
    if (!members.some((row) => asked[row] === 1)) continue;
    const shingles = Array.from(members, (row) => shinglesOf(texts[row]!));
    members.forEach((row, i) => {
      if (asked[row] === 0) return;
      const similarities = highest(shingles[i]!, shingles, CROWDS.at(-1)!.others);
      CROWDS.forEach(({ others }, c) => {
        if (similarities.length >= others) distances[c]!.push(1 - similarities[others - 1]!);
      });
    });
  }
  return CROWDS.map(({ others, byChance }, c) => {
    const learned = distances[c]!.length < FEWEST ? 1 : distanceBelowChance(distances[c]!, byChance);
    return { others, similarity: Math.max(least, 1 - learned) };
  });
}

/** Who is similar to whom, as far as the limits ask for it. */
export class SimilarTexts {
  readonly #limits: readonly TextLimit[];
  readonly #most: number;
  readonly #least: number;
  readonly #found: ({ readonly others: number[]; readonly similarities: number[] } | undefined)[];

  constructor(texts: number, limits: readonly TextLimit[]) {
    this.#limits = limits;
    this.#most = 2 * Math.max(...limits.map(({ others }) => others));
    this.#least = Math.min(...limits.map(({ similarity }) => similarity));
    this.#found = new Array(texts).fill(undefined);
  }

  #count(text: number): number {
    return this.#found[text]?.others.length ?? 0;
  }

  /** Whether both have been found as many as any limit asks for, and more. */
  full(a: number, b: number): boolean {
    return this.#count(a) >= this.#most && this.#count(b) >= this.#most;
  }

  add(a: number, b: number, similarity: number): void {
    if (similarity < this.#least) return;
    for (const [text, other] of [
      [a, b],
      [b, a],
    ] as const) {
      this.#found[text] ??= { others: [], similarities: [] };
      const { others, similarities } = this.#found[text];
      others.push(other);
      similarities.push(similarity);
    }
  }

  /** Each text that has a crowd around it with that crowd. */
  joinGroups(join: (a: number, b: number) => void): void {
    this.#found.forEach((found, text) => {
      if (found === undefined) return;
      const { others, similarities } = found;
      for (const { others: least, similarity } of this.#limits) {
        const near = others.filter((_, i) => similarities[i]! >= similarity);
        if (near.length >= least) for (const other of near) join(text, other);
      }
    });
  }
}
