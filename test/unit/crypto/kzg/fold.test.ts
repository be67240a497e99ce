import assert from "node:assert/strict";
import { test } from "node:test";
import { indexPolynomial } from "../../../../src/commitment/index-commitment.ts";
import { mod, pow, R } from "../../../../src/crypto/field.ts";
import { foldRows } from "../../../../src/crypto/kzg/fold.ts";
import { evaluate } from "../../../../src/protocol/statement-vector.ts";
import { noiseIndex } from "../../../helpers/batch.ts";

const index = noiseIndex("mini", 16);
const polynomial = indexPolynomial(index);
const w = index.width + 1;
const alpha = 3n ** 100n % R;

test("v_j is Σ_c α^c Φ_cj", () => {
  const { folded } = foldRows(polynomial, w, alpha);
  assert.equal(folded.length, w);
  for (const j of [0, 30, w - 1]) {
    const column = Array.from({ length: index.positions }, (_, c) => polynomial[c * w + j]!);
    assert.equal(folded[j], evaluate(column, alpha));
  }
});

test("f_Φ = q·(X^w − α) + v at a point", () => {
  const { folded, quotient } = foldRows(polynomial, w, alpha);
  assert.equal(quotient.length, (index.positions - 1) * w);
  const x = 5n ** 90n % R;
  const right = evaluate(quotient, x) * (pow(x, BigInt(w)) - alpha) + evaluate(folded, x);
  assert.equal(evaluate(polynomial, x), mod(right));
});
