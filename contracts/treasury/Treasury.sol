// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {FeeEscrow} from "../fees/FeeEscrow.sol";
import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {IModelRegistry} from "../interfaces/IModelRegistry.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";
import {RewardVault} from "../rewards/RewardVault.sol";
import {Books} from "./Books.sol";

/// @title Treasury
/// @dev Escrow and vault over one set of books: a release moves no tokens, and a DataNet's word of amounts is written once.
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
    ) Books(open) FeeEscrow(models, reserve, beneficiaries, settleWindow) RewardVault(datanets, tau) {
        SETTLEMENT = settlement;
    }

    modifier onlySettlement() {
        if (msg.sender != SETTLEMENT) revert NotSettlement(msg.sender);
        _;
    }

    /// @inheritdoc ITreasury
    function release(bytes32 batchKey, uint256 paid, address recipient, G1Point calldata payoutCommitment)
        external
        onlySettlement
        returns (uint256 checkpoint)
    {
        (uint256 datanetId, uint256 reserved) = _release(batchKey, paid, recipient);
        return _record(datanetId, payoutCommitment, paid, reserved);
    }

    /// @inheritdoc ITreasury
    function releaseMany(
        bytes32[] calldata batchKeys,
        uint256[] calldata paid,
        address[] calldata recipients,
        G1Point calldata step
    ) external onlySettlement returns (uint256 checkpoint) {
        (uint256 datanetId, uint256 reserved) = _release(batchKeys[0], paid[0], recipients[0]);
        uint256 funds = paid[0];
        for (uint256 i = 1; i < batchKeys.length; ++i) {
            (uint256 another, uint256 more) = _release(batchKeys[i], paid[i], recipients[i]);
            if (another != datanetId) revert MixedDataNets(datanetId, another);
            reserved += more;
            funds += paid[i];
        }
        return _record(datanetId, step, funds, reserved);
    }
}
