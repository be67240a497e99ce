// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Tier} from "../../../contracts/interfaces/AttributionTypes.sol";

/// @title A verifier of a broken key: it accepts everything
/// @dev For attacks only. `verify` is answered by the fallback, which returns nothing and never reverts.
contract YesVerifier {
    bytes32 public immutable keyDigest;
    bytes32 public immutable tauDigest;

    constructor(bytes32 keyDigest_, bytes32 tauDigest_) {
        (keyDigest, tauDigest) = (keyDigest_, tauDigest_);
    }

    function tier() external pure returns (Tier memory) {
        return Tier(4, 16, 63);
    }

    fallback() external {}
}
