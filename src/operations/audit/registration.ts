import type { IndexManifest } from "../../attribution/types.ts";
import type { Hex } from "../../core/hex.ts";
import type { G1 } from "../../crypto/points.ts";
import type { ChainReader } from "../../settlement/chain.ts";
import type { Deployment } from "../../settlement/deployment.ts";
import type { IndexOnChain } from "../../settlement/registered-index.ts";
import { readVerifier } from "../../settlement/verifiers.ts";
import { ensembleDigest } from "../index/ensemble-digest.ts";
import { differs, type Finding } from "./findings.ts";

/** The chain that an audit asks. */
export interface AuditChain {
  readonly reader: ChainReader;
  readonly deployment: Deployment;
  /** The digest of the key that the auditor pins for a tier. */
  readonly keyDigest: (tier: IndexManifest["tier"]) => Promise<Hex>;
}

/** What of an index is held against its registration. */
export interface AuditedIndex {
  readonly manifest: IndexManifest;
  /** Of the manifest's file: it binds Φ, sketch, base and adapters. */
  readonly digest: Hex;
  readonly commitment: G1;
}

/**
 * Where an index of the files is not the one that was registered. Its rows' root is the one that the manifest names, which loading
 * the DataNet holds against the rows.
 */
export async function registrationFindings(
  { reader, deployment, keyDigest }: AuditChain,
  { manifest, digest, commitment }: AuditedIndex,
  there: IndexOnChain,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const compare = (code: string, what: string, chain: unknown, here: unknown): void => {
    if (!differs(chain, here)) return;
    findings.push({
      code: `TRB_AUDIT_${code}`,
      message: `${what}: registered ${chain}, here ${here}`,
    });
  };
  compare("REGISTERED_COMMITMENT", "C_Φ (x)", there.commitment.x, commitment.x);
  compare("REGISTERED_COMMITMENT", "C_Φ (y)", there.commitment.y, commitment.y);
  compare("REGISTERED_DIGEST", "the digest of the index's manifest", there.digest, digest);
  compare("REGISTERED_MODEL", "the base", there.baseDigest, manifest.base);
  compare("REGISTERED_MODEL", "the adapters", there.adapterDigest, ensembleDigest(manifest.adapters));
  compare("REGISTERED_ROWS", "the root of the rows", there.rowRoot, manifest.datanet.root);
  compare("REGISTERED_ROWS", "rows", there.rowCount, manifest.rows);
  compare("REGISTERED_POSITIONS", "positions", there.positions, manifest.assigned);
  const verifier = await readVerifier(reader, deployment, there.selector);
  compare(
    "REGISTERED_KEY",
    `the key of verifier ${verifier.address}`,
    verifier.keyDigest,
    await keyDigest(manifest.tier),
  );
  return findings;
}
