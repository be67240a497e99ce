import { P, R } from "../../../src/crypto/field.ts";
import { ELEMENT_BYTES } from "../../../src/proof/development/limbs.ts";
import { circuitText } from "./circuit.ts";
import { extensionText } from "./extension.ts";
import { addressOf, FIELD_BYTES, type Field, fieldText } from "./field.ts";
import { groupText } from "./points.ts";
import { vectorText } from "./vectors.ts";

const COORDINATES: Field = { name: "p", prime: P, base: 1024 };
const SCALARS: Field = { name: "r", prime: R, base: COORDINATES.base + FIELD_BYTES };
const SCRATCH = SCALARS.base + FIELD_BYTES;
const SCRATCH_BYTES = 1024;

const G1 = {
  name: "g1",
  field: COORDINATES.name,
  coordinateBytes: ELEMENT_BYTES,
  one: addressOf(COORDINATES, "one"),
  scratch: SCRATCH,
};
const G2 = { ...G1, name: "g2", field: `${COORDINATES.name}2`, coordinateBytes: 2 * ELEMENT_BYTES };

/** The text of the module that makes development keys: BN254's fields and groups, and what reads a circuit's terms. */
export const curveKernelText = (): string => `(module
  (memory (export "memory") 1)
  (global (export "heap") i32 (i32.const ${SCRATCH + SCRATCH_BYTES}))
  ${[
    fieldText(COORDINATES),
    fieldText(SCALARS),
    extensionText(COORDINATES),
    vectorText(COORDINATES),
    vectorText(SCALARS),
    groupText(G1),
    groupText(G2),
    circuitText(SCALARS),
  ].join("\n")})`;
