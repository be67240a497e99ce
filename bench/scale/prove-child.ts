/**
 * One process that proves a full batch of a tier end to end some times, verifies what came out, and computes the same split
 * without a proof: `{ backend, tier, runs }`.
 */
import { splitPools } from "../../src/attribution/rewards.ts";
import { scoreTrace } from "../../src/attribution/scores.ts";
import { openCurve } from "../../src/crypto/kzg/curve.ts";
import { readSrs } from "../../src/crypto/kzg/srs.ts";
import { loadHashChain } from "../../src/crypto/poseidon.ts";
import { createProver } from "../../src/operations/proving/prover.ts";
import { indexCoefficients, TIERS, type TierName } from "../../src/params/tiers.ts";
import { artifactPaths, developmentKeys } from "../../src/proof/keys.ts";
import { provesItself } from "../../src/proof/self-check.ts";
import { encodeBundle } from "../../src/protocol/bundle.ts";
import { readManifest } from "../../src/protocol/manifest.ts";
import type { Settlement } from "../../src/protocol/statement.ts";
import { verifySettlement } from "../../src/verification/verify.ts";
import { noiseIndex, noiseTraces, OPERATOR, statementOf } from "../../test/helpers/batch.ts";
import { backendNamed } from "./backends.ts";
import { reportMeasurement } from "./child.ts";

export interface ProveTask {
  readonly backend: string;
  readonly tier: TierName;
  readonly runs: number;
}

export interface ProveTimes {
  /** From the traces to a proof that was checked, milliseconds. */
  readonly total: readonly number[];
  /** Of the last run, by the prover's own stages. */
  readonly stages: Readonly<Record<string, number>>;
  /** By the verifier, which is JavaScript whatever the backend. */
  readonly verify: readonly number[];
  /** By the backend: challenges, D(β), sums, five pairings, as a prover asks before it hands a proof out. */
  readonly check: readonly number[];
  /** Scores and split in integers, nothing proven. */
  readonly plain: readonly number[];
  readonly load: number;
  readonly bundleBytes: number;
  /** What a verifier must be sent besides the payouts: five points of G1, one of G2, h1, h2, y. */
  readonly proofBytes: number;
}

const PROOF_BYTES = 5 * 64 + 128 + 3 * 32;
const VERIFY_RUNS = 5;
const PLAIN_RUNS = 5;

async function timed<T>(into: number[], work: () => T | Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  into.push(performance.now() - begun);
  return result;
}

const { backend, tier, runs }: ProveTask = JSON.parse(process.argv[2]!);
const { traces: Q, positions: C } = TIERS[tier];
const { curve, close } = await openCurve();
const srs = await readSrs(curve, artifactPaths(tier).srs, indexCoefficients(TIERS[tier]));
const index = noiseIndex(tier, C);
const traces = noiseTraces(tier, Q);
const statement = await statementOf(index, traces, srs, await loadHashChain());

const load: number[] = [];
const keys = developmentKeys(tier, await readManifest());
const prover = await timed(load, () => createProver({ tier, keys, backend: backendNamed(backend) }));
const total: number[] = [];
let stages: Record<string, number> = {};
let settlement: Settlement | undefined;
for (let run = 0; run < runs; run++) {
  stages = {};
  let last = { stage: "scores", at: performance.now() };
  const onProgress = ({ stage: reported }: { stage: string }): void => {
    // The parts of a stage are told as "stage: part".
    const stage = reported.split(":")[0]!;
    const at = performance.now();
    stages[last.stage] = (stages[last.stage] ?? 0) + at - last.at;
    last = { stage, at };
  };
  const input = { index, statement, traces, recipient: OPERATOR };
  settlement = await timed(total, () => prover.prove(input, { onProgress }));
}
const verify: number[] = [];
for (let run = 0; run < VERIFY_RUNS; run++) {
  const verdict = await timed(verify, () => verifySettlement(settlement!, statement, prover.verifyingKey));
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.failures));
}
const check: number[] = [];
for (let run = 0; run < VERIFY_RUNS; run++) {
  const engine = { backend: backendNamed(backend), curve };
  const holds = await timed(check, () => provesItself(engine, prover.verifyingKey, settlement!));
  if (!holds) throw new Error("the backend's check refuses the proof");
}
const plain: number[] = [];
for (let run = 0; run < PLAIN_RUNS; run++) {
  await timed(plain, () => {
    const scores = traces.map(({ u }) => scoreTrace(u, index));
    return splitPools(scores, statement.pools);
  });
}
await prover.close();
await close();
reportMeasurement({
  ...{ total, stages, verify, check, plain, load: load[0]! },
  bundleBytes: Buffer.byteLength(encodeBundle(settlement!)),
  proofBytes: PROOF_BYTES,
});
