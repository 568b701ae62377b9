/** What each owner may have; null: any number. */
export interface QuotaLimits {
  /** Unfinished jobs. */
  jobs: number | null;
  /** Bytes of inputs and results. */
  bytes: number | null;
}
