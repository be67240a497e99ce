import { gigabytes, ratio, textTable, time, whole } from "./format.ts";
import type { Results } from "./results.ts";

/** Something that was promised, what came out, and whether that keeps it; undefined where it was not measured. */
export interface Target {
  readonly what: string;
  readonly target: string;
  readonly measured: string | undefined;
  readonly met: boolean | undefined;
}

const NOT_MEASURED = { measured: undefined, met: undefined } as const;

function proofTargets({ proving }: Results): Target[] {
  const one = proving.find(({ tier, backend }) => tier === "large" && backend === "native");
  const limit = { seconds: 15, bytes: 4 * 2 ** 30 };
  const measured = (value: string, met: boolean) =>
    one === undefined ? NOT_MEASURED : { measured: value, met };
  return [
    {
      what: "large tier end to end: witness, Groth16, KZG",
      target: "≤ 15 s",
      ...measured(time(one?.total.median ?? 0), (one?.total.median ?? 0) <= limit.seconds * 1000),
    },
    {
      what: "memory of that",
      target: "≤ 4 GiB",
      ...measured(gigabytes(one?.peakBytes), (one?.peakBytes ?? 0) <= limit.bytes),
    },
  ];
}

function ratioTargets({ sameWitness }: Results): Target[] {
  return ["mini", "small", "large"].map((tier) => {
    const [native, snarkjs] = ["native", "snarkjs"].map(
      (name) => sameWitness.find((one) => one.tier === tier && one.program === name)?.milliseconds.median,
    );
    const what = `Groth16 to snarkjs, same key and witness, ${tier}`;
    if (native === undefined || snarkjs === undefined) return { what, target: "≤ 1/8", ...NOT_MEASURED };
    return { what, target: "≤ 1/8", measured: ratio(native, snarkjs), met: native * 8 <= snarkjs };
  });
}

/** A verifier's whole work on the native code: challenges, D(β), sums and pairings. */
function verificationTargets({ proving }: Results): Target[] {
  return (["mini", "large"] as const).map((tier) => {
    const one = proving.find((proof) => proof.tier === tier && proof.backend === "native");
    const what = `verification, native, tier ${tier}`;
    if (one === undefined) return { what, target: "≤ 30 ms", ...NOT_MEASURED };
    return { what, target: "≤ 30 ms", measured: time(one.check.median), met: one.check.median <= 30 };
  });
}

/** Key and powers of tau together. */
function keyTargets({ keys }: Results): Target[] {
  const asked = [
    ["mini", "snarkjs", 2],
    ["small", "snarkjs", 10],
    ["large", "native", 60],
  ] as const;
  return asked.map(([tier, backend, seconds]) => {
    const one = keys.find((made) => made.tier === tier && made.backend === backend);
    const what = `development key, ${tier}, ${backend === "native" ? "native" : "plain JavaScript"}`;
    const target = `≤ ${seconds} s`;
    if (one === undefined) return { what, target, ...NOT_MEASURED };
    const milliseconds = one.key.median + one.powers.median;
    return { what, target, measured: time(milliseconds), met: milliseconds <= seconds * 1000 };
  });
}

function gasTarget({ gas }: Results, what: string, name: string, limit: number): Target {
  const value = gas[name];
  const target = `≤ ${whole(limit)} gas`;
  if (value === undefined) return { what, target, ...NOT_MEASURED };
  return { what, target, measured: whole(value), met: value <= limit };
}

/** Gas of a settlement without calldata and what reads it: the same for 16 and 1,024 positions. */
function settlementTargets({ settlements }: Results): Target[] {
  const asked = [
    ["mini", 1],
    ["large", 1],
    ["mini", 2],
    ["large", 2],
  ] as const;
  return asked.map(([tier, batches]) => {
    const found = settlements.find((one) => one.tier === tier && one.batches === batches);
    const what = `settle less calldata and its evaluation, tier ${tier}, ${batches === 1 ? "one batch" : "each of two at once"}`;
    if (found === undefined) return { what, target: "≤ 350,000 gas", ...NOT_MEASURED };
    const gas = found.fixed / batches;
    return { what, target: "≤ 350,000 gas", measured: whole(gas), met: gas <= 350_000 };
  });
}

/** What issue and design ask for, beside what this run measured. */
export function targetsOf(results: Results): Target[] {
  const { constraints } = results;
  return [
    {
      what: "constraints of tier large",
      target: "< 2^21",
      measured: whole(constraints.large ?? 0),
      met: (constraints.large ?? Number.POSITIVE_INFINITY) < 2 ** 21,
    },
    ...proofTargets(results),
    ...ratioTargets(results),
    ...verificationTargets(results),
    ...keyTargets(results),
    ...settlementTargets(results),
    gasTarget(results, "claim, a later one", "claim", 200_000),
    gasTarget(results, "claim, a position's first", "claim, first", 200_000),
  ];
}

const MARK = { true: "met", false: "MISSED", undefined: "" } as const;

export const targetTable = (targets: readonly Target[]): string =>
  textTable([
    ["target", "at most", "measured", ""],
    ...targets.map(({ what, target, measured, met }) => [
      what,
      target,
      measured ?? "not measured",
      MARK[String(met) as keyof typeof MARK],
    ]),
  ]);
