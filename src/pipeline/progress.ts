/** One report of a long step: `done` of `total` parts, in words a user knows. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

/** For callers that do not want to know. */
export const silent: OnProgress = () => {};
