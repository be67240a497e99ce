// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {positionToken} from "../datanet/DataNetPositions.sol";
import {Params} from "../generated/Params.sol";
import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {IRewardVault, PositionClaim, VaultAccount} from "../interfaces/IRewardVault.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {Domain} from "../libraries/Domain.sol";
import {KzgOpenings} from "../libraries/KzgOpenings.sol";
import {Ledgers} from "./Ledgers.sol";

/// @title Reward vault
/// @dev Looks at no verifier and no router: stopping one stops no claim.
contract RewardVault is IRewardVault, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using Ledgers for Ledgers.Ledger;
    using KzgOpenings for KzgOpenings.Sum;

    IERC20 public immutable OPEN;
    IDataNetRegistry public immutable DATANETS;
    IERC721 private immutable POSITIONS;
    address public immutable SETTLEMENT;
    /// @inheritdoc IRewardVault
    bytes32 public immutable tauDigest;

    uint256 private immutable TAU_X0;
    uint256 private immutable TAU_X1;
    uint256 private immutable TAU_Y0;
    uint256 private immutable TAU_Y1;

    mapping(uint256 datanetId => Ledgers.Ledger) private _ledgers;
    mapping(uint256 datanetId => mapping(uint256 position => uint256)) private _claimed;

    constructor(IERC20 open, IDataNetRegistry datanets, address settlement, G2Point memory tau) {
        Domain.requirePrimitiveRoot();
        Bn254.requireInSubgroup(tau);
        tauDigest = keccak256(abi.encode(tau));
        if (block.chainid != Params.DEVELOPMENT_CHAIN_ID && Params.isDevelopmentTau(tauDigest)) {
            revert DevelopmentKey(block.chainid);
        }
        (OPEN, DATANETS, SETTLEMENT) = (open, datanets, settlement);
        POSITIONS = datanets.positions();
        (TAU_X0, TAU_X1, TAU_Y0, TAU_Y1) = (tau.x[0], tau.x[1], tau.y[0], tau.y[1]);
    }

    /// @inheritdoc IRewardVault
    function record(uint256 datanetId, G1Point calldata payoutCommitment, uint256 funded)
        external
        returns (uint256 checkpoint)
    {
        if (msg.sender != SETTLEMENT) revert NotSettlement(msg.sender);
        Ledgers.Ledger storage ledger = _ledgers[datanetId];
        if (ledger.capacity == 0) ledger.capacity = DATANETS.capacityOf(datanetId).toUint32();
        G1Point memory total;
        (checkpoint, total) = ledger.advance(payoutCommitment, funded);
        emit TotalMoved(datanetId, checkpoint, total, funded);
    }

    /// @inheritdoc IRewardVault
    function claim(PositionClaim calldata item) external nonReentrant returns (uint256 units) {
        KzgOpenings.Sum memory sum;
        address owner;
        (owner, units) = _book(item);
        _add(sum, item, 1);
        if (!sum.holds(_tau())) revert OpeningRejected();
        _pay(owner, units);
    }

    /// @inheritdoc IRewardVault
    function claimMany(PositionClaim[] calldata items) external nonReentrant returns (uint256 units) {
        if (items.length == 0) revert NoClaims();
        address[] memory owners = new address[](items.length);
        uint256[] memory amounts = new uint256[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            (owners[i], amounts[i]) = _book(items[i]);
            units += amounts[i];
        }
        if (!_combine(items, owners).holds(_tau())) revert OpeningRejected();
        for (uint256 i = 0; i < items.length; ++i) {
            _pay(owners[i], amounts[i]);
        }
    }

    /// @inheritdoc IRewardVault
    function accountOf(uint256 datanetId) external view returns (VaultAccount memory) {
        Ledgers.Ledger storage ledger = _ledgers[datanetId];
        return VaultAccount(ledger.funded, ledger.paid, ledger.capacity, ledger.oldest, ledger.newest);
    }

    /// @inheritdoc IRewardVault
    function totalOf(uint256 datanetId) external view returns (G1Point memory total, uint256 checkpoint) {
        Ledgers.Ledger storage ledger = _ledgers[datanetId];
        return (ledger.total, ledger.newest);
    }

    /// @inheritdoc IRewardVault
    function claimedOf(uint256 datanetId, uint256 position) external view returns (uint256) {
        return _claimed[datanetId][position];
    }

    /// @dev Checks everything of a claim but its opening, and books it. Done item by item, so that a position that
    /// comes twice in a batch is paid once.
    function _book(PositionClaim calldata item) private returns (address owner, uint256 units) {
        Ledgers.Ledger storage ledger = _ledgers[item.datanetId];
        if (item.position >= ledger.capacity) revert PositionOutOfRange(item.position, ledger.capacity);
        // Openings are modulo r; without a bound, cumulative + r would open as well as cumulative.
        if (item.cumulative >> Params.CUMULATIVE_BITS != 0) revert CumulativeOutOfRange(item.cumulative);
        ledger.requireUsable(item.datanetId, item.checkpoint, item.total);

        uint256 claimed = _claimed[item.datanetId][item.position];
        if (item.cumulative <= claimed) revert NothingToClaim(item.datanetId, item.position);
        units = item.cumulative - claimed;
        ledger.pay(item.datanetId, units);
        _claimed[item.datanetId][item.position] = item.cumulative;
        owner = POSITIONS.ownerOf(positionToken(item.datanetId, item.position));
        emit Claimed(item.datanetId, item.position, owner, units, item.cumulative);
    }

    /// @dev Every weight hashes every item, so that no opening can be chosen to cancel another's error.
    function _combine(PositionClaim[] calldata items, address[] memory owners)
        private
        view
        returns (KzgOpenings.Sum memory sum)
    {
        bytes32 seed = keccak256(abi.encode(block.chainid, address(this), items, owners));
        for (uint256 i = 0; i < items.length; ++i) {
            _add(sum, items[i], uint256(keccak256(abi.encode(seed, i))) % Params.SCALAR_ORDER);
        }
    }

    function _add(KzgOpenings.Sum memory sum, PositionClaim calldata item, uint256 weight) private view {
        uint256 z = Domain.element(_ledgers[item.datanetId].capacity, item.position);
        sum.add(item.total, z, item.cumulative, item.opening, weight);
    }

    function _tau() private view returns (G2Point memory) {
        return G2Point([TAU_X0, TAU_X1], [TAU_Y0, TAU_Y1]);
    }

    function _pay(address owner, uint256 units) private {
        OPEN.safeTransfer(owner, units * Params.WEI_PER_UNIT);
    }
}
