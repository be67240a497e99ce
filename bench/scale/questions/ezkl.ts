import { fileURLToPath } from "node:url";
import type { Size } from "../../../test/helpers/circuit-case.ts";
import { measureProgram } from "../child.ts";

/** What EZKL needs for the matrix product and the clip of one batch; nothing committed to, nothing split. */
export interface EzklResult {
  readonly version: string;
  readonly seconds: Readonly<Record<"setup" | "witness" | "prove" | "verify", number>>;
  readonly logrows: number;
  readonly exact: boolean;
  readonly accepted: boolean;
  readonly proofBytes: number;
  readonly peakBytes: number;
}

const SCRIPT = fileURLToPath(new URL("../ezkl_matrix_product.py", import.meta.url));

/** @param python a Python that has the package ezkl */
export const measureEzkl = (python: string, { traces, positions, width }: Size): Promise<EzklResult> =>
  measureProgram(python, [SCRIPT, ...[traces, positions, width, 1].map(String)]);
