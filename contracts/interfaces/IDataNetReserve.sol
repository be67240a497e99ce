// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title What no position earned
/// @notice Unattributed pools, rounding and expired batches. The treasury keeps them by book; governance spends them here.
interface IDataNetReserve {
    event Spent(uint256 indexed book, address indexed to, uint256 units, string purpose);

    /// @notice Sends units of a book's reserve. Owner (governance) only.
    function spend(uint256 book, address to, uint256 units, string calldata purpose) external;

    /// @notice Units in a book's reserve.
    function balanceOf(uint256 book) external view returns (uint256);
}
