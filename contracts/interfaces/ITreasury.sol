// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {G1Point} from "./AttributionTypes.sol";
import {IFeeEscrow} from "./IFeeEscrow.sol";
import {IRewardVault} from "./IRewardVault.sol";

/// @notice A proven batch, as the settlement contract tells the treasury: what its key hashes, and what the proof says.
/// @param book of the batch's DataNet under the verifier that the proof was made for
/// @param pool R, in units
/// @param paid Σ payouts, in units
/// @param payoutCommitment C_P
struct Release {
    bytes32 batchKey;
    address operator;
    uint256 place;
    uint256 book;
    uint256 pool;
    uint256 proverShare;
    uint256 paid;
    address recipient;
    G1Point payoutCommitment;
}

/// @title Treasury
/// @notice Holds all OPEN of the protocol: fees until a proof says whose they are, and rewards until they are claimed.
interface ITreasury is IFeeEscrow, IRewardVault {
    error NotSettlement(address caller);
    /// @notice Batches that are released at once are of one book.
    error MixedBooks(uint256 expected, uint256 book);

    /// @notice Releases a batch once: `paid` units of its pool become the book's rewards and the rest its reserve, the
    /// prover's share is credited to `recipient` (to the reserve where that is zero), and C_P is added to the book's total.
    /// Settlement contract only, which announces it.
    /// @return checkpoint of the total that this made
    function release(Release calldata item) external returns (uint256 checkpoint);

    /// @notice {release} of several batches of one book, for one new total. Those that are settled or expired already are passed
    /// over. Settlement contract only.
    /// @return checkpoint of the total that this made
    /// @return released which of them were not passed over
    function releaseMany(Release[] calldata items) external returns (uint256 checkpoint, bool[] memory released);
}
