// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {DataNetPositions, positionToken} from "../datanet/DataNetPositions.sol";
import {Params} from "../generated/Params.sol";
import {G1Point, G2Point} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {IRewardVault, PositionClaim, VaultAccount} from "../interfaces/IRewardVault.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {Domain} from "../libraries/Domain.sol";
import {Holders} from "../libraries/Holders.sol";
import {KzgOpenings} from "../libraries/KzgOpenings.sol";
import {Books} from "../treasury/Books.sol";
import {Ledgers} from "../treasury/Ledgers.sol";

/// @title Reward vault
/// @dev Looks at no verifier and no router: stopping one stops no claim.
abstract contract RewardVault is Books, IRewardVault, ReentrancyGuardTransient {
    using Ledgers for Ledgers.Ledger;
    using KzgOpenings for KzgOpenings.Sum;

    /// @dev A claim that passed every check but its opening's.
    /// @param z ω^c
    struct Payment {
        address owner;
        uint256 units;
        uint256 z;
    }

    IDataNetRegistry public immutable DATANETS;
    DataNetPositions private immutable POSITIONS;
    /// @inheritdoc IRewardVault
    bytes32 public immutable tauDigest;

    uint256 private immutable TAU_X0;
    uint256 private immutable TAU_X1;
    uint256 private immutable TAU_Y0;
    uint256 private immutable TAU_Y1;

    /// @dev What positions were paid from books that are not their DataNet's first, two to a word.
    mapping(uint256 book => mapping(uint256 pair => uint256)) private _claimed;

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
        G1Point memory total = item.total;
        address owner;
        uint256 z;
        (owner, units, z) = _book(item, total);
        if (units == 0) revert NothingToClaim(item.book, item.position);
        if (!KzgOpenings.opens(total, z, item.cumulative, item.opening, _tau())) revert OpeningRejected();
        _send(owner, units);
    }

    /// @inheritdoc IRewardVault
    function claimMany(PositionClaim[] calldata items) external nonReentrant returns (uint256 units) {
        if (items.length == 0) revert NoClaims();
        Payment[] memory payments = new Payment[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            Payment memory payment = payments[i];
            (payment.owner, payment.units, payment.z) = _book(items[i], items[i].total);
            units += payment.units;
        }
        if (units == 0) return 0;
        if (!_combine(items, payments).holds(_tau())) revert OpeningRejected();
        for (uint256 i = 0; i < items.length; ++i) {
            _send(payments[i].owner, payments[i].units);
        }
    }

    /// @inheritdoc IRewardVault
    function accountOf(uint256 book) external view returns (VaultAccount memory) {
        Ledgers.Account memory account = _ledgers[book].account;
        return VaultAccount(account.owed, account.reserve, account.capacity, account.count, account.closing);
    }

    /// @inheritdoc IRewardVault
    function totalOf(uint256 book) external view returns (G1Point memory total, uint256 checkpoint) {
        return (_ledgers[book].newest(), _ledgers[book].account.count);
    }

    /// @inheritdoc IRewardVault
    function closingTotalOf(uint256 book) external view returns (G1Point memory total, uint256 checkpoint) {
        return (_ledgers[book].closing(), _ledgers[book].account.closing);
    }

    /// @inheritdoc IRewardVault
    function claimedOf(uint256 book, uint256 position) external view returns (uint256) {
        if (_ledgers[book].account.home) return POSITIONS.claimedOf(_token(book, position));
        return uint128(_claimed[book][position >> 1] >> _half(position));
    }

    /// @dev Adds a settlement to the book and moves its total. The first one opens the book, with the terms that it was
    /// admitted with.
    function _record(uint256 book, G1Point memory step, uint256 funds, uint256 reserved)
        internal
        returns (uint256 checkpoint)
    {
        Ledgers.Ledger storage ledger = _ledgers[book];
        Ledgers.Account memory account = ledger.account;
        if (account.capacity == 0) {
            (uint256 capacity, uint256 number) = MODELS.bookTerms(book >> 32, bytes4(uint32(book)));
            (account.capacity, account.home) = (uint16(capacity), number == 1);
        }
        return ledger.advance(account, step, funds, reserved);
    }

    /// @dev Checks everything of a claim but its opening, and books it: no units where it was paid before. Done item by
    /// item, so that a position that comes twice in a batch is paid once.
    function _book(PositionClaim calldata item, G1Point memory total)
        private
        returns (address owner, uint256 units, uint256 z)
    {
        Ledgers.Ledger storage ledger = _ledgers[item.book];
        (uint256 capacity, bool home) = (ledger.account.capacity, ledger.account.home);
        if (item.position >= capacity) revert PositionOutOfRange(item.position, capacity);
        // Openings are modulo r; without a bound, cumulative + r would open as well as cumulative.
        if (item.cumulative >> Params.CUMULATIVE_BITS != 0) revert CumulativeOutOfRange(item.cumulative);

        uint256 claimed;
        (owner, claimed) = _note(item, home);
        if (item.cumulative <= claimed) return (owner, 0, 0);
        ledger.requireTotal(item.book, item.checkpoint, total);
        if (owner != msg.sender && Holders.isContract(owner)) revert HolderIsContract(owner);
        unchecked {
            units = item.cumulative - claimed;
        }
        z = Domain.element(capacity, item.position);
        ledger.pay(item.book, units);
        emit Claimed(item.book, item.position, owner, units, item.cumulative);
    }

    /// @dev Raises what a position was paid from a book. @return claimed what it was before
    function _note(PositionClaim calldata item, bool home) private returns (address owner, uint256 claimed) {
        uint256 token = _token(item.book, item.position);
        if (home) return POSITIONS.book(token, uint96(item.cumulative));
        owner = POSITIONS.ownerOf(token);
        mapping(uint256 => uint256) storage words = _claimed[item.book];
        uint256 shift = _half(item.position);
        uint256 word = words[item.position >> 1];
        claimed = uint128(word >> shift);
        if (item.cumulative > claimed) words[item.position >> 1] = word ^ ((claimed ^ item.cumulative) << shift);
    }

    /// @dev Every weight hashes every item, so that no opening can be chosen to cancel another's error.
    function _combine(PositionClaim[] calldata items, Payment[] memory payments)
        private
        view
        returns (KzgOpenings.Sum memory sum)
    {
        bytes32 seed = keccak256(abi.encode(block.chainid, address(this), items));
        for (uint256 i = 0; i < items.length; ++i) {
            if (payments[i].units == 0) continue;
            uint256 weight = uint256(keccak256(abi.encode(seed, i))) % Params.SCALAR_ORDER;
            sum.add(items[i].total, payments[i].z, items[i].cumulative, items[i].opening, weight);
        }
    }

    function _tau() private view returns (G2Point memory) {
        return G2Point([TAU_X0, TAU_X1], [TAU_Y0, TAU_Y1]);
    }

    function _token(uint256 book, uint256 position) private pure returns (uint256) {
        return positionToken(book >> 32, position);
    }

    function _half(uint256 position) private pure returns (uint256) {
        return (position & 1) << 7;
    }
}
