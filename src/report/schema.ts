import { z } from "zod";
import type { RowGradient } from "../attribution/objective.ts";
import { TIER_NAMES } from "../params/tiers.ts";

/** Units of 10^9 wei of OPEN, as a decimal string: JSON's numbers end at 2^53. */
const units = z.string().regex(/^\d+$/);
/** An id of the registry: a decimal string. */
const id = z.string().regex(/^\d+$/);
const hex = z.string().regex(/^0x[0-9a-f]*$/);
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const count = z.int().nonnegative();
/** A part of a whole, in [0, 1]. */
const fraction = z.number().min(0).max(1);
const milliseconds = z.number().nonnegative();
const bytes = z.number().nonnegative();

/** What a request or a row looks like to a reader: a sentence, or numbers with a way to draw them. */
const content = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string() }),
  z.strictObject({
    kind: z.literal("numeric"),
    values: z.array(z.number()),
    /** [rows, columns] where the features are the pixels of a picture (rows·columns = values.length). */
    shape: z.tuple([count, count]).optional(),
  }),
]);

const labelCount = z.strictObject({ label: z.string(), rows: count });

const dataset = z.strictObject({
  /** The file's name, or the name of the data set that ships with the project. */
  name: z.string(),
  builtin: z.boolean(),
  kind: z.enum(["text", "numeric"]),
  /** Rows that were accepted; held-out rows are not among them. */
  rows: count,
  /** Exact copies that were refused: the first commit wins. */
  duplicatesRefused: count,
  /** Held-out rows that accuracy is measured on and that requests are taken from. */
  heldOut: count,
  labels: z.array(labelCount),
  contributors: count,
  /** How the rows came to their contributors: from a column, or dealt by a seeded Dirichlet draw. */
  assignment: z.enum(["column", "dirichlet"]),
  /** Merkle root of the rows, as registered. */
  root: hex,
});

const model = z.strictObject({
  /** "epoch 1", "epoch 2": how the page calls it. */
  name: z.string(),
  indexId: id,
  /** The base, e.g. "built-in text encoder (hashed n-grams)". */
  base: z.string(),
  adapter: z.string(),
  parameters: count,
  trainedRows: count,
  /** Part of the held-out rows that are labelled right. */
  accuracy: fraction,
  /** The same for always answering the most frequent label of the training rows. */
  majorityBaseline: fraction,
  /** C_Φ as [x, y]. */
  indexCommitment: z.tuple([hex, hex]),
  /** n: positions that the index was registered with. */
  positions: count,
  /** Which gradient of a row its index sums up: decides what a score means. */
  gradient: z.enum(["objective", "loss"] satisfies RowGradient[]),
  /** Share of the scores' variance that the index's k columns hold. */
  kept: fraction,
  trainMs: milliseconds,
  indexMs: milliseconds,
});

const proofSystem = z.strictObject({
  tier: z.enum(TIER_NAMES),
  /** Q, C and k of the tier. */
  traces: count,
  positions: count,
  width: count,
  /** What computed the Groth16 proofs, e.g. "snarkjs 0.7.6 (wasm)". */
  backend: z.string(),
  constraints: count,
  keys: z.enum(["development", "production"]),
  keyDigest: hex,
  paramsDigest: hex,
});

const chain = z.strictObject({
  chainId: z.string(),
  /** "in-process development chain" or the RPC's host. */
  where: z.string(),
  contracts: z.record(z.string(), address),
});

/** One contributor's part of one inference. */
const share = z.strictObject({
  position: count,
  /** S_qc, an exact integer; positive. */
  score: z.int().positive(),
  /** Half of the 95 % interval around the score, in its units. */
  margin: count,
  /** Whether that interval is above 0: the score is larger than the margin. */
  sure: z.boolean(),
  /** S_qc / W_q. */
  share: fraction,
  /**
   * ⌊a_q·S_qc / 2^SHIFT⌋ in units. What is paid is floored once for the batch, so a batch's payout
   * can be up to Q − 1 units more than the sum of its inferences' amounts.
   */
  amount: units,
});

/** A row of a contributor that mattered for one inference. */
const influentialRow = z.strictObject({
  /** The row's number in the DataNet. */
  row: count,
  label: z.string(),
  content,
  /** Influence of this row alone, in the units of the scores (not clipped or rounded, so it may be negative). */
  score: z.number(),
  /** score / the sum of the positive scores of the same contributor's rows, 0 where the score is negative. */
  share: fraction,
});

const topContributor = z.strictObject({
  position: count,
  share: fraction,
  amount: units,
  /** The rows with the highest scores, at most three, highest first. */
  rows: z.array(influentialRow),
});

const inference = z.strictObject({
  indexId: id,
  /** n_q: the payment's number under its index. */
  number: id,
  /** Place of its batch in `batches`. */
  batch: count,
  payer: z.string(),
  request: content,
  served: z.string(),
  /** Probability that the model gave to the label it served. */
  probability: fraction,
  /** The label the held-out row really has, where known. */
  expected: z.string().optional(),
  fee: units,
  pool: units,
  /** t_q. */
  commitment: hex,
  /** W_q: the sum of the positive scores; 0 where nobody's rows helped the answer. */
  weight: z.string().regex(/^\d+$/),
  /** Positive shares only, highest first. */
  shares: z.array(share),
  /** Positions with rows whose score is not positive: they get nothing of this fee. Ascending. */
  unpaid: z.array(count),
  /** The first entries of `shares` with their rows, at most three. */
  top: z.array(topContributor),
});

const batch = z.strictObject({
  indexId: id,
  n0: id,
  /** Payments in the batch; the tier's Q where it is full. */
  count,
  batchKey: hex,
  proveMs: milliseconds,
  /** Highest resident memory of the process up to the end of this proof. */
  peakMemoryBytes: bytes,
  /** Size of the bundle file. */
  bundleBytes: bytes,
  /** The bundle file's name beside the report. */
  bundle: z.string(),
  verifyMs: milliseconds,
  verifiedOffChain: z.boolean(),
  verifiedOnChain: z.boolean(),
  commitGas: z.string(),
  settleGas: z.string(),
  transaction: hex,
  fees: units,
  /** R: the sum of the pools. */
  pool: units,
  /** Σ pay_c. */
  paid: units,
  /** U. */
  unattributed: units,
  /** What rounding left: R − Σ pay_c − U; goes to the DataNet's reserve with U. */
  dust: units,
});

const contributor = z.strictObject({
  position: count,
  name: z.string(),
  owner: address,
  rows: count,
  /** The labels of the rows, most frequent first. */
  labels: z.array(labelCount),
  /** pay_c of each batch, in the order of `batches`. */
  paid: z.array(units),
  total: units,
  claimed: units,
  /** Gas of the one claim; absent where there was nothing to claim. */
  claimGas: z.string().optional(),
});

const totals = z.strictObject({
  fees: units,
  platform: units,
  modelOwner: units,
  stakers: units,
  prover: units,
  /** Σ R over the batches: fees less the four shares above. */
  pools: units,
  paid: units,
  unattributed: units,
  dust: units,
  /** unattributed + dust, as the reserve's books have it. */
  reserve: units,
  claimed: units,
  /** Rewards that the treasury still owes after every claim. */
  unclaimed: units,
  settleGas: z.string(),
  claimGas: z.string(),
  /** What was checked, each with the two sides that were found equal. */
  balances: z.array(z.strictObject({ check: z.string(), left: units, right: units })),
});

const timing = z.strictObject({ stage: z.string(), ms: milliseconds });

/** What `tributary demo` writes as report.json and draws as report.html. */
export const reportSchema = z.strictObject({
  format: z.literal("tributary-report"),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  software: z.strictObject({ tributary: z.string(), node: z.string(), platform: z.string() }),
  seed: z.string(),
  dataset,
  models: z.array(model).min(1),
  proofSystem,
  chain,
  inferences: z.array(inference),
  batches: z.array(batch),
  contributors: z.array(contributor),
  totals,
  timings: z.array(timing),
  totalMs: milliseconds,
  peakMemoryBytes: bytes,
});

export type Report = z.infer<typeof reportSchema>;
export type ReportInference = Report["inferences"][number];
export type ReportBatch = Report["batches"][number];
export type ReportContributor = Report["contributors"][number];
export type ReportContent = z.infer<typeof content>;
