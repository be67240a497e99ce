import { randomBytes } from "node:crypto";
import { R } from "./field.ts";

/** Twice the field's size: the bias of the reduction is below 2^-256. */
const BYTES = 64;

/** A secret uniform scalar from the system's generator: blinds and masks. */
export const randomScalar = (): bigint => BigInt(`0x${randomBytes(BYTES).toString("hex")}`) % R;
