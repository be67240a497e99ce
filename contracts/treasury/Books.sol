// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Params} from "../generated/Params.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {Ledgers} from "./Ledgers.sol";

/// @title What escrow and vault share: the books and the money
/// @dev OPEN held ≥ Σ pending batches + Σ credits + Σ uncollected shares + Σ over books of what is owed and what is reserved.
abstract contract Books {
    using SafeERC20 for IERC20;

    IERC20 public immutable OPEN;
    IModelRegistry public immutable MODELS;

    mapping(uint256 book => Ledgers.Ledger) internal _ledgers;

    constructor(IERC20 open, IModelRegistry models) {
        (OPEN, MODELS) = (open, models);
    }

    function _send(address to, uint256 units) internal {
        if (units != 0) OPEN.safeTransfer(to, units * Params.WEI_PER_UNIT);
    }

    function _take(address from, uint256 units) internal {
        if (units != 0) OPEN.safeTransferFrom(from, address(this), units * Params.WEI_PER_UNIT);
    }
}
