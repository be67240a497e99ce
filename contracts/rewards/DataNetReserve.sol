// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IDataNetReserve} from "../interfaces/IDataNetReserve.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";

/// @title DataNet reserve
/// @notice The owner is governance: a timelock.
contract DataNetReserve is IDataNetReserve, Ownable2Step {
    ITreasury public immutable TREASURY;

    constructor(ITreasury treasury, address governance) Ownable(governance) {
        TREASURY = treasury;
    }

    /// @inheritdoc IDataNetReserve
    function spend(uint256 book, address to, uint256 units, string calldata purpose) external onlyOwner {
        emit Spent(book, to, units, purpose);
        TREASURY.spendReserve(book, to, units);
    }

    /// @inheritdoc IDataNetReserve
    function balanceOf(uint256 book) external view returns (uint256) {
        return TREASURY.reserveOf(book);
    }
}
