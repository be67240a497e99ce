import { readFileSync } from "node:fs";

/** Parsed JSON of test/vectors/<name>.json. */
export const readVectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
