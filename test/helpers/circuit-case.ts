import { createHash } from "node:crypto";
import { R } from "../../src/crypto/field.ts";
import type { SettlementCase } from "./circuit-reference.ts";

export interface Size {
  readonly traces: number;
  readonly positions: number;
  readonly width: number;
}

/** Uniform bits from a label: the same case on every machine. */
export const drawn = (label: string): bigint =>
  BigInt(`0x${createHash("sha512").update(label).digest("hex")}`);

const signedByte = (label: string, from: number, to: number): bigint =>
  (drawn(label) % BigInt(to - from + 1)) + BigInt(from);

/**
 * An honest case with `count` payments, the other slots empty.
 *
 * @param label what it is drawn from
 */
export function drawCase(size: Size, label: string, count: number = size.traces): SettlementCase {
  const { traces, positions, width } = size;
  const element = (name: string): bigint => drawn(`${label} ${name}`) % R;
  const phi = Array.from({ length: positions }, (_, c) => [
    ...Array.from({ length: width }, (_, j) => signedByte(`${label} phi ${c} ${j}`, -127, 127)),
    element(`blinding ${c}`),
  ]);
  const slots = Array.from({ length: traces }, (_, q) => {
    const active = q < count;
    return {
      active: active ? 1n : 0n,
      io: active ? element(`io ${q}`) : 0n,
      pool: active ? 1000n * BigInt(positions) + (drawn(`${label} pool ${q}`) % 2n ** 40n) : 0n,
      blind: element(`trace blind ${q}`),
      u: Array.from({ length: width }, (_, j) =>
        active ? signedByte(`${label} u ${q} ${j}`, -128, 127) : 0n,
      ),
    };
  });
  return {
    ...{ traces, positions, width, phi, slots },
    indexId: drawn(`${label} index`) % 2n ** 64n,
    n0: drawn(`${label} n0`) % 2n ** 64n,
    mask: [element("mask 0"), element("mask 1")],
    blind1: element("blind 1"),
    blind2: element("blind 2"),
  };
}
