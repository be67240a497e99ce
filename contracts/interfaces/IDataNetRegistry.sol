// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/// @notice One append-only version of a DataNet's rows.
struct DataNetVersion {
    bytes32 rowRoot;
    uint64 rowCount;
    uint64 createdAt;
}

/// @title DataNets, their positions and their versions
/// @notice A DataNet is an ERC-721 token of its maker; a position is one of another collection, id = datanetId·2³² + c.
interface IDataNetRegistry {
    error DataNetUnknown(uint256 datanetId);
    error NotDataNetOwner(uint256 datanetId, address caller);
    /// @notice No tier has so many positions.
    error DataNetFull(uint256 datanetId, uint256 capacity);
    error VersionUnknown(uint256 datanetId, uint256 version);
    /// @notice A version needs a root and at least one row.
    error EmptyVersion();
    /// @notice Rows are only added: a version has at least as many as the one before.
    error RowsWithdrawn(uint256 datanetId, uint256 rowCount, uint256 before);
    error NoContributors();

    event DataNetCreated(uint256 indexed datanetId, address indexed owner, string name);
    event PositionJoined(uint256 indexed datanetId, uint256 indexed position, address indexed contributor);
    event VersionAdded(uint256 indexed datanetId, uint256 indexed version, bytes32 rowRoot, uint256 rowCount);

    /// @notice Creates a DataNet of the caller's. How many positions an index pays is its tier's to say; all tiers' numbers are
    /// the same, so that a DataNet grows.
    function create(string calldata name) external returns (uint256 datanetId);

    /// @notice Gives each contributor, in order, the next position. DataNet's owner only.
    /// @return first the position of contributors[0]
    function join(uint256 datanetId, address[] calldata contributors) external returns (uint256 first);

    /// @notice Records the Merkle root of the rows. DataNet's owner only. Versions count from 1.
    function addVersion(uint256 datanetId, bytes32 rowRoot, uint64 rowCount) external returns (uint256 version);

    /// @notice Positions that are taken.
    function positionCount(uint256 datanetId) external view returns (uint256);

    function versionCount(uint256 datanetId) external view returns (uint256);

    function versionOf(uint256 datanetId, uint256 version) external view returns (DataNetVersion memory);

    /// @notice Who holds a position now; reverts where nobody does.
    function positionOwner(uint256 datanetId, uint256 position) external view returns (address);

    /// @notice The collection of positions.
    function positions() external view returns (IERC721);
}
