// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {G1Point, G2Point, Tier, VerifyingKey} from "../interfaces/AttributionTypes.sol";
import {IAttributionVerifier} from "../interfaces/IAttributionVerifier.sol";
import {Bn254} from "../libraries/Bn254.sol";
import {Domain} from "../libraries/Domain.sol";
import {Transcript} from "../libraries/Transcript.sol";

/// @title A verifying key in the contract's code
/// @dev Solidity has immutables of value types only, so that points are taken apart; reading one costs 3 gas where a
/// storage slot costs 2,100.
abstract contract EmbeddedKey is IAttributionVerifier {
    /// @inheritdoc IAttributionVerifier
    bytes32 public immutable keyDigest;
    /// @inheritdoc IAttributionVerifier
    bytes32 public immutable tauDigest;

    uint16 internal immutable TRACES;
    uint16 internal immutable POSITIONS;
    uint16 internal immutable WIDTH;

    uint256 private immutable ALPHA_X;
    uint256 private immutable ALPHA_Y;
    uint256 private immutable BETA_X0;
    uint256 private immutable BETA_X1;
    uint256 private immutable BETA_Y0;
    uint256 private immutable BETA_Y1;
    uint256 private immutable DELTA_X0;
    uint256 private immutable DELTA_X1;
    uint256 private immutable DELTA_Y0;
    uint256 private immutable DELTA_Y1;
    uint256 private immutable TAU_X0;
    uint256 private immutable TAU_X1;
    uint256 private immutable TAU_Y0;
    uint256 private immutable TAU_Y1;
    uint256 private immutable IC0_X;
    uint256 private immutable IC0_Y;
    uint256 private immutable IC1_X;
    uint256 private immutable IC1_Y;
    uint256 private immutable IC2_X;
    uint256 private immutable IC2_Y;
    uint256 private immutable IC3_X;
    uint256 private immutable IC3_Y;

    constructor(Tier memory tier_, VerifyingKey memory key) {
        _requireTier(tier_);
        _requireSound(key);
        keyDigest = Transcript.keyDigest(tier_, key);
        tauDigest = keccak256(abi.encode(key.tau));
        (TRACES, POSITIONS, WIDTH) = (tier_.traces, tier_.positions, tier_.width);
        (ALPHA_X, ALPHA_Y) = (key.alpha.x, key.alpha.y);
        (BETA_X0, BETA_X1, BETA_Y0, BETA_Y1) = (key.beta.x[0], key.beta.x[1], key.beta.y[0], key.beta.y[1]);
        (DELTA_X0, DELTA_X1, DELTA_Y0, DELTA_Y1) = (key.delta.x[0], key.delta.x[1], key.delta.y[0], key.delta.y[1]);
        (TAU_X0, TAU_X1, TAU_Y0, TAU_Y1) = (key.tau.x[0], key.tau.x[1], key.tau.y[0], key.tau.y[1]);
        (IC0_X, IC0_Y) = (key.ic[0].x, key.ic[0].y);
        (IC1_X, IC1_Y) = (key.ic[1].x, key.ic[1].y);
        (IC2_X, IC2_Y) = (key.ic[2].x, key.ic[2].y);
        (IC3_X, IC3_Y) = (key.ic[3].x, key.ic[3].y);
    }

    /// @inheritdoc IAttributionVerifier
    function tier() public view returns (Tier memory) {
        return Tier(TRACES, POSITIONS, WIDTH);
    }

    function _alpha() internal view returns (G1Point memory) {
        return G1Point(ALPHA_X, ALPHA_Y);
    }

    function _beta() internal view returns (G2Point memory) {
        return G2Point([BETA_X0, BETA_X1], [BETA_Y0, BETA_Y1]);
    }

    function _delta() internal view returns (G2Point memory) {
        return G2Point([DELTA_X0, DELTA_X1], [DELTA_Y0, DELTA_Y1]);
    }

    function _tau() internal view returns (G2Point memory) {
        return G2Point([TAU_X0, TAU_X1], [TAU_Y0, TAU_Y1]);
    }

    /// @dev L = Λ·IC_0 + Σ λ·(h2·IC_1 + β·IC_2 + y·IC_3).
    /// @param weight Λ = Σ λ, 1 for a single proof
    function _publicInput(uint256 weight, uint256[3] memory inputs) internal view returns (G1Point memory sum) {
        sum = Bn254.add(_scaled(G1Point(IC0_X, IC0_Y), weight), Bn254.mul(G1Point(IC1_X, IC1_Y), inputs[0]));
        sum = Bn254.add(sum, Bn254.mul(G1Point(IC2_X, IC2_Y), inputs[1]));
        sum = Bn254.add(sum, Bn254.mul(G1Point(IC3_X, IC3_Y), inputs[2]));
    }

    function _scaled(G1Point memory point, uint256 weight) internal view returns (G1Point memory) {
        return weight == 1 ? point : Bn254.mul(point, weight);
    }

    function _requireTier(Tier memory tier_) private pure {
        Domain.requireDomain(tier_.positions);
        if (tier_.traces == 0 || tier_.traces > Params.MAX_TRACES || tier_.width == 0) revert TierOutOfRange(tier_);
    }

    function _requireSound(VerifyingKey memory key) private view {
        bytes32 delta = keccak256(abi.encode(key.delta));
        if (delta == keccak256(abi.encode(Bn254.generator2()))) revert DeltaIsGenerator();
        if (block.chainid != Params.DEVELOPMENT_CHAIN_ID) {
            bool known = Params.isDevelopmentTau(keccak256(abi.encode(key.tau)))
                || Params.isDevelopmentBeta(keccak256(abi.encode(key.beta)));
            if (known) revert DevelopmentKey(block.chainid);
        }
        _requirePoint(key.alpha);
        for (uint256 i = 0; i < key.ic.length; ++i) {
            _requirePoint(key.ic[i]);
        }
        _requirePoint(key.beta);
        _requirePoint(key.delta);
        _requirePoint(key.tau);
    }

    function _requirePoint(G1Point memory point) private view {
        if (Bn254.isInfinity(point)) revert KeyPointAtInfinity();
        Bn254.requireOnCurve(point);
    }

    function _requirePoint(G2Point memory point) private view {
        if (point.x[0] | point.x[1] | point.y[0] | point.y[1] == 0) revert KeyPointAtInfinity();
        Bn254.requireInSubgroup(point);
    }
}
