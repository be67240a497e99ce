import type { SplitComparison } from "../../evaluation/contributors/compare.ts";
import type { PartResults } from "../../evaluation/results.ts";

/** One way to split fees, held against leaving contributors out. */
export interface SplitLine {
  readonly name: string;
  readonly comparison: SplitComparison;
}

/** What scores, other methods and the exact influence say of leaving contributors out, the product's own first. */
export function splitLines({
  "leave-one-contributor-out": own,
  methods,
  exact,
}: PartResults): readonly SplitLine[] {
  if (own === undefined && methods === undefined) return [];
  return [
    ...(own
      ? [
          { name: "integers that are paid by", comparison: own.integers },
          { name: "the same in float", comparison: own.float },
        ]
      : []),
    ...(exact?.influence ? [{ name: "exact influence in all parameters", comparison: exact.influence }] : []),
    ...(exact?.newton ? [{ name: "one exact Newton step", comparison: exact.newton }] : []),
    ...(methods ?? []),
  ];
}

const number = (x: number): string => x.toFixed(3);
const withLeast = ({ spearman, least }: SplitComparison): string =>
  `${number(spearman.value)} (${number(least)})`;

/** The columns of a table of such lines: heading and text. */
export const SPLIT_COLUMNS: readonly {
  readonly heading: string;
  readonly text: (comparison: SplitComparison) => string;
}[] = [
  { heading: "Spearman, mean (least)", text: withLeast },
  { heading: "variation of a fee's shares", text: ({ variation }) => number(variation.value) },
  { heading: "of all fees together", text: ({ pooledVariation }) => number(pooledVariation) },
  { heading: "right sign", text: ({ sign }) => number(sign.value) },
  { heading: "by size of change", text: ({ weightedSign }) => number(weightedSign) },
  {
    heading: "pays nobody",
    text: ({ nobody }) => `${nobody.scores}; retraining ${nobody.retraining}, both ${nobody.both}`,
  },
];

/** What is said below such a table. */
export function splitNote({ "leave-one-contributor-out": own }: PartResults): string | undefined {
  if (own === undefined) return undefined;
  const { contributors, of, trainings, noise } = own;
  const drawn =
    contributors === of ? `each of ${of} contributors` : `${contributors} of ${of} contributors, drawn`;
  const heard = `Left out: ${drawn}; ${trainings} trainings.`;
  if (noise === undefined) return heard;
  const { agreement, ceiling, score } = noise;
  return (
    `${heard} Two sets of retrainings agree by ${number(agreement.value)}, so that a score without noise could reach ` +
    `about ${number(ceiling)} against one of them; the scores reach ${number(score.value)}.`
  );
}
