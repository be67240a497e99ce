// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {G1Point} from "./AttributionTypes.sol";
import {IFeeEscrow} from "./IFeeEscrow.sol";
import {IRewardVault} from "./IRewardVault.sol";

/// @title Treasury
/// @notice Holds all OPEN of the protocol: fees until a proof says whose they are, and rewards until they are claimed.
interface ITreasury is IFeeEscrow, IRewardVault {
    error NotSettlement(address caller);
    /// @notice Batches that are released at once are of one DataNet.
    error MixedDataNets(uint256 expected, uint256 datanetId);

    /// @notice Releases a batch once: `paid` units of its pool become the DataNet's rewards and the rest its reserve, the
    /// prover's share is credited to `recipient` (to the reserve where that is zero), and C_P is added to the DataNet's total.
    /// Settlement contract only, which announces it.
    /// @return checkpoint of the total that this made
    function release(bytes32 batchKey, uint256 paid, address recipient, G1Point calldata payoutCommitment)
        external
        returns (uint256 checkpoint);

    /// @notice {release} of several batches of one DataNet, for one new total. Settlement contract only.
    /// @param step the sum of their C_P
    function releaseMany(
        bytes32[] calldata batchKeys,
        uint256[] calldata paid,
        address[] calldata recipients,
        G1Point calldata step
    ) external returns (uint256 checkpoint);
}
