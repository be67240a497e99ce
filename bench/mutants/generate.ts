import { readFile } from "node:fs/promises";
import { circomChanges } from "./circom.ts";
import { type Change, type Language, type Mutant, mutantsOf } from "./mutant.ts";
import { solidityChanges } from "./solidity.ts";
import { filesOf, languageOf, SUBJECTS } from "./subjects.ts";
import { typescriptChanges } from "./typescript.ts";

const CHANGES: Readonly<Record<Language, (text: string) => Change[]>> = {
  circom: circomChanges,
  solidity: solidityChanges,
  typescript: typescriptChanges,
};

export interface MutatedFile {
  readonly file: string;
  readonly text: string;
  /** One list for each pattern of the subject: the next is asked where all before it pass. */
  readonly stages: readonly (readonly string[])[];
  readonly mutants: readonly Mutant[];
}

/** What takes a check away comes before what changes how something is computed. */
const FIRST = /removed|dropped|detached|constant|width|shortened|unanchored|zeroed/;
export const isFirst = ({ operator }: Mutant): boolean => FIRST.test(operator);

/** Every mutant of every file whose path has one of these texts in it; the files of the first text come first. */
export async function generateMutants(only: readonly string[] = [""]): Promise<MutatedFile[]> {
  const files: MutatedFile[] = [];
  const placeOf = (file: string): number => only.findIndex((text) => file.includes(text));
  for (const subject of SUBJECTS) {
    const stages = await Promise.all(subject.tests.map((pattern) => filesOf([pattern])));
    for (const file of await filesOf(subject.files)) {
      if (placeOf(file) < 0 || files.some((one) => one.file === file)) continue;
      const text = await readFile(file, "utf8");
      const { where = /^/ } = subject;
      const mutants = mutantsOf(file, text, CHANGES[languageOf(file)](text)).filter(({ operator, before }) =>
        where.test(`${operator}: ${before}`),
      );
      const rank = (mutant: Mutant): number => (isFirst(mutant) ? 0 : 1);
      files.push({
        file,
        text,
        stages,
        mutants: mutants.sort((a, b) => rank(a) - rank(b)),
      });
    }
  }
  return files.sort((a, b) => placeOf(a.file) - placeOf(b.file));
}
