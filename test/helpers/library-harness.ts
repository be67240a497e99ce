import { type Contract, startChain, type TestChain } from "./chain.ts";
import { compileSolidity } from "./compile-solidity.ts";

/** The contracts' internal libraries on a chain in this process. */
export async function startLibraries(): Promise<{ chain: TestChain; libraries: Contract }> {
  const chain = await startChain();
  const compiled = await compileSolidity("test/contracts/solidity/LibraryHarness.sol", "LibraryHarness");
  return { chain, libraries: await chain.deploy(compiled) };
}
