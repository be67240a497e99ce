// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {DataNetPositions, positionToken} from "../datanet/DataNetPositions.sol";
import {Params} from "../generated/Params.sol";
import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {IRewardVault, PositionClaim, VaultAccount} from "../interfaces/IRewardVault.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {Domain} from "../libraries/Domain.sol";
import {KzgOpenings} from "../libraries/KzgOpenings.sol";
import {Books} from "../treasury/Books.sol";
import {Ledgers} from "../treasury/Ledgers.sol";

/// @title Reward vault
/// @dev Looks at no verifier and no router: stopping one stops no claim.
abstract contract RewardVault is Books, IRewardVault, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using Ledgers for Ledgers.Ledger;
    using KzgOpenings for KzgOpenings.Sum;

    IDataNetRegistry public immutable DATANETS;
    DataNetPositions private immutable POSITIONS;
    /// @inheritdoc IRewardVault
    bytes32 public immutable tauDigest;

    uint256 private immutable TAU_X0;
    uint256 private immutable TAU_X1;
    uint256 private immutable TAU_Y0;
    uint256 private immutable TAU_Y1;

    constructor(IDataNetRegistry datanets, G2Point memory tau) {
        Domain.requirePrimitiveRoot();
        Bn254.requireInSubgroup(tau);
        tauDigest = keccak256(abi.encode(tau));
        if (block.chainid != Params.DEVELOPMENT_CHAIN_ID && Params.isDevelopmentTau(tauDigest)) {
            revert DevelopmentKey(block.chainid);
        }
        DATANETS = datanets;
        POSITIONS = DataNetPositions(address(datanets.positions()));
        (TAU_X0, TAU_X1, TAU_Y0, TAU_Y1) = (tau.x[0], tau.x[1], tau.y[0], tau.y[1]);
    }

    /// @inheritdoc IRewardVault
    function claim(PositionClaim calldata item) external nonReentrant returns (uint256 units) {
        KzgOpenings.Sum memory sum;
        address owner;
        (owner, units) = _book(item);
        _add(sum, item, 1);
        if (!sum.holds(_tau())) revert OpeningRejected();
        _send(owner, units);
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
            _send(owners[i], amounts[i]);
        }
    }

    /// @inheritdoc IRewardVault
    function accountOf(uint256 datanetId) external view returns (VaultAccount memory) {
        Ledgers.Account memory account = _ledgers[datanetId].account;
        return VaultAccount(account.owed, account.reserve, account.capacity, uint64(Ledgers.newest(account)));
    }

    /// @inheritdoc IRewardVault
    function totalOf(uint256 datanetId) external view returns (G1Point memory total, uint256 checkpoint) {
        return (_ledgers[datanetId].total(), Ledgers.newest(_ledgers[datanetId].account));
    }

    /// @inheritdoc IRewardVault
    function claimedOf(uint256 datanetId, uint256 position) external view returns (uint256) {
        return POSITIONS.claimedOf(positionToken(datanetId, position));
    }

    /// @dev Adds a settlement to the DataNet's books and moves its total.
    function _record(uint256 datanetId, G1Point calldata step, uint256 funds, uint256 reserved)
        internal
        returns (uint256 checkpoint)
    {
        Ledgers.Ledger storage ledger = _ledgers[datanetId];
        if (ledger.account.capacity == 0) ledger.account.capacity = DATANETS.capacityOf(datanetId).toUint16();
        return ledger.advance(step, funds, reserved);
    }

    /// @dev Checks everything of a claim but its opening, and books it. Done item by item, so that a position that
    /// comes twice in a batch is paid once.
    function _book(PositionClaim calldata item) private returns (address owner, uint256 units) {
        Ledgers.Ledger storage ledger = _ledgers[item.datanetId];
        uint256 capacity = ledger.account.capacity;
        if (item.position >= capacity) revert PositionOutOfRange(item.position, capacity);
        // Openings are modulo r; without a bound, cumulative + r would open as well as cumulative.
        if (item.cumulative >> Params.CUMULATIVE_BITS != 0) revert CumulativeOutOfRange(item.cumulative);
        ledger.requireTotal(item.datanetId, item.checkpoint, item.total);

        uint256 claimed;
        (owner, claimed) = POSITIONS.book(positionToken(item.datanetId, item.position), uint96(item.cumulative));
        if (item.cumulative <= claimed) revert NothingToClaim(item.datanetId, item.position);
        units = item.cumulative - claimed;
        ledger.pay(item.datanetId, units);
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
        uint256 z = Domain.element(_ledgers[item.datanetId].account.capacity, item.position);
        sum.add(item.total, z, item.cumulative, item.opening, weight);
    }

    function _tau() private view returns (G2Point memory) {
        return G2Point([TAU_X0, TAU_X1], [TAU_Y0, TAU_Y1]);
    }
}
