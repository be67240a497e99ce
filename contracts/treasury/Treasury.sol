// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {FeeEscrow} from "../fees/FeeEscrow.sol";
import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {BatchStatus} from "../interfaces/IFeeEscrow.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {ITreasury, Release} from "../interfaces/ITreasury.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {RewardVault} from "../rewards/RewardVault.sol";
import {Books} from "./Books.sol";

/// @title Treasury
/// @dev Escrow and vault over one set of books: a release moves no tokens, and a book's word of amounts is written once.
contract Treasury is FeeEscrow, RewardVault, ITreasury {
    address public immutable SETTLEMENT;

    /// @param beneficiaries the platform's and the stakers' addresses
    constructor(
        IERC20 open,
        IDataNetRegistry datanets,
        IModelRegistry models,
        address reserve,
        address settlement,
        address[2] memory beneficiaries,
        uint64 settleWindow,
        G2Point memory tau
    ) Books(open, models) FeeEscrow(reserve, beneficiaries, settleWindow) RewardVault(datanets, tau) {
        SETTLEMENT = settlement;
    }

    modifier onlySettlement() {
        if (msg.sender != SETTLEMENT) revert NotSettlement(msg.sender);
        _;
    }

    /// @inheritdoc ITreasury
    function release(Release calldata item) external onlySettlement returns (uint256 checkpoint) {
        (BatchStatus before, uint256 reserved) = _release(item);
        if (before != BatchStatus.Pending) revert BatchNotPending(item.batchKey, before);
        return _record(item.book, item.payoutCommitment, item.paid, reserved);
    }

    /// @inheritdoc ITreasury
    function releaseMany(Release[] calldata items)
        external
        onlySettlement
        returns (uint256 checkpoint, bool[] memory released)
    {
        released = new bool[](items.length);
        (uint256 funds, uint256 reserved, bool any) = (0, 0, false);
        G1Point memory step;
        for (uint256 i = 0; i < items.length; ++i) {
            Release calldata item = items[i];
            if (item.book != items[0].book) revert MixedBooks(items[0].book, item.book);
            (BatchStatus before, uint256 left) = _release(item);
            if (before == BatchStatus.None) revert BatchNotPending(item.batchKey, before);
            if (before != BatchStatus.Pending) continue;
            (released[i], any) = (true, true);
            (funds, reserved) = (funds + item.paid, reserved + left);
            step = Bn254.add(step, item.payoutCommitment);
        }
        if (any) checkpoint = _record(items[0].book, step, funds, reserved);
    }
}
