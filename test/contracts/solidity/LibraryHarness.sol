// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Batch, Claim, G1Point, G2Point, Proof, Statement, Tier, VerifyingKey} from "../../../contracts/interfaces/AttributionTypes.sol";
import {CompressedPoint} from "../../../contracts/libraries/CompressedPoint.sol";
import {Domain} from "../../../contracts/libraries/Domain.sol";
import {KzgOpenings} from "../../../contracts/libraries/KzgOpenings.sol";
import {PackedAmounts} from "../../../contracts/libraries/PackedAmounts.sol";
import {ProofProduct} from "../../../contracts/libraries/ProofProduct.sol";
import {ScalarField} from "../../../contracts/libraries/ScalarField.sol";
import {StatementVector} from "../../../contracts/libraries/StatementVector.sol";
import {Transcript} from "../../../contracts/libraries/Transcript.sol";

/// @title The internal libraries, callable from tests
contract LibraryHarness {
    function keyDigest(Tier memory tier, VerifyingKey memory key) external pure returns (bytes32) {
        return Transcript.keyDigest(tier, key);
    }

    function batchKey(address escrow, Batch calldata batch) external view returns (bytes32) {
        return Transcript.batchKey(escrow, batch);
    }

    function alpha(bytes32 digest, Statement calldata statement, Claim calldata claim, uint256 h1)
        external
        view
        returns (uint256)
    {
        uint256 pool = PackedAmounts.sum(statement.poolWords, statement.traces.length);
        return Transcript.alpha(digest, pool, statement, claim, h1);
    }

    function beta(uint256 alpha_, G1Point calldata cq, uint256 h2) external pure returns (uint256) {
        return Transcript.beta(alpha_, cq, h2);
    }

    function rho(uint256 beta_) external pure returns (uint256) {
        return ProofProduct.rho(beta_);
    }

    function join(uint256 beta_, Proof calldata proof) external pure returns (uint256) {
        return Transcript.join(beta_, proof);
    }

    function evaluate(
        Tier memory tier,
        Statement calldata statement,
        Claim calldata claim,
        uint256 alpha_,
        uint256 h1,
        uint256 beta_
    ) external pure returns (uint256) {
        return StatementVector.evaluate(tier, statement, claim, alpha_, h1, beta_);
    }

    function sum(uint256[] calldata words, uint256 count) external pure returns (uint256) {
        return PackedAmounts.sum(words, count);
    }

    function amountAt(uint256[] calldata words, uint256 index) external pure returns (uint256) {
        return PackedAmounts.amountAt(words, index);
    }

    function packed(uint256[] calldata amounts) external pure returns (uint256[] memory words) {
        words = new uint256[](PackedAmounts.wordCount(amounts.length));
        for (uint256 i = 0; i < amounts.length; ++i) {
            PackedAmounts.put(words, i, amounts[i]);
        }
    }

    function compress(G1Point calldata point) external pure returns (uint256) {
        return CompressedPoint.encode(point);
    }

    function decompress(uint256 word) external view returns (G1Point memory) {
        return CompressedPoint.decode(word);
    }

    function allNonzeroElements(uint256[] calldata words) external pure returns (bool) {
        return ScalarField.allNonzeroElements(words);
    }

    function element(uint256 size, uint256 index) external pure returns (uint256) {
        return Domain.element(size, index);
    }

    function pow(uint256 base, uint256 exponent) external pure returns (uint256) {
        return ScalarField.pow(base, exponent);
    }

    struct Opening {
        G1Point commitment;
        uint256 z;
        uint256 value;
        G1Point proof;
        uint256 weight;
    }

    function openingsHold(Opening[] calldata openings, G2Point calldata tau) external view returns (bool) {
        KzgOpenings.Sum memory sum;
        for (uint256 i = 0; i < openings.length; ++i) {
            Opening calldata one = openings[i];
            KzgOpenings.add(sum, one.commitment, one.z, one.value, one.proof, one.weight);
        }
        return KzgOpenings.holds(sum, tau);
    }
}
