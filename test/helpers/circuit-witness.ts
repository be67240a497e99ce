import { readFile } from "node:fs/promises";
import { R } from "../../src/crypto/field.ts";

/** A circuit's inputs: name → value, nested lists flattened in order, negative numbers for r − |x|. */
export type CircuitInput = Readonly<Record<string, InputValue>>;
export type InputValue = bigint | number | boolean | readonly InputValue[];

/** What circom's generated module exports (its own witness_calculator.js reads the same). */
interface CircomModule {
  init(sanityCheck: number): void;
  getFieldNumLen32(): number;
  readSharedRWMemory(i: number): number;
  writeSharedRWMemory(i: number, value: number): void;
  setInputSignal(hashHigh: number, hashLow: number, i: number): void;
  getInputSignalSize(hashHigh: number, hashLow: number): number;
  getInputSize(): number;
  getWitnessSize(): number;
  getWitness(i: number): void;
  getMessageChar(): number;
}

/** A constraint that circom's own check refused while it computed a witness. */
export class WitnessRefused extends Error {}

const flatten = (value: InputValue): bigint[] =>
  typeof value === "object" ? value.flatMap(flatten) : [BigInt(value)];

/** FNV-1a of 64 bits: how circom's modules name an input. */
function nameHash(name: string): [number, number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return [Number(hash >> 32n), Number(hash & 0xffffffffn)];
}

function message(module: CircomModule): string {
  let text = "";
  for (let c = module.getMessageChar(); c !== 0; c = module.getMessageChar()) text += String.fromCharCode(c);
  return text;
}

async function instantiate(wasm: string): Promise<CircomModule> {
  const said: string[] = [];
  const ignore = (): void => {};
  let module: CircomModule | undefined;
  const runtime = {
    exceptionHandler: (code: number) => {
      throw new WitnessRefused(`code ${code}: ${said.join(" ")}`);
    },
    printErrorMessage: () => void said.push(message(module!)),
    writeBufferMessage: () => void said.push(message(module!)),
    showSharedRWMemory: ignore,
  };
  const code = await WebAssembly.compile(new Uint8Array(await readFile(wasm)));
  const instance = await WebAssembly.instantiate(code, { runtime });
  module = instance.exports as unknown as CircomModule;
  return module;
}

/**
 * Computes the witness that circom's module gives for an input: wire 0 is 1, then the main circuit's outputs, public inputs, …
 *
 * @throws WitnessRefused where a `===` of the source does not hold, with its line
 */
export async function computeWitness(wasm: string, input: CircuitInput): Promise<bigint[]> {
  const module = await instantiate(wasm);
  const words = module.getFieldNumLen32();
  module.init(0);
  let set = 0;
  for (const [name, value] of Object.entries(input)) {
    const [high, low] = nameHash(name);
    const values = flatten(value);
    if (module.getInputSignalSize(high, low) !== values.length) {
      throw new Error(
        `input ${name} has ${module.getInputSignalSize(high, low)} places, not ${values.length}`,
      );
    }
    values.forEach((x, i) => {
      let rest = ((x % R) + R) % R;
      for (let word = 0; word < words; word++, rest >>= 32n) {
        module.writeSharedRWMemory(word, Number(rest & 0xffffffffn));
      }
      module.setInputSignal(high, low, i);
      set++;
    });
  }
  if (set < module.getInputSize()) throw new Error(`${module.getInputSize() - set} inputs are missing`);
  return Array.from({ length: module.getWitnessSize() }, (_, i) => {
    module.getWitness(i);
    let x = 0n;
    for (let word = words - 1; word >= 0; word--)
      x = (x << 32n) | BigInt(module.readSharedRWMemory(word) >>> 0);
    return x;
  });
}
