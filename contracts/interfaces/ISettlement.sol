// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Claim, G1Point, Proof} from "./AttributionTypes.sol";

/// @title Settlement
/// @notice Pays a batch on proof. Whoever brings the proof may call; the batch, not the proof, is what is used up.
interface ISettlement {
    /// @notice Router and vault were set up over different [τ]₂.
    error TauMismatch(bytes32 router, bytes32 vault);

    /// @notice A batch was settled. The payouts are all that a position needs to open its total.
    event Settled(
        bytes32 indexed batchKey,
        uint256 indexed indexId,
        uint256 indexed datanetId,
        uint256 checkpoint,
        G1Point payoutCommitment,
        uint256 paid,
        uint256 unattributed,
        address recipient,
        uint256[] payoutWords
    );

    /// @notice Verifies and pays. Key, tier, C_Φ and n come from the registry, R from the escrow.
    function settle(Batch calldata batch, Claim calldata claim, Proof calldata proof) external;
}
