// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {G1Point} from "./AttributionTypes.sol";

/// @notice One position's claim against one checkpoint.
/// @param checkpoint of the total it opens, as the settlement announced it
/// @param total the point of that checkpoint
/// @param position c
/// @param cumulative everything the position ever earned by that checkpoint, in units
/// @param opening π of `total` at ω^c
struct PositionClaim {
    uint256 datanetId;
    uint256 checkpoint;
    G1Point total;
    uint256 position;
    uint256 cumulative;
    G1Point opening;
}

/// @notice A DataNet's books, in units.
/// @param owed what settlements brought and positions did not claim yet
/// @param reserve what no position earned
/// @param capacity C; 0 before the first settlement
/// @param checkpoint of the newest total; 0 before the first settlement
struct VaultAccount {
    uint64 owed;
    uint64 reserve;
    uint16 capacity;
    uint64 checkpoint;
}

/// @title Reward vault
/// @notice Keeps, for each DataNet, one commitment to what every position has ever earned, and pays on openings of it.
interface IRewardVault {
    /// @notice There was no such total at this checkpoint, or it was replaced more than a day ago and is not kept any more.
    error CheckpointUnknown(uint256 datanetId, uint256 checkpoint);
    /// @notice The position is C or above.
    error PositionOutOfRange(uint256 position, uint256 capacity);
    /// @notice 2⁹⁶ or above.
    error CumulativeOutOfRange(uint256 cumulative);
    /// @notice Nothing new since the position's last claim.
    error NothingToClaim(uint256 datanetId, uint256 position);
    /// @notice The pairing product is not one.
    error OpeningRejected();
    /// @notice The DataNet's positions would get more than its settlements brought.
    error FundsExceeded(uint256 datanetId, uint256 units, uint256 owed);
    error NoClaims();
    /// @notice The development [τ]₂, whose secret is public, on a chain that is not the development chain.
    error DevelopmentKey(uint256 chainId);

    event Claimed(
        uint256 indexed datanetId, uint256 indexed position, address indexed owner, uint256 units, uint256 cumulative
    );

    /// @notice Pays what the position earned by the checkpoint and has not been paid, to the position's owner. Anybody may call.
    function claim(PositionClaim calldata item) external returns (uint256 units);

    /// @notice Many claims, of any DataNets and checkpoints, for one pairing check. All are paid or none.
    function claimMany(PositionClaim[] calldata items) external returns (uint256 units);

    function accountOf(uint256 datanetId) external view returns (VaultAccount memory);

    /// @notice The newest total and its checkpoint; infinity and 0 before the first settlement.
    function totalOf(uint256 datanetId) external view returns (G1Point memory total, uint256 checkpoint);

    /// @notice Units that a position has been paid.
    function claimedOf(uint256 datanetId, uint256 position) external view returns (uint256);

    /// @notice keccak of the [τ]₂ that openings are checked with.
    function tauDigest() external view returns (bytes32);
}
