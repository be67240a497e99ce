import { makeDevelopmentKey } from "../../src/proof/development/make.ts";
import { artifactPaths } from "../../src/proof/keys.ts";

/** A process that makes the key of tier mini under the name it is given, slowly, and says when it has begun to write points. */
await makeDevelopmentKey("mini", artifactPaths("mini").r1cs, process.argv[2]!, {
  threads: 1,
  onProgress: ({ stage }) => {
    if (stage === "key points") process.stdout.write(".");
  },
});
