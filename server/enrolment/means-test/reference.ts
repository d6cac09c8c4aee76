/** The name of an inquiry towards the ministry: `1234567890-987654321`. */
interface Inquired {
  readonly household: bigint;
  readonly inquiry: bigint;
}

export function referenceOf({ household, inquiry }: Inquired): string {
  return `${household}-${inquiry}`;
}

export function findReference(text: string): Inquired | undefined {
  const [, household, inquiry] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (household === undefined || inquiry === undefined) return undefined;
  return { household: BigInt(household), inquiry: BigInt(inquiry) };
}
