/** What a reader can do about a contract's error; those that only a wrong program meets have none. */
const hints: Readonly<Record<string, string>> = {
  BatchNotPending:
    "The batch was settled or expired already, or was never committed: see tributary chain status.",
  BatchSizeOutOfRange: "Commit no more payments than the tier has traces.",
  CheckpointUnknown: "Make the claim again: settlements have moved the total on since, or it was never one.",
  DataNetUnknown: "No DataNet of this number was created on this chain.",
  DataNetFull: "Start another DataNet: no tier has more positions, and they are never given twice.",
  DeadlineNotReached: "A batch expires after its deadline only; until then it can be settled.",
  DeltaIsGenerator: "This verifying key lets anybody forge proofs. Make keys again.",
  DevelopmentKey: "Development keys have public secrets. Use keys of a ceremony on this chain.",
  ERC20InsufficientAllowance: "Allow the treasury to take the fees first.",
  ERC20InsufficientBalance:
    "The account has not enough OPEN for the fees. On a development chain: tributary chain fund NAME.",
  FundsExceeded:
    "The book's settlements have not brought what this claim asks for. Report it: a key may be broken.",
  HolderIsContract: "The position belongs to a contract, which has to claim for itself.",
  IndexTooFresh: "Wait for the next block after the index was registered.",
  NothingToClaim: "All that was earned by this checkpoint is paid.",
  NothingToWithdraw: "No share was credited to this account since the last withdrawal.",
  NotADomain: "A DataNet has 16, 128 or 1024 positions, as the tier says.",
  NotDataNetOwner: "Sign with the account that created the DataNet.",
  NotModelOwner: "Sign with the account that registered the model.",
  NotOperator: "The model's owner can name this account an operator: tributary register --operator NAME.",
  OpeningRejected: "Make the claim again from the chain's events.",
  PayoutsExceedPool: "The bundle pays more than the batch holds; it is not a settlement of this batch.",
  PoolOutOfRange: "The fee is too small for the number of positions, or too large: see the tier's limits.",
  ProofRejected: "The proof does not hold for this batch. Check the bundle with `tributary verify`.",
  SelectorRemoved: "The verifier of this index's key was removed. Register an index under a current key.",
  SelectorStopped: "The guardian stopped the verifier of this index's key.",
  SelectorUnknown: "No verifier of this key is deployed here. Check the tier and the keys.",
  PlaceTaken: "Another batch of this operator is pending there; commit again.",
  RowsWithdrawn: "Versions only grow: register the newest version, or start another DataNet.",
  TierMismatch: "The verifier's tier is not the one that the DataNet's owner admitted.",
  TierTooSmall: "The DataNet has outgrown this tier: build the index for a larger one.",
  VerifierNotAdmitted:
    "The DataNet's owner has to register an index under this key first, or call admitVerifier.",
  WrongNumber: "Payments are numbered without gaps: start from the index's next number.",
};

/** The hint for a custom error's name. */
export const hintFor = (errorName: string): string =>
  hints[errorName] ?? "See the contract's interface for what this error means.";
