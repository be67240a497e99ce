// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {G1Point, Tier} from "../interfaces/AttributionTypes.sol";
import {IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {AttributionIndex, IModelRegistry, IndexRegistration, Model, RevenueSplit} from "../interfaces/IModelRegistry.sol";
import {IVerifierRouter} from "../interfaces/IVerifierRouter.sol";
import {Bn254} from "../libraries/Bn254.sol";

/// @title Model registry
contract ModelRegistry is IModelRegistry {
    /// @dev A split leaves at least this much to contributors.
    uint256 private constant MAX_SPLIT_BASIS_POINTS = 9_999;

    IDataNetRegistry public immutable DATANETS;
    IVerifierRouter public immutable ROUTER;

    Model[] private _models;
    /// @inheritdoc IModelRegistry
    uint256 public indexCount;

    mapping(uint256 indexId => AttributionIndex) private _indexes;
    mapping(uint256 indexId => mapping(address operator => bool)) private _operators;
    mapping(uint256 datanetId => mapping(bytes4 selector => bool)) private _admitted;

    constructor(IDataNetRegistry datanets, IVerifierRouter router) {
        DATANETS = datanets;
        ROUTER = router;
    }

    /// @inheritdoc IModelRegistry
    function registerModel(uint256 datanetId, bytes32 baseDigest, bytes32 adapterDigest)
        external
        returns (uint256 modelId)
    {
        DATANETS.capacityOf(datanetId); // reverts where there is no such DataNet
        _models.push(Model(msg.sender, uint64(datanetId), baseDigest, adapterDigest));
        modelId = _models.length;
        emit ModelRegistered(modelId, datanetId, msg.sender, baseDigest, adapterDigest);
    }

    /// @inheritdoc IModelRegistry
    function admitVerifier(uint256 datanetId, bytes4 selector) external {
        if (!_ownsDataNet(datanetId)) revert IDataNetRegistry.NotDataNetOwner(datanetId, msg.sender);
        ROUTER.verifierOf(selector); // reverts where there is none, or one that was stopped
        _admit(datanetId, selector);
    }

    /// @inheritdoc IModelRegistry
    function registerIndex(IndexRegistration calldata registration) external returns (uint256 indexId) {
        Model memory model = modelOf(registration.modelId);
        if (model.owner != msg.sender) revert NotModelOwner(registration.modelId, msg.sender);
        _requireSplit(registration.split);
        _requireCommitment(registration.commitment);
        DATANETS.versionOf(model.datanetId, registration.datasetVersion); // reverts where there is no such version
        _requireAdmitted(model.datanetId, registration.selector);
        Tier memory tier = _tierFor(model.datanetId, registration.selector);
        uint256 taken = DATANETS.positionCount(model.datanetId);
        if (taken == 0) revert NoPositions(model.datanetId);

        indexId = ++indexCount;
        AttributionIndex storage index = _indexes[indexId];
        index.commitment = registration.commitment;
        index.datanetId = model.datanetId;
        index.positions = uint32(taken);
        index.selector = registration.selector;
        index.registeredAt = uint64(block.number);
        index.datasetVersion = uint32(registration.datasetVersion);
        index.modelId = uint64(registration.modelId);
        index.tier = tier;
        index.split = registration.split;
        index.digest = registration.digest;
        _announce(indexId, model.datanetId, taken, registration);
    }

    /// @inheritdoc IModelRegistry
    function setOperator(uint256 indexId, address operator, bool allowed) external {
        uint256 modelId = _index(indexId).modelId;
        if (modelOf(modelId).owner != msg.sender) revert NotModelOwner(modelId, msg.sender);
        _operators[indexId][operator] = allowed;
        emit OperatorChanged(indexId, operator, allowed);
    }

    /// @inheritdoc IModelRegistry
    function modelOf(uint256 modelId) public view returns (Model memory) {
        if (modelId == 0 || modelId > _models.length) revert ModelUnknown(modelId);
        return _models[modelId - 1];
    }

    /// @inheritdoc IModelRegistry
    function indexOf(uint256 indexId) external view returns (AttributionIndex memory) {
        return _index(indexId);
    }

    /// @inheritdoc IModelRegistry
    function isAdmitted(uint256 datanetId, bytes4 selector) external view returns (bool) {
        return _admitted[datanetId][selector];
    }

    /// @inheritdoc IModelRegistry
    function isOperator(uint256 indexId, address operator) external view returns (bool) {
        return _operators[indexId][operator];
    }

    /// @inheritdoc IModelRegistry
    function modelCount() external view returns (uint256) {
        return _models.length;
    }

    function _index(uint256 indexId) private view returns (AttributionIndex storage index) {
        index = _indexes[indexId];
        if (index.registeredAt == 0) revert IndexUnknown(indexId);
    }

    function _requireAdmitted(uint256 datanetId, bytes4 selector) private {
        if (_admitted[datanetId][selector]) return;
        if (!_ownsDataNet(datanetId)) revert VerifierNotAdmitted(datanetId, selector);
        _admit(datanetId, selector);
    }

    function _admit(uint256 datanetId, bytes4 selector) private {
        _admitted[datanetId][selector] = true;
        emit VerifierAdmitted(datanetId, selector);
    }

    function _ownsDataNet(uint256 datanetId) private view returns (bool) {
        return IERC721(address(DATANETS)).ownerOf(datanetId) == msg.sender;
    }

    /// @dev A payout polynomial of one domain size added to a total of another would pay the wrong positions.
    function _tierFor(uint256 datanetId, bytes4 selector) private view returns (Tier memory tier) {
        tier = ROUTER.verifierOf(selector).tier();
        uint256 capacity = DATANETS.capacityOf(datanetId);
        if (tier.positions != capacity) revert TierMismatch(tier.positions, capacity);
    }

    function _requireSplit(RevenueSplit calldata split) private pure {
        uint256 sum = uint256(split.platform) + split.modelOwner + split.stakers + split.prover;
        if (sum > MAX_SPLIT_BASIS_POINTS) revert SplitTooLarge(sum);
    }

    function _requireCommitment(G1Point calldata commitment) private view {
        if (Bn254.isInfinity(commitment)) revert CommitmentIsInfinity();
        Bn254.requireOnCurve(commitment);
    }

    function _announce(uint256 indexId, uint256 datanetId, uint256 positions, IndexRegistration calldata registration)
        private
    {
        emit IndexRegistered(
            indexId,
            registration.modelId,
            datanetId,
            positions,
            registration.commitment,
            registration.digest,
            registration.selector,
            registration.split
        );
    }
}
