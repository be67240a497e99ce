import { glob } from "node:fs/promises";
import type { Language } from "./mutant.ts";

/** Files whose mutants the same tests should notice; a file is of the first subject that has it. */
export interface Subject {
  readonly files: readonly string[];
  /** Which of their mutants: those of whose operator and changed line, `operator: line`, this is true. All by default. */
  readonly where?: RegExp;
  /** In the order in which they are asked: those that are cheap and near come first. */
  readonly tests: readonly string[];
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  circom: "circom",
  sol: "solidity",
  ts: "typescript",
};

export const languageOf = (file: string): Language => LANGUAGES[file.slice(file.lastIndexOf(".") + 1)]!;

const CIRCUIT_ATTACKS = "test/attack/circuit/*.test.ts";
const HINTS = "test/circuits/hints.test.ts";
const SMALL = "test/circuits/settlement/small.test.ts";
const PROVER = "test/integration/prover.test.ts";
const CONTRACT_ATTACKS = "test/attack/contract/*.test.ts";

/** Tests that compare costs or digests notice any change whatever, and say nothing about what it does: none is here. */
export const SUBJECTS: readonly Subject[] = [
  {
    files: ["circuits/lib/{range,signed_range}.circom"],
    tests: [HINTS, "test/circuits/lib/range.test.ts", SMALL, CIRCUIT_ATTACKS],
  },
  {
    files: ["circuits/lib/{poseidon_block,hash_chain,layout}.circom"],
    tests: [HINTS, "test/circuits/lib/poseidon.test.ts", SMALL, CIRCUIT_ATTACKS],
  },
  {
    files: ["circuits/lib/{barycentric,horner,squarings}.circom"],
    tests: [HINTS, "test/circuits/lib/polynomials.test.ts", SMALL, CIRCUIT_ATTACKS],
  },
  {
    files: ["circuits/lib/zero_flag.circom", "circuits/settlement/{rate,payouts}.circom"],
    tests: [HINTS, "test/circuits/settlement/rewards.test.ts", SMALL, CIRCUIT_ATTACKS],
  },
  {
    files: ["circuits/lib/digits.circom", "circuits/settlement/{score_row,freivalds}.circom"],
    tests: [HINTS, "test/circuits/settlement/scores.test.ts", SMALL, CIRCUIT_ATTACKS],
  },
  {
    files: ["circuits/settlement/trace.circom"],
    tests: [HINTS, "test/circuits/settlement/trace.test.ts", SMALL, CIRCUIT_ATTACKS],
  },
  {
    files: ["circuits/settlement/{fold,opening,scores,settlement,statement}.circom"],
    tests: [HINTS, SMALL, CIRCUIT_ATTACKS],
  },

  {
    files: ["src/verification/**/*.ts"],
    tests: ["test/unit/verification/*.test.ts"],
  },
  {
    files: ["src/protocol/development-key.ts"],
    tests: ["test/unit/protocol/development-key.test.ts"],
  },
  {
    files: ["src/protocol/**/*.ts"],
    tests: [
      "test/unit/protocol/*.test.ts",
      "test/unit/verification/*.test.ts",
      "test/contracts/vectors.test.ts",
      PROVER,
    ],
  },
  {
    files: ["src/commitment/**/*.ts"],
    tests: ["test/unit/commitment/*.test.ts", "test/unit/witness/*.test.ts", PROVER],
  },
  {
    files: ["src/crypto/kzg/{commit,fold,polynomial,srs}.ts"],
    tests: ["test/unit/crypto/**/*.test.ts", "test/unit/commitment/*.test.ts"],
  },
  {
    files: ["src/crypto/{codecs,field,packing,points,poseidon,random-scalar,words}.ts"],
    tests: [
      "test/unit/crypto/*.test.ts",
      "test/unit/protocol/*.test.ts",
      "test/unit/verification/*.test.ts",
      "test/unit/crypto/kzg/*.test.ts",
      PROVER,
    ],
  },
  { files: ["src/witness/*.ts"], tests: ["test/unit/witness/*.test.ts", PROVER] },
  { files: ["src/proof/{keys,self-check}.ts"], tests: ["test/unit/proof/{keys,self-check}.test.ts", PROVER] },
  {
    files: ["src/operations/proving/prove-batch.ts"],
    where: /^(randomness|guard)/,
    tests: ["test/integration/prove-batch.test.ts", PROVER],
  },
  {
    files: ["src/operations/serve.ts"],
    where: /^randomness/,
    tests: ["test/integration/cli-models.test.ts"],
  },
  {
    files: ["src/operations/index/build-index.ts"],
    where: /^randomness/,
    tests: ["test/integration/ensemble-sources.test.ts"],
  },
  {
    files: ["src/settlement/batch.ts"],
    where: /batchKeyOf|packedLength|batch\.batchKey$/,
    tests: ["test/attack/node/changed-event.test.ts"],
  },
  {
    files: ["src/files/artifact.ts"],
    where: /regex|compare|found ===|format !==/,
    tests: ["test/unit/files/artifact.test.ts"],
  },
  {
    files: ["src/cli/accounts.ts"],
    where: /chainId === |isDevelopment/,
    tests: ["test/unit/cli/accounts.test.ts"],
  },
  {
    files: ["src/operations/keys/key-folder.ts"],
    where: /!==|paramsDigest|wrong/,
    tests: ["test/unit/operations/key-folder.test.ts", "test/integration/ceremony.test.ts"],
  },

  {
    files: [
      "contracts/verification/{AttributionVerifier,EmbeddedKey}.sol",
      "contracts/libraries/{Bn254,PackedAmounts,ProofProduct,ScalarField,StatementVector,Transcript}.sol",
    ],
    tests: [
      "test/contracts/attribution-verifier.test.ts",
      "test/contracts/{libraries,vectors}.test.ts",
      "test/contracts/{settlement,settle-many}.test.ts",
      CONTRACT_ATTACKS,
      "test/contracts/{reward-vault,fee-escrow}.test.ts",
    ],
  },
  {
    files: ["contracts/libraries/{CompressedPoint,Domain,KzgOpenings}.sol"],
    tests: [
      "test/contracts/{libraries,reward-vault}.test.ts",
      CONTRACT_ATTACKS,
      "test/contracts/{settlement,settle-many}.test.ts",
    ],
  },
  {
    files: ["contracts/verification/VerifierRouter.sol", "contracts/model/*.sol"],
    tests: ["test/contracts/{verifier-router,model-registry}.test.ts", CONTRACT_ATTACKS],
  },
  {
    files: ["contracts/datanet/*.sol", "contracts/token/*.sol"],
    tests: ["test/contracts/{datanet-registry,open-token}.test.ts", CONTRACT_ATTACKS],
  },
  {
    files: [
      "contracts/fees/*.sol",
      "contracts/treasury/*.sol",
      "contracts/settlement/*.sol",
      "contracts/rewards/*.sol",
      // Those that are not named above.
      "contracts/libraries/*.sol",
    ],
    tests: [
      "test/contracts/{fee-escrow,reward-vault,settlement,settle-many,data-net-reserve}.test.ts",
      CONTRACT_ATTACKS,
      "test/contracts/{invariants,vectors}.test.ts",
    ],
  },
];

/** What a pattern or a list of them stands for, each pattern's files in the order of their names. */
export async function filesOf(patterns: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    patterns.map(async (pattern) => (await Array.fromAsync(glob(pattern))).sort()),
  );
  const found = [...new Set(lists.flat())];
  if (lists.some((list) => list.length === 0)) {
    throw new RangeError(`no file is ${patterns.filter((_, i) => lists[i]!.length === 0).join(", ")}`);
  }
  return found;
}
