pragma circom 2.2.0;

include "../generated/params.circom";
include "../lib/hash_chain.circom";
include "../lib/range.circom";

/**
 * Trace: opens the commitment of one trace, or leaves its slot empty.
 *
 * t = active · H_trace(indexId, io, n0 + slot, pool, blind, u packed). An empty slot has t = 0, which is never the
 * commitment of a payment: the contract refuses it. Its hash is put out all the same, because α must follow every u: in a group of
 * Freivalds' equation, an empty slot's u chosen after α could make up for false scores of the others.
 *
 * @param k sketch width
 * @input indexId the index that the trace is attributed with
 * @input io keccak of request and output, reduced
 * @input n0 number of the batch's first payment
 * @input slot q, the trace's place in the batch
 * @input pool what contributors get for it, in units
 * @input active 1 for a trace, 0 for an empty slot
 * @input blind the commitment's blinding
 * @input u the gradient sketch, k integers
 * @output commitment H_trace(…), of an empty slot too
 * @output trace t
 * @assumes slot is a constant
 * @enforces active is a bit; −128 ≤ u_j < 128; 0 ≤ pool < 2^48; trace as above, over one preimage only
 * @cost 8k + 48 + 2 + the hash of 5 + ⌈k/31⌉ elements
 */
template Trace(k) {
    signal input indexId;
    signal input io;
    signal input n0;
    signal input slot;
    signal input pool;
    signal input active;
    signal input blind;
    signal input u[k];
    signal output commitment;
    signal output trace;

    active * (active - 1) === 0;

    component poolRange = Range(POOL_BITS(), 0);
    poolRange.in <== pool;

    component uRange[k];
    for (var j = 0; j < k; j++) {
        uRange[j] = Range(U_BITS(), U_BIAS());
        uRange[j].in <== u[j];
    }

    // The second row adds n0 and slot in one element.
    component hash = HashChain(TAG_TRACE(), 4, [
        [2, 1, 0, 0],
        [2, 2, 0, 0],
        [2, 1, 0, 0],
        [k, U_PER_ELEMENT(), U_BITS(), U_BIAS()]
    ]);
    hash.in[0] <== indexId;
    hash.in[1] <== io;
    hash.in[2] <== n0;
    hash.in[3] <== slot;
    hash.in[4] <== pool;
    hash.in[5] <== blind;
    for (var j = 0; j < k; j++) {
        hash.in[6 + j] <== u[j];
    }

    commitment <== hash.out;
    trace <== active * commitment;
}
