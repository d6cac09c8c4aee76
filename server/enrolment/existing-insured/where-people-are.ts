import { read, type Reader } from '../sql.ts';

/** Where households live, as far as the insurer's own system has said it (M-62). */
export interface Place {
  readonly district: string | null;
  readonly centre: string | null;
}

export async function placesOf(reader: Reader, persons: readonly bigint[]): Promise<ReadonlyMap<bigint, Place>> {
  const rows = await read<Place & { readonly person: bigint }>(
    reader,
    `select person, district, centre from person_household join insured_household using (household)
     where person = any($1::bigint[])`,
    [persons],
  );
  return new Map(rows.map(({ person, district, centre }) => [person, { district, centre }]));
}

/** Mobiles that households have declared themselves; who declared none is not in the map. */
export async function declaredMobiles(
  reader: Reader,
  persons: readonly bigint[],
): Promise<ReadonlyMap<bigint, bigint>> {
  const rows = await read<{ person: bigint; mobile: bigint }>(
    reader,
    `select person, mobile from person_household join household_member using (household, person)
     where person = any($1::bigint[]) and mobile is not null and until_day is null`,
    [persons],
  );
  return new Map(rows.map(({ person, mobile }) => [person, mobile]));
}

/** The heads whom a comprehensive health centre looks after. */
export async function headsOfCentre(reader: Reader, centre: string): Promise<readonly bigint[]> {
  const rows = await read<{ head: bigint }>(
    reader,
    'select head from insured_household join household using (household) where centre = $1',
    [centre],
  );
  return rows.map(({ head }) => head);
}
