// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IDataNetReserve} from "../interfaces/IDataNetReserve.sol";
import {IFeeEscrow} from "../interfaces/IFeeEscrow.sol";

/// @title DataNet reserve
/// @notice The owner is governance: a timelock.
contract DataNetReserve is IDataNetReserve, Ownable2Step {
    IFeeEscrow public immutable ESCROW;

    constructor(IFeeEscrow escrow, address governance) Ownable(governance) {
        ESCROW = escrow;
    }

    /// @inheritdoc IDataNetReserve
    function spend(uint256 datanetId, address to, uint256 units, string calldata purpose) external onlyOwner {
        emit Spent(datanetId, to, units, purpose);
        ESCROW.spendReserve(datanetId, to, units);
    }

    /// @inheritdoc IDataNetReserve
    function balanceOf(uint256 datanetId) external view returns (uint256) {
        return ESCROW.reserveOf(datanetId);
    }
}
