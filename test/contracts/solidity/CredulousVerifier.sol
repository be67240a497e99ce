// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Claim, Proof, Statement, Tier} from "../../../contracts/interfaces/AttributionTypes.sol";

/// @title Accepts every proof, as a verifier does whose key's secrets somebody knows
contract CredulousVerifier {
    bytes32 public constant keyDigest = bytes32(uint256(1) << 255);
    bytes32 public immutable tauDigest;

    constructor(bytes32 tauDigest_) {
        tauDigest = tauDigest_;
    }

    function tier() external pure returns (Tier memory) {
        return Tier(4, 16, 63);
    }

    function verify(Statement calldata, Claim calldata, Proof calldata) external pure {}
}
