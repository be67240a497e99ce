// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {G1Point} from "./AttributionTypes.sol";

/// @notice One position's claim against one total of one book.
/// @param book datanetId·2³² + the verifier's selector
/// @param checkpoint of the total it opens, as the settlement announced it
/// @param total the point of that checkpoint
/// @param position c
/// @param cumulative everything the position ever earned in this book by that checkpoint, in units
/// @param opening π of `total` at ω^c
struct PositionClaim {
    uint256 book;
    uint256 checkpoint;
    G1Point total;
    uint256 position;
    uint256 cumulative;
    G1Point opening;
}

/// @notice A book's state, amounts in units.
/// @param owed what settlements brought and positions did not claim yet
/// @param reserve what no position earned
/// @param capacity C of the verifier's tier; 0 before the first settlement
/// @param checkpoint of the newest total; 0 before the first settlement
/// @param closing checkpoint of the last total of the period before, which claims hold against for a day; 0 where there is none
struct VaultAccount {
    uint64 owed;
    uint64 reserve;
    uint16 capacity;
    uint64 checkpoint;
    uint64 closing;
}

/// @title Reward vault
/// @notice Keeps, for each DataNet and verifier, a book: one commitment to what every position has ever earned under that
/// verifier, and the money that came for it. It pays on openings of the commitment. What a false proof wrote into one book
/// is worth nothing in another.
interface IRewardVault {
    /// @notice There was no such total in this book, or it is not kept any more.
    error CheckpointUnknown(uint256 book, uint256 checkpoint);
    /// @notice The position is C or above.
    error PositionOutOfRange(uint256 position, uint256 capacity);
    /// @notice 2⁹⁶ or above.
    error CumulativeOutOfRange(uint256 cumulative);
    /// @notice Nothing new since the position's last claim.
    error NothingToClaim(uint256 book, uint256 position);
    /// @notice The pairing product is not one.
    error OpeningRejected();
    /// @notice The book's positions would get more than its settlements brought.
    error FundsExceeded(uint256 book, uint256 units, uint256 owed);
    error NoClaims();
    /// @notice The position's holder is a contract, which may have no way to move OPEN: only it may claim.
    error HolderIsContract(address holder);
    /// @notice The development [τ]₂, whose secret is public, on a chain that is not the development chain.
    error DevelopmentKey(uint256 chainId);

    event Claimed(
        uint256 indexed book, uint256 indexed position, address indexed owner, uint256 units, uint256 cumulative
    );

    /// @notice Pays what the position earned by the checkpoint and has not been paid, to the position's owner. Anybody may
    /// call for an owner without code (or with one that EIP-7702 delegates); a contract claims for itself.
    function claim(PositionClaim calldata item) external returns (uint256 units);

    /// @notice Many claims, of any books and checkpoints, for one pairing check. What was paid already is passed over, so that
    /// somebody else's claim of it spoils nothing; whatever else is wrong with one of them refuses all.
    function claimMany(PositionClaim[] calldata items) external returns (uint256 units);

    function accountOf(uint256 book) external view returns (VaultAccount memory);

    /// @notice The newest total and its checkpoint; infinity and 0 before the first settlement.
    function totalOf(uint256 book) external view returns (G1Point memory total, uint256 checkpoint);

    /// @notice The last total of the period before and its checkpoint; infinity and 0 where there was none.
    function closingTotalOf(uint256 book) external view returns (G1Point memory total, uint256 checkpoint);

    /// @notice Units that a position has been paid from a book.
    function claimedOf(uint256 book, uint256 position) external view returns (uint256);

    /// @notice keccak of the [τ]₂ that openings are checked with.
    function tauDigest() external view returns (bytes32);
}
