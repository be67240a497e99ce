// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Params} from "../generated/Params.sol";
import {DataNetVersion, IDataNetRegistry} from "../interfaces/IDataNetRegistry.sol";
import {DataNetPositions, positionToken} from "./DataNetPositions.sol";

/// @title DataNet registry
contract DataNetRegistry is ERC721, IDataNetRegistry {
    DataNetPositions private immutable POSITIONS;

    uint256 private _count;
    mapping(uint256 datanetId => uint256) private _positionCounts;
    mapping(uint256 datanetId => DataNetVersion[]) private _versions;

    /// @param treasury which notes in a position what it was paid
    constructor(address treasury) ERC721("Tributary DataNet", "TRBD") {
        POSITIONS = new DataNetPositions(treasury);
    }

    modifier onlyDataNetOwner(uint256 datanetId) {
        if (_ownerOf(datanetId) != msg.sender) revert NotDataNetOwner(datanetId, msg.sender);
        _;
    }

    modifier exists(uint256 datanetId) {
        if (_ownerOf(datanetId) == address(0)) revert DataNetUnknown(datanetId);
        _;
    }

    /// @inheritdoc IDataNetRegistry
    function create(string calldata name) external returns (uint256 datanetId) {
        datanetId = ++_count;
        _mint(msg.sender, datanetId);
        emit DataNetCreated(datanetId, msg.sender, name);
    }

    /// @inheritdoc IDataNetRegistry
    function join(uint256 datanetId, address[] calldata contributors)
        external
        exists(datanetId)
        onlyDataNetOwner(datanetId)
        returns (uint256 first)
    {
        if (contributors.length == 0) revert NoContributors();
        first = _positionCounts[datanetId];
        if (contributors.length > Params.MAX_POSITIONS - first) revert DataNetFull(datanetId, Params.MAX_POSITIONS);
        _positionCounts[datanetId] = first + contributors.length;
        for (uint256 i = 0; i < contributors.length; ++i) {
            POSITIONS.mint(contributors[i], positionToken(datanetId, first + i));
            emit PositionJoined(datanetId, first + i, contributors[i]);
        }
    }

    /// @inheritdoc IDataNetRegistry
    function addVersion(uint256 datanetId, bytes32 rowRoot, uint64 rowCount)
        external
        exists(datanetId)
        onlyDataNetOwner(datanetId)
        returns (uint256 version)
    {
        if (rowRoot == 0 || rowCount == 0) revert EmptyVersion();
        DataNetVersion[] storage versions = _versions[datanetId];
        version = versions.length + 1;
        if (version > 1 && rowCount < versions[version - 2].rowCount) {
            revert RowsWithdrawn(datanetId, rowCount, versions[version - 2].rowCount);
        }
        versions.push(DataNetVersion(rowRoot, rowCount, uint64(block.timestamp)));
        emit VersionAdded(datanetId, version, rowRoot, rowCount);
    }

    /// @inheritdoc IDataNetRegistry
    function positionCount(uint256 datanetId) external view exists(datanetId) returns (uint256) {
        return _positionCounts[datanetId];
    }

    /// @inheritdoc IDataNetRegistry
    function versionCount(uint256 datanetId) external view exists(datanetId) returns (uint256) {
        return _versions[datanetId].length;
    }

    /// @inheritdoc IDataNetRegistry
    function versionOf(uint256 datanetId, uint256 version) external view returns (DataNetVersion memory) {
        if (version == 0 || version > _versions[datanetId].length) revert VersionUnknown(datanetId, version);
        return _versions[datanetId][version - 1];
    }

    /// @inheritdoc IDataNetRegistry
    function positionOwner(uint256 datanetId, uint256 position) external view returns (address) {
        return POSITIONS.ownerOf(positionToken(datanetId, position));
    }

    /// @inheritdoc IDataNetRegistry
    function positions() external view returns (IERC721) {
        return IERC721(address(POSITIONS));
    }
}
