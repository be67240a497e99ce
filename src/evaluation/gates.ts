import { ATTACK_LIMITS, GATED_ATTACKS, type GatedAttack } from "./attacks/run.ts";
import type { Gate, PartResults } from "./results.ts";
import type { Measured } from "./types.ts";

/** The setting that a gate's limit belongs to. */
export interface GateSetting {
  /** Of the model: "linear", "mlp", "lora". */
  readonly kind: string;
  /** Models that are averaged. */
  readonly members: number;
  /** Share of the rows that are taken for near another one, of data without copies. */
  readonly falselyJoined?: number;
}

type Value = Measured | number | undefined;

function gate(id: string, name: string, limit: Gate["limit"], measured: Value, published?: string): Gate {
  const value = typeof measured === "number" ? measured : (measured?.value ?? null);
  const interval = typeof measured === "object" ? (measured.overQueries ?? null) : null;
  const holds = (x: number): boolean => (limit.kind === "at least" ? x >= limit.value : x <= limit.value);
  const passed = value === null ? null : holds(value);
  return { id, name, limit, value, interval, passed, ...(published === undefined ? {} : { published }) };
}

const atLeast = (value: number) => ({ kind: "at least", value }) as const;
const atMost = (value: number) => ({ kind: "at most", value }) as const;

const PUBLISHED = {
  linear:
    "dattri, MNIST with logistic regression: gradient dot 0.33, TRAK-1/10/50 0.415/0.645/0.68, best influence function 0.80, leave-one-out 0.88",
  mlp: "dattri, MNIST with an MLP: gradient dot 0.10, TRAK-1/10/50 0.113/0.333/0.448, best influence function 0.26; GraSS, MLP: SJLT k = 2048, TRAK-10 0.417",
} as const;

/** Of a head: no score of first order can be asked for more than exact influence reaches, where that was measured. */
const LDS_CONTRIBUTORS = 0.8;

function ldsGates(
  { "lds-rows": rows, "lds-contributors": paid, exact }: PartResults,
  { kind, members }: GateSetting,
): Gate[] {
  if (kind === "linear") {
    const ratio = rows && rows.integers.value / rows.gradientDot.value;
    return [
      gate("lds-rows", "LDS by rows, integers", atLeast(0.8), rows?.integers, PUBLISHED.linear),
      gate(
        "lds-contributors",
        "LDS by contributors, integers that are paid by",
        atLeast(Math.min(LDS_CONTRIBUTORS, exact?.contributors?.value ?? 1)),
        paid?.integers,
      ),
      gate("lds-over-dot", "LDS by rows over that of the gradient dot product", atLeast(2), ratio),
    ];
  }
  const least = members > 1 ? 0.44 : 0.26;
  const models = members > 1 ? `${members} models` : "one model";
  const published = kind === "mlp" ? PUBLISHED.mlp : undefined;
  return [
    gate("lds-rows", `LDS by rows, integers, ${models}`, atLeast(least), rows?.integers, published),
    gate(
      "lds-contributors",
      `LDS by contributors, integers that are paid by, ${models}`,
      atLeast(least),
      paid?.integers,
    ),
  ];
}

/** Below it two sets of retrainings say more of their noise than of the contributors, and nothing can be held against them. */
const LEAST_AGREEMENT = 0.5;

/** Leave-one-contributor-out: of a convex model against the truth, of another against what two sets of retrainings agree on. */
function contributorGates(measured: PartResults["leave-one-contributor-out"], kind: string): Gate[] {
  if (kind !== "linear") {
    const { noise } = measured ?? {};
    const known = noise !== undefined && noise.agreement.value >= LEAST_AGREEMENT;
    const name =
      "leave-one-contributor-out: Spearman of the scores over that of a second set of retrainings, per request";
    return [
      gate(
        "contributors-spearman",
        name,
        atLeast(0.9),
        known ? noise.score.value / noise.agreement.value : undefined,
      ),
    ];
  }
  const { integers } = measured ?? {};
  return [
    gate(
      "contributors-spearman",
      "leave-one-contributor-out: Spearman per request, integers that are paid by",
      atLeast(0.95),
      integers?.spearman,
    ),
    gate(
      "contributors-variation",
      "leave-one-contributor-out: total variation of a fee's shares",
      atMost(0.1),
      integers?.variation,
    ),
    gate("contributors-sign", "leave-one-contributor-out: right sign", atLeast(0.95), integers?.sign),
  ];
}

const ATTACKS: Readonly<Record<GatedAttack, string>> = {
  copies: "gain of ten exact copies of a row, mean over attackers",
  "near-duplicates": "gain of ten near-duplicates of every row, mean over attackers",
  outlier: "gain of the Outlier Attack, mean over attackers",
};

const attackGates = (measured: PartResults["attacks"]): Gate[] =>
  GATED_ATTACKS.map((name) => {
    const result = measured?.results.find(({ attack }) => attack === name);
    return gate(name, ATTACKS[name], atMost(ATTACK_LIMITS[name]), result?.defended.share);
  });

/**
 * The gates of an evaluation, with what was measured. A gate whose part was not run is there without a value.
 *
 * The limits are the project's design; none was tuned on the test queries.
 */
export function gatesOf(parts: PartResults, setting: GateSetting): Gate[] {
  const { fidelity, loo, exact, mislabel, null: chance, attacks, circuit } = parts;
  const { "lds-rows": rows, "lds-contributors": paid } = parts;
  const loss = (result: typeof paid): number | undefined =>
    result && result.float.value - result.integers.value;
  const linear = setting.kind === "linear";
  return [
    ...contributorGates(parts["leave-one-contributor-out"], setting.kind),
    ...ldsGates(parts, setting),
    gate("lds-loss-rows", "LDS by rows, float − integers", atMost(0.01), loss(rows)),
    gate("lds-loss-contributors", "LDS by contributors, float − integers", atMost(0.01), loss(paid)),
    gate(
      "fidelity-median",
      "int8 against float, Spearman of contributors' scores per query, median",
      atLeast(0.99),
      fidelity?.spearman.median,
    ),
    gate("fidelity-low", "the same, 5th percentile", atLeast(0.97), fidelity?.spearman.low),
    gate(
      "variation",
      "contributors' shares, total variation int8 − float, mean over queries",
      atMost(0.02),
      fidelity?.variation.mean,
    ),
    ...(linear
      ? [
          gate("loo", "leave-one-out, Pearson, integers of the trace", atLeast(0.85), loo?.integers),
          gate(
            "rows-exact",
            "single rows, Spearman of the integers with the exact influence without defences",
            atLeast(0.9),
            exact?.rows,
          ),
        ]
      : []),
    gate(
      "mislabel",
      "AUC of 10 % wrong labels by self-influence",
      atLeast(linear ? 0.95 : 0.9),
      mislabel?.auc,
    ),
    ...(setting.falselyJoined === undefined
      ? []
      : [
          gate(
            "joined",
            "honest rows that are taken for near another one, of data without copies",
            atMost(0.01),
            setting.falselyJoined,
          ),
        ]),
    gate("null", "size of the LDS of shuffled scores", atMost(0.02), chance && Math.abs(chance.value)),
    ...attackGates(attacks),
    gate(
      "circuit",
      "scores and payouts: the circuit accepts the integer reference's, and none of them changed by one",
      atLeast(1),
      circuit?.equal,
    ),
  ];
}
