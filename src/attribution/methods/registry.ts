import { datainf } from "./datainf.ts";
import { ekfac } from "./ekfac.ts";
import { fisher } from "./fisher.ts";
import { gradientCosine } from "./gradient-cosine.ts";
import { gradientDot } from "./gradient-dot.ts";
import { influence } from "./influence.ts";
import { trak } from "./trak.ts";
import type { Method, MethodName } from "./types.ts";

/** Every method, by the name that manifests and the command line use. */
export const METHODS: Readonly<Record<MethodName, Method>> = {
  influence,
  fisher,
  ekfac,
  datainf,
  trak,
  dot: gradientDot,
  cosine: gradientCosine,
};
