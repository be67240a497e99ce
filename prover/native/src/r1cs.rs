//! circom's constraint file, read in one pass through a buffer of a few megabytes.
//!
//! It is read, not mapped: a file that another process cuts short is then an error and not a signal.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use ark_bn254::Fr;
use ark_ff::PrimeField;

use crate::error::{Error, Result};
use crate::field::Scalar;

/// Bytes of a term: wire (u32), coefficient.
const TERM_BYTES: usize = 36;
const BUFFER_BYTES: usize = 1 << 22;
/// The largest domain whose double still has roots of unity in the field.
const MAX_DOMAIN_BITS: u32 = 27;

/// A rank-1 constraint system, and where its constraints lie in the file.
pub struct R1cs {
    file: File,
    name: String,
    position: u64,
    length: u64,
    /// Wires, the constant 1 (wire 0) included.
    pub wires: usize,
    /// Public signals, wires 1 … publics.
    pub publics: usize,
    /// Public outputs, wires 1 … outputs.
    pub outputs: usize,
    /// Public and private inputs, the wires after the outputs.
    pub inputs: usize,
    pub constraints: usize,
}

/// The terms of one linear combination: wires in range, coefficients below r.
pub struct Combination<'a> {
    terms: &'a [u8],
}

/// The terms of a linear combination, kept.
pub struct OwnedCombination {
    terms: Vec<u8>,
}

impl OwnedCombination {
    pub fn as_ref(&self) -> Combination<'_> {
        Combination { terms: &self.terms }
    }
}

impl Combination<'_> {
    pub fn to_owned(&self) -> OwnedCombination {
        OwnedCombination { terms: self.terms.to_vec() }
    }

    pub fn len(&self) -> usize {
        self.terms.len() / TERM_BYTES
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (usize, Scalar)> {
        self.terms.chunks_exact(TERM_BYTES).map(|term| {
            let word = |at: usize| u64::from_le_bytes(term[at..at + 8].try_into().expect("eight bytes"));
            let wire = u32::from_le_bytes(term[..4].try_into().expect("four bytes"));
            (wire as usize, [word(4), word(12), word(20), word(28)])
        })
    }
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
}

/// Whether a is below r.
fn is_reduced(a: &Scalar) -> bool {
    a.iter().rev().lt(Fr::MODULUS.0.iter().rev())
}

impl R1cs {
    /// Opens a constraint file and checks its header against the rest of the file.
    ///
    /// # Errors
    /// `TRB_FILE_MISSING`, `TRB_FILE_CORRUPT`, and `TRB_PROOF_R1CS` for another field.
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path)
            .map_err(|cause| Error::new("TRB_FILE_MISSING", "an r1cs file is missing").details(format!("{name}: {cause}")))?;
        let sections = section_table(&file, b"r1cs").map_err(|details| corrupt(&name, &details))?;
        let find = |id: u32| {
            let found = sections.iter().find(|section| section.id == id);
            found.ok_or_else(|| corrupt(&name, &format!("section {id} is missing")))
        };
        let (head, body, labels) = (find(1)?, find(2)?, find(3)?);
        let mut header = [0; 64];
        if head.length != 64 || file.read_exact_at(&mut header, head.position).is_err() {
            return Err(corrupt(&name, "its header is not 64 bytes long"));
        }
        let modulus: Vec<u8> = Fr::MODULUS.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        if u32_at(&header, 0) != 32 || header[4..36] != modulus[..] {
            return Err(Error::new("TRB_PROOF_R1CS", "this circuit was not compiled for BN254").details(name));
        }
        let outputs = u32_at(&header, 40);
        let publics = outputs + u32_at(&header, 44);
        let inputs = u32_at(&header, 44) + u32_at(&header, 48);
        let (wires, constraints) = (u32_at(&header, 36), u32_at(&header, 60));
        // What the header says decides how much memory is asked for, so it must agree with the sections' sizes.
        if labels.length != 8 * wires as u64 || outputs + inputs >= wires || body.length < 12 * constraints as u64 {
            return Err(corrupt(&name, "its header does not agree with its sections"));
        }
        if (constraints + publics) >> MAX_DOMAIN_BITS != 0 {
            return Err(corrupt(&name, "it has more constraints than the field has roots of unity"));
        }
        Ok(Self { file, name, position: body.position, length: body.length, wires, publics, outputs, inputs, constraints })
    }

    /// The domain that snarkjs takes: room for the constraints and a row for each public wire and the constant.
    pub fn domain(&self) -> usize {
        2 << (self.constraints + self.publics).ilog2()
    }

    /// Hands each constraint's three combinations to `visit`, in order.
    ///
    /// # Errors
    /// `TRB_FILE_CORRUPT`, `TRB_FILE_READ`, and what `visit` returns.
    pub fn for_each(&self, mut visit: impl FnMut(usize, [Combination; 3]) -> Result<()>) -> Result<()> {
        let mut reader = Window { r1cs: self, buffer: Vec::new(), start: 0, next: 0 };
        for constraint in 0..self.constraints {
            let mut ends = [0; 4];
            for matrix in 0..3 {
                let at = ends[matrix];
                reader.fill(at + 4)?;
                let count = u32_at(reader.bytes(), at);
                ends[matrix + 1] = at + 4 + count * TERM_BYTES;
                reader.fill(ends[matrix + 1])?;
            }
            let combinations = [0, 1, 2].map(|m| Combination { terms: &reader.bytes()[ends[m] + 4..ends[m + 1]] });
            for (wire, coefficient) in combinations.iter().flat_map(Combination::iter) {
                if wire >= self.wires || !is_reduced(&coefficient) {
                    return Err(corrupt(&self.name, &format!("a term of constraint {constraint} is out of range")));
                }
            }
            visit(constraint, combinations)?;
            reader.start += ends[3];
        }
        if reader.next != self.length || reader.start != reader.buffer.len() {
            return Err(corrupt(&self.name, "bytes are left after the last constraint"));
        }
        Ok(())
    }
}

/// The part of the constraints' section that is in memory.
struct Window<'a> {
    r1cs: &'a R1cs,
    buffer: Vec<u8>,
    /// Where in the buffer the present constraint begins.
    start: usize,
    /// How much of the section was read.
    next: u64,
}

impl Window<'_> {
    fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Sees to it that at least `length` bytes of the present constraint are in the buffer.
    fn fill(&mut self, length: usize) -> Result<()> {
        let there = self.buffer.len() - self.start;
        if there >= length {
            return Ok(());
        }
        let left = self.r1cs.length - self.next;
        if (length - there) as u64 > left {
            return Err(corrupt(&self.r1cs.name, "a constraint is longer than what is left of its section"));
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let more = left.min((BUFFER_BYTES.max(length) - there) as u64) as usize;
        self.buffer.resize(there + more, 0);
        self.r1cs.file.read_exact_at(&mut self.buffer[there..], self.r1cs.position + self.next).map_err(|cause| {
            Error::new("TRB_FILE_READ", "an r1cs file could not be read").details(format!("{}: {cause}", self.r1cs.name))
        })?;
        self.next += more as u64;
        Ok(())
    }
}

/// A section of a binary file of circom and snarkjs.
struct Section {
    id: u32,
    position: u64,
    length: u64,
}

const MAX_SECTIONS: usize = 64;

fn section_table(file: &File, magic: &[u8; 4]) -> std::result::Result<Vec<Section>, String> {
    let total = file.metadata().map_err(|cause| cause.to_string())?.len();
    let read = |position: u64| {
        let mut bytes = [0; 12];
        let end = format!("the file ends before byte {}", position + 12);
        file.read_exact_at(&mut bytes, position).map(|()| bytes).map_err(|_| end)
    };
    let header = read(0)?;
    if header[..4] != magic[..] {
        return Err(format!("it does not begin with \"{}\"", String::from_utf8_lossy(magic)));
    }
    let count = u32_at(&header, 8);
    if count > MAX_SECTIONS {
        return Err(format!("{count} sections"));
    }
    let mut position = 12;
    let mut sections = Vec::with_capacity(count);
    for _ in 0..count {
        let head = read(position)?;
        let id = u32_at(&head, 0) as u32;
        let length = u64::from_le_bytes(head[4..].try_into().expect("eight bytes"));
        position += 12;
        if length > total.saturating_sub(position) {
            return Err(format!("section {id} is cut off"));
        }
        sections.push(Section { id, position, length });
        position += length;
    }
    Ok(sections)
}

fn corrupt(name: &str, details: &str) -> Error {
    Error::new("TRB_FILE_CORRUPT", "this is not a whole r1cs file").details(format!("{name}: {details}"))
}
