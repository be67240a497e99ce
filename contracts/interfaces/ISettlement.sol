// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Claim, G1Point, Proof} from "./AttributionTypes.sol";

/// @title Settlement
/// @notice Pays a batch on proof. Whoever brings the proof may call; the batch, not the proof, is what is used up.
interface ISettlement {
    /// @notice Router and treasury were set up over different [τ]₂.
    error TauMismatch(bytes32 router, bytes32 treasury);

    /// @notice There are not as many claims and proofs as batches, or there is no batch.
    error BatchCountMismatch(uint256 batches, uint256 claims, uint256 proofs);
    /// @notice The batches settled at once are of one index.
    error MixedIndexes(uint256 expected, uint256 indexId);

    /// @notice A batch was settled, into the book datanetId·2³² + selector. Batches that were settled at once share a checkpoint. The payouts are all that a position needs to open its total.
    event Settled(
        bytes32 indexed batchKey,
        uint256 indexed indexId,
        uint256 indexed book,
        uint256 checkpoint,
        G1Point payoutCommitment,
        uint256 paid,
        uint256 unattributed,
        address recipient,
        uint256[] payoutWords
    );

    /// @notice Verifies and pays. Key, tier, C_Φ, n and R are those that the batch was committed with.
    function settle(Batch calldata batch, Claim calldata claim, Proof calldata proof) external;

    /// @notice Batches of one index for one pairing check, and one checkpoint. A batch that was settled or expired
    /// already is passed over, so that somebody else's settlement of it spoils nothing; all others are settled or none, and
    /// every proof has to hold.
    function settleMany(Batch[] calldata batches, Claim[] calldata claims, Proof[] calldata proofs) external;
}
