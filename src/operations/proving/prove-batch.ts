import { indexCoefficientBytes } from "../../commitment/index-commitment.ts";
import { payoutPolynomial } from "../../commitment/payouts.ts";
import { TributaryError } from "../../core/errors.ts";
import { mod, pow } from "../../crypto/field.ts";
import { scalarBytes } from "../../crypto/kzg/commit.ts";
import type { Coefficients, WorkOptions } from "../../crypto/kzg/engine.ts";
import { randomScalar } from "../../crypto/random-scalar.ts";
import { PUBLIC_SIGNALS } from "../../params/tags.ts";
import { rowWidth, TIERS } from "../../params/tiers.ts";
import { provesItself } from "../../proof/self-check.ts";
import type { Claim, Settlement } from "../../protocol/statement.ts";
import { statementVector } from "../../protocol/statement-vector.ts";
import * as transcript from "../../protocol/transcript.ts";
import type { Batch } from "../../witness/batch.ts";
import { circuitInput } from "../../witness/circuit-input.ts";
import { evaluateAtBeta } from "../../witness/evaluation.ts";
import { bindFold, bindScores } from "../../witness/hashes.ts";
import { fillSlots, type Slots } from "../../witness/slots.ts";
import type { ProveInput, ProveOptions, ProverParts } from "./prover-parts.ts";

const STAGES = ["scores", "fold", "witness", "groth16", "opening", "check"] as const;

/** Reports each stage as it begins, and stops between two of them when asked to. @returns what watches the stage itself */
function stepper({ onProgress, signal }: ProveOptions): (stage: (typeof STAGES)[number]) => WorkOptions {
  return (stage) => {
    if (signal?.aborted) {
      throw new TributaryError("TRB_PROOF_CANCELLED", "the proof was cancelled", { cause: signal.reason });
    }
    const place = STAGES.indexOf(stage);
    onProgress?.({ stage, done: place, total: STAGES.length });
    return {
      signal,
      onProgress: (part) =>
        onProgress?.({ stage: `${stage}: ${part.stage}`, done: place, total: STAGES.length }),
    };
  };
}

/** For a part of a step that is too short for a report of its own. */
const quietly = ({ signal }: WorkOptions): WorkOptions => ({ signal });

/** Everything up to β: commitments, challenges and the secrets behind them. */
interface Folded {
  readonly folded: readonly bigint[];
  readonly quotient: Coefficients;
  readonly mask: readonly [bigint, bigint];
  readonly blind2: bigint;
  readonly cq: { readonly x: bigint; readonly y: bigint };
  readonly h2: bigint;
  readonly beta: bigint;
}

/**
 * Folds the rows at α, masks the quotient and draws β. The barycentric formula of the circuit divides
 * by β^C − 1, so a β on the domain of the payouts is drawn again with another mask.
 */
async function foldAndMask(
  { kzg, hash }: ProverParts,
  polynomial: Coefficients,
  bound: { batch: Batch; slots: Slots; alpha: bigint; h1: bigint },
  options: WorkOptions,
): Promise<Folded> {
  const { batch, slots, alpha, h1 } = bound;
  const tier = TIERS[batch.statement.tier];
  const { folded, quotient } = await kzg.fold(polynomial, rowWidth(tier), alpha);
  for (;;) {
    const mask = [randomScalar(), randomScalar()] as const;
    const blind2 = randomScalar();
    const masked = [
      [1n, quotient],
      [1n, scalarBytes(mask)],
    ] as const;
    const cq = await kzg.commit(masked, quietly(options));
    const h2 = bindFold(hash, {
      statement: batch.statement,
      slots,
      unattributed: batch.split.unattributed,
      alpha,
      h1,
      folded,
      mask,
      blind2,
    });
    const beta = transcript.beta({ alpha, cq, h2 });
    if (pow(beta, BigInt(tier.positions)) !== 1n) return { folded, quotient, mask, blind2, cq, h2, beta };
  }
}

function checkSignals(found: readonly bigint[], expected: readonly bigint[]): void {
  const wrong = PUBLIC_SIGNALS.filter((_, i) => found[i] !== expected[i]);
  if (wrong.length > 0 || found.length !== expected.length) {
    throw new TributaryError("TRB_PROOF_SIGNALS", "the circuit's public signals are not the transcript's", {
      details: wrong.join(", "),
      hint: "The circuit files are of another release: run `make setup`.",
    });
  }
}

/**
 * Proves a checked batch: docs/protocol.md step by step. Each challenge is drawn when everything that
 * it must not depend on is fixed.
 */
export async function proveBatch(
  parts: ProverParts,
  batch: Batch,
  { index, recipient }: ProveInput,
  options: ProveOptions,
): Promise<Settlement> {
  const { srs, kzg, hash, keys, backend, verifyingKey } = parts;
  const { statement, split } = batch;
  const tier = TIERS[statement.tier];
  const step = stepper(options);

  const scoring = step("scores");
  const slots = fillSlots(batch);
  const blind1 = randomScalar();
  const h1 = bindScores(hash, slots, blind1);
  const payouts = payoutPolynomial(split.payouts, tier.positions);
  const claim: Claim = {
    payouts: split.payouts.slice(0, statement.positions),
    payoutCommitment: await kzg.commit([[1n, scalarBytes(payouts)]], quietly(scoring)),
    unattributed: split.unattributed,
    recipient,
  };
  const alpha = transcript.alpha({ statement, claim, keyDigest: keys.keyDigest, h1 });

  const folding = step("fold");
  const polynomial = indexCoefficientBytes(index);
  const fold = await foldAndMask(parts, polynomial, { batch, slots, alpha, h1 }, folding);
  const { folded, quotient, mask, blind2, cq, h2, beta } = fold;
  const rho = transcript.rho(beta);
  const D = statementVector(tier, { ...statement, ...claim }, alpha, h1);
  const evaluation = evaluateAtBeta({
    alpha,
    beta,
    rho,
    folded,
    mask,
    payoutPolynomial: payouts,
    statementVector: D,
  });
  const y = evaluation.y;

  const finding = step("witness");
  const secrets = { folded, mask, blind1, blind2 };
  const input = circuitInput({ statement, slots, split, ...secrets, alpha, h1, h2, beta, y });
  const witness = await backend.witness(keys.wasm.path, input, { ...finding, r1csPath: keys.r1cs?.path });

  const proving = step("groth16");
  const { a, b, c, publicSignals } = await backend.groth16(keys.zkey.path, witness, proving);
  checkSignals(publicSignals, [h2, beta, y]);

  const openingStep = step("opening");
  const factor = mod(alpha - pow(beta, BigInt(rowWidth(tier))));
  const combined = [
    [1n, polynomial],
    [factor, quotient],
    [factor, scalarBytes(mask)],
    [rho, scalarBytes(payouts)],
  ] as const;
  const { value, proof: opening } = await kzg.open(combined, beta, quietly(openingStep));

  step("check");
  const proof = { h1, h2, y, cq, opening, a, b, c };
  const settlement: Settlement = { statement, claim, proof, keyDigest: keys.keyDigest };
  if (
    value !== evaluation.opened ||
    !(await provesItself({ backend, curve: srs.curve }, verifyingKey, settlement))
  ) {
    throw new TributaryError("TRB_PROOF_SELF_CHECK", "the proof does not verify, so it is not handed out", {
      hint: "The proving key, the circuit and the powers of tau must be of one set-up: run `make setup`.",
    });
  }
  options.onProgress?.({ stage: "check", done: STAGES.length, total: STAGES.length });
  return settlement;
}
