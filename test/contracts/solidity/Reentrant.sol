// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Tier} from "../../../contracts/interfaces/AttributionTypes.sol";

/// @title A verifier that calls back instead of verifying
/// @dev For attacks only: whatever it is called with, it makes the stored call, and reverts where that does.
contract Reentrant {
    bytes32 public immutable keyDigest;
    bytes32 public immutable tauDigest;
    address private _target;
    bytes private _call;

    constructor(bytes32 keyDigest_, bytes32 tauDigest_) {
        (keyDigest, tauDigest) = (keyDigest_, tauDigest_);
    }

    function arm(address target, bytes calldata call_) external {
        (_target, _call) = (target, call_);
    }

    function tier() external pure returns (Tier memory) {
        return Tier(4, 16, 63);
    }

    fallback() external {
        (bool ok,) = _target.call(_call);
        require(ok);
    }
}
