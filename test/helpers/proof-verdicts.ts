import assert from "node:assert/strict";
import { TributaryError } from "../../src/core/errors.ts";
import { pack } from "../../src/crypto/packing.ts";
import type { Settlement, Statement } from "../../src/protocol/statement.ts";
import type { VerifyingKey } from "../../src/protocol/verifying-key.ts";
import { readContractArtifact } from "../../src/settlement/artifacts.ts";
import { verifierArguments } from "../../src/settlement/deploy.ts";
import { translate } from "../../src/settlement/errors.ts";
import { verifySettlement } from "../../src/verification/verify.ts";
import { type Contract, startChain } from "./chain.ts";

const ARTIFACTS = new URL("../../artifacts/hardhat/", import.meta.url);

/** The two verifiers, side by side: the library's and the deployed contract. */
export interface Verifiers {
  readonly key: VerifyingKey;
  readonly contract: Contract;
  /** "accepted", or the code of the contract's custom error. */
  solidity(settlement: Settlement, expected?: Statement): Promise<string>;
  /** "accepted", or the codes of the library's failures. */
  javascript(settlement: Settlement, expected?: Statement): string;
  close(): Promise<void>;
}

/** Deploys the contract for a key on a development chain. */
export async function openVerifiers(key: VerifyingKey): Promise<Verifiers> {
  const chain = await startChain();
  const contract = await chain.deploy(
    await readContractArtifact(ARTIFACTS, "AttributionVerifier"),
    verifierArguments(key),
  );
  return {
    key,
    contract,
    async solidity(settlement, expected = settlement.statement) {
      try {
        await chain.read(contract, "verify", contractArguments(settlement, expected));
        return "accepted";
      } catch (error) {
        const refusal = translate(error);
        if (refusal instanceof TributaryError) return refusal.code;
        throw error;
      }
    },
    javascript(settlement, expected = settlement.statement) {
      const { ok, failures } = verifySettlement(settlement, expected, key);
      return ok ? "accepted" : [...new Set(failures.map(({ code }) => code))].join(" ");
    },
    close: chain.close,
  };
}

/** The contract is told the statement by its caller, from the chain; the claim and the proof are the prover's. */
function contractArguments({ claim, proof }: Settlement, statement: Statement): readonly unknown[] {
  return [
    { ...statement, poolWords: pack("amount", statement.pools) },
    { ...claim, payoutWords: pack("amount", claim.payouts) },
    proof,
  ];
}

/** Fails unless both verifiers accept. */
export async function assertAccepted(verifiers: Verifiers, settlement: Settlement): Promise<void> {
  assert.equal(verifiers.javascript(settlement), "accepted");
  assert.equal(await verifiers.solidity(settlement), "accepted");
}

/** Fails unless both verifiers refuse, for these reasons. @param expected what the chain says, where the prover says otherwise */
export async function assertRefused(
  verifiers: Verifiers,
  settlement: Settlement,
  reasons: { readonly javascript?: string; readonly solidity?: string } = {},
  expected?: Statement,
): Promise<void> {
  const { javascript = "TRB_VERIFY_EQUATION", solidity = "TRB_SETTLEMENT_PROOF_REJECTED" } = reasons;
  assert.equal(verifiers.javascript(settlement, expected), javascript);
  assert.equal(await verifiers.solidity(settlement, expected), solidity);
}
