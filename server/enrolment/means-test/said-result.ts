/** A result as it came. */
export interface SaidResult {
  readonly household: bigint;
  readonly inquiry: bigint;
  /** As it was said; another one than was asked about is no answer to the inquiry. */
  readonly head: bigint | null;
  /** ISO. */
  readonly determinedOn: string;
  readonly incomeMonthly: bigint | null;
  readonly decile: number | null;
  /** It takes the place of one that was given before. */
  readonly corrects: boolean;
  /** `api`, or the name of the file. */
  readonly receivedFrom: string;
}
