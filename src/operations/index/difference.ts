/** Where an index is not what its data, model and manifest give. */
export interface Difference {
  readonly code: string;
  readonly details: string;
}
