import { workerData } from "piscina";
import { type LearningTask, outcomeOf, type RetrainJob } from "./learner.ts";

/** A pool's thread: the data came with it, each job brings its rows. */
export default (job: RetrainJob): Float64Array => outcomeOf(workerData as LearningTask, job);
