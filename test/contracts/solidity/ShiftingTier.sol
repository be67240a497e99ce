// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Tier} from "../../../contracts/interfaces/AttributionTypes.sol";

/// @title A verifier that says another tier later
/// @dev For attacks only.
contract ShiftingTier {
    bytes32 public immutable keyDigest;
    bytes32 public immutable tauDigest;
    uint16 private _positions = 16;

    constructor(bytes32 keyDigest_, bytes32 tauDigest_) {
        (keyDigest, tauDigest) = (keyDigest_, tauDigest_);
    }

    function shift(uint16 positions) external {
        _positions = positions;
    }

    function tier() external view returns (Tier memory) {
        return Tier(4, _positions, 63);
    }
}
