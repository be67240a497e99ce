// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @notice An affine point of BN254's G1; (0, 0) is infinity, as in the precompiles of EIP-196.
struct G1Point {
    uint256 x;
    uint256 y;
}

/// @notice An affine point of BN254's G2. A coordinate is [c0, c1], the element c0 + c1·u; the
/// precompile of EIP-197 wants c1 first, and only {Bn254} reorders.
struct G2Point {
    uint256[2] x;
    uint256[2] y;
}

/// @notice The verifying key of one tier: Groth16 with γ₂ = G₂, and the KZG string's [τ]₂.
/// @param ic IC_0 and one point for each public signal, in the order h2, β, y
struct VerifyingKey {
    G1Point alpha;
    G2Point beta;
    G2Point delta;
    G2Point tau;
    G1Point[4] ic;
}

/// @notice One circuit instance.
/// @param traces Q, payments in a batch at most
/// @param positions C, a power of two: the capacity of the DataNets it serves
/// @param width k, the sketch width without the blinding column
struct Tier {
    uint16 traces;
    uint16 positions;
    uint16 width;
}

/// @notice What a proof is about. A caller takes every field from the chain, never from the prover.
/// @param settlement the settlement contract that the proof was made for
/// @param batchKey {IFeeEscrow-batchKeyOf} of the batch
/// @param n0 number of the batch's first payment under the index
/// @param positions n, the length of the payout list
/// @param indexCommitment C_Φ
/// @param poolWords the pools in units, four of 56 bits a word, first one lowest
/// @param traces t_q, one for each payment
struct Statement {
    address settlement;
    bytes32 batchKey;
    uint256 indexId;
    uint256 n0;
    uint256 positions;
    G1Point indexCommitment;
    uint256[] poolWords;
    uint256[] traces;
}

/// @notice What the prover claims, in the clear.
/// @param payoutWords pay_c in units, n of them, packed as the pools are
/// @param payoutCommitment C_P
/// @param unattributed U in units: pools of payments to which no position contributed
/// @param recipient where the prover's share goes; zero where there is none
struct Claim {
    uint256[] payoutWords;
    G1Point payoutCommitment;
    uint256 unattributed;
    address recipient;
}

/// @notice The proof: Groth16's (a, b, c), the masked quotient C_q, the opening π, and three field elements.
struct Proof {
    uint256 h1;
    uint256 h2;
    uint256 y;
    G1Point cq;
    G1Point opening;
    G1Point a;
    G2Point b;
    G1Point c;
}

/// @notice What a proof has to know about an index, as the registry has it.
/// @param positions n, the length of the payout list
/// @param selector of the verifier
/// @param commitment C_Φ
struct ProvenIndex {
    uint256 datanetId;
    uint256 positions;
    bytes4 selector;
    G1Point commitment;
}

/// @notice The preimage of a batch key, without chain id and treasury address. The treasury keeps the key and no word of this:
/// who settles or expires a batch brings it.
/// @param index what the registry says about `indexId`: true of every batch that the treasury knows, and of no other
/// @param deadline second after which {IFeeEscrow-expireBatch} may be called
/// @param place of the operator's, where the treasury keeps the batch's record
/// @param proverShare in units, what the settlement's recipient is credited with
struct Batch {
    uint256 indexId;
    ProvenIndex index;
    uint256 n0;
    address operator;
    uint64 deadline;
    uint256 place;
    uint256 proverShare;
    uint256[] poolWords;
    uint256[] traces;
}
