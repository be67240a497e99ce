import * as z from "zod";
import type { Hex } from "../core/hex.ts";
import { P, R } from "./field.ts";
import type { G1, G2 } from "./points.ts";
import { toHex } from "./words.ts";

/*
 * How numbers and points are written in JSON: one spelling for each value, so that two different
 * texts are never the same bundle. Reading refuses everything else; it does not check that a point
 * is on its curve, which is for whoever computes with it.
 */

const hexBelow = (limit: bigint, what: string) =>
  z
    .string()
    .regex(/^0x[0-9a-f]{64}$/, "not 0x and 64 lower-case hex digits")
    .transform(BigInt)
    .refine((value) => value < limit, `not below ${what}`);

/** A scalar field element, as a bigint in [0, R). */
export const scalar = hexBelow(R, "the scalar field's order");

const coordinate = hexBelow(P, "the base field's order");
const coordinatePair = z.tuple([coordinate, coordinate]);

export const g1 = coordinatePair.transform(([x, y]): G1 => ({ x, y }));
export const g2 = z.tuple([coordinatePair, coordinatePair]).transform(([x, y]): G2 => ({ x, y }));

/** 32 bytes that are no number: a digest or a key. */
export const bytes32 = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, "not 0x and 64 lower-case hex digits")
  .transform((text) => text as Hex);

/** 20 bytes, lower-case (no checksum spelling). */
export const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/, "not 0x and 40 lower-case hex digits")
  .transform((text) => text as Hex);

/** A decimal string without sign or leading zeros, as a bigint below `limit`. */
export const decimalBelow = (limit: bigint) =>
  z
    .string()
    .regex(/^(0|[1-9][0-9]{0,77})$/, "not a decimal string")
    .transform(BigInt)
    .refine((value) => value < limit, `not below ${limit}`);

export const writeG1 = ({ x, y }: G1): [Hex, Hex] => [toHex(x), toHex(y)];

export const writeG2 = ({ x, y }: G2): [[Hex, Hex], [Hex, Hex]] => [
  [toHex(x[0]), toHex(x[1])],
  [toHex(y[0]), toHex(y[1])],
];
