// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Params} from "../generated/Params.sol";
import {Batch, Claim, G1Point, Proof, Statement, Tier, VerifyingKey} from "../interfaces/AttributionTypes.sol";

/// @title The Fiat–Shamir transcript
/// @dev Every preimage is a list of 32-byte words that starts with a tag; docs/encodings.md is the norm. What a
/// challenge must follow is in its preimage: leaving one word out is a forgery.
library Transcript {
    /// @dev Not among the parameters: provers never compute weights, so it is no part of what a key digest pins.
    bytes32 private constant TAG_COMBINE = keccak256("TRIBUTARY_COMBINE_V1");

    /// @notice keccak of parameters, tier and key.
    function keyDigest(Tier memory tier, VerifyingKey memory key) internal pure returns (bytes32) {
        return keccak256(abi.encode(Params.TAG_KEY, Params.DIGEST, tier, key));
    }

    /// @notice What identifies a batch: replay protection is keyed on it.
    function batchKey(address treasury, Batch calldata batch) internal view returns (bytes32 key) {
        bytes32 tag = Params.TAG_BATCH;
        uint256 count = batch.traces.length;
        (bytes32 pools, bytes32 traces) = (_digest(batch.poolWords), _digest(batch.traces));
        // The words from indexId to proverShare as they lie in the calldata. What is above a short type's bits is hashed too:
        // the key is then another one.
        assembly ("memory-safe") {
            let free := mload(64)
            mstore(free, tag)
            mstore(add(free, 32), chainid())
            mstore(add(free, 64), treasury)
            calldatacopy(add(free, 96), batch, 352)
            mstore(add(free, 448), count)
            mstore(add(free, 480), pools)
            mstore(add(free, 512), traces)
            key := keccak256(free, 544)
        }
    }

    /// @notice {batchKey} of a batch that is being made.
    function newBatchKey(address treasury, Batch memory batch) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                Params.TAG_BATCH,
                block.chainid,
                treasury,
                batch.indexId,
                batch.index,
                batch.n0,
                batch.operator,
                batch.deadline,
                batch.place,
                batch.proverShare,
                batch.traces.length,
                keccak256(abi.encodePacked(batch.poolWords)),
                keccak256(abi.encodePacked(batch.traces))
            )
        );
    }

    /// @notice α, which folds the rows: after the scores (h1), the payouts, and every entry of this contract's copy of
    /// the statement vector.
    /// @param pool R, the sum of the statement's pools
    function alpha(bytes32 digest, uint256 pool, Statement calldata statement, Claim calldata claim, uint256 h1)
        internal
        view
        returns (uint256)
    {
        // Written out word by word: joining five encodings costs five times as much.
        uint256[20] memory words;
        (words[0], words[1]) = (uint256(Params.TAG_ALPHA), block.chainid);
        (words[2], words[3]) = (uint160(statement.settlement), uint256(digest));
        (words[4], words[5], words[6]) = (uint256(statement.batchKey), statement.indexId, statement.n0);
        (words[7], words[8]) = (statement.traces.length, statement.positions);
        (words[9], words[10]) = (pool, claim.unattributed);
        (words[11], words[12]) = (statement.indexCommitment.x, statement.indexCommitment.y);
        (words[13], words[14]) = (claim.payoutCommitment.x, claim.payoutCommitment.y);
        (words[15], words[16]) = (h1, uint160(claim.recipient));
        words[17] = uint256(_digest(statement.poolWords));
        words[18] = uint256(_digest(statement.traces));
        words[19] = uint256(_digest(claim.payoutWords));
        bytes32 hash;
        assembly ("memory-safe") {
            hash := keccak256(words, 640)
        }
        return uint256(hash) % Params.SCALAR_ORDER;
    }

    /// @notice β, where everything is opened: after the quotient C_q and the folded row (h2).
    function beta(uint256 alpha_, G1Point calldata cq, uint256 h2) internal pure returns (uint256) {
        return _challenge(abi.encode(Params.TAG_BETA, alpha_, cq, h2));
    }

    /// @notice ρ', which separates the two equations that share a pairing slot.
    function join(uint256 beta_, Proof calldata proof) internal pure returns (uint256) {
        bytes32 tag = Params.TAG_JOIN;
        bytes32 hash;
        // The words of the calldata as they lie there: h1, h2, y (at 64), C_q, π (at 160), and A, B, C (from 224 on).
        assembly ("memory-safe") {
            let free := mload(64)
            mstore(free, tag)
            mstore(add(free, 32), beta_)
            mstore(add(free, 64), calldataload(add(proof, 64)))
            calldatacopy(add(free, 96), add(proof, 224), 256)
            calldatacopy(add(free, 352), add(proof, 160), 64)
            hash := keccak256(free, 416)
        }
        return uint256(hash) % Params.SCALAR_ORDER;
    }

    /// @notice What the weights of a combination are drawn from. ρ' of a proof hashes, through β and α, all of it and of its
    /// statement and claim: with every ρ' in here no proof can be made to cancel another's error.
    /// @param joins ρ' of each proof, in order
    function combination(uint256[] memory joins) internal pure returns (bytes32) {
        return keccak256(abi.encode(TAG_COMBINE, joins));
    }

    /// @notice λ of proof number `index` of a combination; 1 for the first, which nothing before it can cancel.
    function weight(bytes32 seed, uint256 index) internal pure returns (uint256) {
        return index == 0 ? 1 : _challenge(abi.encode(TAG_COMBINE, seed, index));
    }

    function _digest(uint256[] calldata words) private pure returns (bytes32 digest) {
        // In memory that stays free: lists are long, and memory that grows costs more the longer it is.
        assembly ("memory-safe") {
            let free := mload(64)
            let size := shl(5, words.length)
            calldatacopy(free, words.offset, size)
            digest := keccak256(free, size)
        }
    }

    function _challenge(bytes memory preimage) private pure returns (uint256) {
        return uint256(keccak256(preimage)) % Params.SCALAR_ORDER;
    }
}
