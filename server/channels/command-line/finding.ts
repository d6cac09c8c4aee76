/** One thing that was looked at: how it is, and what to do where it is not well. */
export interface Finding {
  readonly what: string;
  readonly state: 'well' | 'look at it' | 'broken';
  readonly found: string;
  readonly advice?: string;
}
