// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Params} from "../generated/Params.sol";
import {IDataNetReserve} from "../interfaces/IDataNetReserve.sol";

/// @title DataNet reserve
/// @notice The owner is governance: a timelock.
contract DataNetReserve is IDataNetReserve, Ownable2Step {
    using SafeERC20 for IERC20;

    IERC20 public immutable OPEN;
    address public immutable ESCROW;

    mapping(uint256 datanetId => uint256) private _balances;

    constructor(IERC20 open, address escrow, address governance) Ownable(governance) {
        OPEN = open;
        ESCROW = escrow;
    }

    /// @inheritdoc IDataNetReserve
    function credit(uint256 datanetId, uint256 units) external {
        if (msg.sender != ESCROW) revert NotEscrow(msg.sender);
        _balances[datanetId] += units;
        emit Reserved(datanetId, units);
    }

    /// @inheritdoc IDataNetReserve
    function spend(uint256 datanetId, address to, uint256 units, string calldata purpose) external onlyOwner {
        uint256 balance = _balances[datanetId];
        if (units > balance) revert ReserveTooSmall(datanetId, units, balance);
        _balances[datanetId] = balance - units;
        emit Spent(datanetId, to, units, purpose);
        OPEN.safeTransfer(to, units * Params.WEI_PER_UNIT);
    }

    /// @inheritdoc IDataNetReserve
    function balanceOf(uint256 datanetId) external view returns (uint256) {
        return _balances[datanetId];
    }
}
