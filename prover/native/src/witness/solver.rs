//! Finds the wires of a circuit from its inputs, one constraint after another.
//!
//! A constraint with one wire that is not known yet, in a place where it is linear, gives that wire; a constraint whose wires are all
//! known is checked. What a circuit computes by hints (`<--`) is recognised by the form of the constraints that follow the hint, which
//! are those of circuits/lib: the bits of a range, the magnitude of a signed number, and a quotient.

use ark_bn254::Fr;
use ark_ff::{AdditiveGroup, BigInt, BigInteger, Field, PrimeField, Zero};

use crate::field::{Scalar, fr_from_plain, plain};
use crate::r1cs::Combination;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unknown,
    /// Not known, but 0 or 1 by a constraint of its own.
    Bit,
    Known,
}

/// What came of looking at a constraint.
pub enum Outcome {
    /// It holds, or a wire was set so that it does.
    Settled,
    /// It has more than one unknown wire.
    Later,
    /// It does not hold, whatever the unknown wires are.
    Refused,
}

/// The wires, as far as they are known.
pub struct Solver {
    /// In Montgomery form.
    values: Vec<Fr>,
    states: Vec<State>,
}

/// A linear combination as far as it is known.
struct Sum {
    /// The known part.
    known: Fr,
    /// How many of its wires are unknown, and the last of them with its coefficient.
    unknown: usize,
    wire: usize,
    coefficient: Scalar,
}

const ONE: Scalar = [1, 0, 0, 0];

impl Solver {
    /// The constant and the inputs, which come after the outputs, are known.
    pub fn new(wires: usize, outputs: usize, inputs: &[Fr]) -> Self {
        let mut values = vec![Fr::ZERO; wires];
        let mut states = vec![State::Unknown; wires];
        let places = outputs + 1..outputs + 1 + inputs.len();
        (values[0], states[0]) = (Fr::ONE, State::Known);
        values[places.clone()].copy_from_slice(inputs);
        states[places].fill(State::Known);
        Self { values, states }
    }

    /// The wires, or one that no constraint gives.
    pub fn finish(self) -> Result<Vec<Fr>, usize> {
        match self.states.iter().position(|&state| state != State::Known) {
            Some(wire) => Err(wire),
            None => Ok(self.values),
        }
    }

    pub fn visit(&mut self, [a, b, c]: &[Combination; 3]) -> Outcome {
        // Two thirds of a settlement's constraints are these.
        if let Some(wire) = boolean_wire(a, b, c).filter(|&wire| self.states[wire] == State::Unknown) {
            self.states[wire] = State::Bit;
            return Outcome::Settled;
        }
        let first = self.sum(a);
        let second = self.sum(b);
        let third = self.sum(c);
        match (first.unknown, second.unknown, third.unknown) {
            (0, 0, 0) if first.known * second.known == third.known => Outcome::Settled,
            (0, 0, 0) => Outcome::Refused,
            (0, 0, 1) => {
                let missing = first.known * second.known - third.known;
                self.set(third.wire, divide(missing, third.coefficient))
            }
            (1, 0, 0) => self.quotient(&first, &second, &third),
            (0, 1, 0) => self.quotient(&second, &first, &third),
            (_, _, 0) if c.is_empty() => self.hinted(a, b, &first, &second),
            _ => Outcome::Later,
        }
    }

    fn sum(&self, combination: &Combination) -> Sum {
        // A Montgomery product of a wire with a plain coefficient is plain, so the sum is made plain and converted once.
        let mut sum = Sum { known: Fr::ZERO, unknown: 0, wire: 0, coefficient: ONE };
        for (wire, coefficient) in combination.iter() {
            if self.states[wire] != State::Known {
                (sum.unknown, sum.wire, sum.coefficient) = (sum.unknown + 1, wire, coefficient);
            } else if !self.values[wire].is_zero() {
                sum.known += self.values[wire] * Fr::new_unchecked(BigInt(coefficient));
            }
        }
        if !sum.known.is_zero() {
            sum.known = fr_from_plain(sum.known.0.0);
        }
        sum
    }

    fn set(&mut self, wire: usize, value: Fr) -> Outcome {
        self.values[wire] = value;
        self.states[wire] = State::Known;
        Outcome::Settled
    }

    /// (coefficient·wire + rest)·factor = product. Where the factor is 0 any wire does, and circuits/lib/barycentric.circom takes 0.
    fn quotient(&mut self, unknown: &Sum, factor: &Sum, product: &Sum) -> Outcome {
        match factor.known.inverse() {
            Some(inverse) => {
                let missing = product.known * inverse - unknown.known;
                self.set(unknown.wire, divide(missing, unknown.coefficient))
            }
            None if !product.known.is_zero() => Outcome::Refused,
            None if unknown.known.is_zero() => self.set(unknown.wire, Fr::ZERO),
            None => Outcome::Later,
        }
    }

    /// A product of two combinations that is 0, with unknown wires in both.
    fn hinted(&mut self, a: &Combination, b: &Combination, first: &Sum, second: &Sum) -> Outcome {
        if first.unknown != second.unknown || first.wire != second.wire {
            return Outcome::Later;
        }
        if self.states[first.wire] == State::Bit {
            return self.range(a, b, first, second);
        }
        if first.unknown > 1 {
            return Outcome::Later;
        }
        // circuits/lib/signed_range.circom: (in − magnitude)(in + magnitude) = 0. Each factor is 0 for one magnitude.
        let roots = [first, second].map(|sum| -divide(sum.known, sum.coefficient));
        if roots[0] == -roots[1] { self.set(first.wire, magnitude(roots[0])) } else { Outcome::Later }
    }

    /// circuits/lib/range.circom: rest·(rest − 2^n) = 0 with rest = number − Σ bit_i·2^i, i < n, up to the factors' signs.
    fn range(&mut self, a: &Combination, b: &Combination, first: &Sum, second: &Sum) -> Outcome {
        let Some((bits, of_first)) = self.places(a) else { return Outcome::Later };
        let Some((same, of_second)) = self.places(b) else { return Outcome::Later };
        let top = Fr::from(2u64).pow([bits.len() as u64]);
        // What the bits would have to add up to for each factor to be 0.
        let sums = [first.known * of_first, second.known * of_second];
        let number = if sums[0] - sums[1] == top {
            sums[0]
        } else if sums[1] - sums[0] == top {
            sums[1]
        } else {
            return Outcome::Later;
        };
        if bits != same {
            return Outcome::Later;
        }
        let words = plain(&number);
        for (i, &wire) in bits.iter().enumerate() {
            self.set(wire, Fr::from(words[i / 64] >> (i % 64) & 1));
        }
        let low = words.iter().enumerate().map(|(word, &value)| match bits.len().saturating_sub(64 * word) {
            0 => 0,
            1..64 => value & ((1 << (bits.len() - 64 * word)) - 1),
            _ => value,
        });
        let low: Vec<u64> = low.collect();
        let rest = number - fr_from_plain([low[0], low[1], low[2], low[3]]);
        if rest.is_zero() || rest == top { Outcome::Settled } else { Outcome::Refused }
    }

    /// The unknown wires of a combination in the order of their places: those of 2^0, 2^1, …, all with one sign, and that sign turned
    /// around.
    fn places(&self, combination: &Combination) -> Option<(Vec<usize>, Fr)> {
        let unknown = || combination.iter().filter(|&(wire, _)| self.states[wire] != State::Known);
        let mut wires = vec![usize::MAX; unknown().count()];
        let (_, some) = unknown().next()?;
        let negative = is_negative(&some);
        for (wire, coefficient) in unknown() {
            let mut size = BigInt(coefficient);
            if negative {
                size = Fr::MODULUS;
                size.sub_with_borrow(&BigInt(coefficient));
            }
            let bit = size.num_bits() as usize;
            let power = size.0.iter().map(|word| word.count_ones()).sum::<u32>() == 1;
            let free = power && wires.get(bit - 1) == Some(&usize::MAX) && self.states[wire] == State::Bit;
            if !free {
                return None;
            }
            wires[bit - 1] = wire;
        }
        Some((wires, if negative { Fr::ONE } else { -Fr::ONE }))
    }
}

/// The wire of bit·(bit − 1) = 0, in either order and with either sign.
fn boolean_wire(a: &Combination, b: &Combination, c: &Combination) -> Option<usize> {
    let (single, pair) = if a.len() == 1 { (a, b) } else { (b, a) };
    if single.len() != 1 || pair.len() != 2 || !c.is_empty() {
        return None;
    }
    let (wire, factor) = single.iter().next()?;
    let mut terms = pair.iter();
    let ((zero, constant), (same, coefficient)) = (terms.next()?, terms.next()?);
    let is_unit = |words: &Scalar| *words == ONE || *words == minus_one();
    let opposite = constant != coefficient && is_unit(&constant) && is_unit(&coefficient);
    (zero == 0 && wire != 0 && same == wire && opposite && is_unit(&factor)).then_some(wire)
}

fn minus_one() -> Scalar {
    let [low, rest @ ..] = Fr::MODULUS.0;
    [low - 1, rest[0], rest[1], rest[2]]
}

/// Whether a number stands for a negative one: it is above r/2.
fn is_negative(words: &Scalar) -> bool {
    BigInt(*words) > Fr::MODULUS_MINUS_ONE_DIV_TWO
}

/// |x|, x the residue nearest to 0.
fn magnitude(x: Fr) -> Fr {
    if is_negative(&plain(&x)) { -x } else { x }
}

fn divide(value: Fr, coefficient: Scalar) -> Fr {
    if coefficient == ONE {
        return value;
    }
    let divisor = fr_from_plain(coefficient);
    if divisor == -Fr::ONE { -value } else { value / divisor }
}
