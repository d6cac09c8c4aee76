import type { DependantRecord, Person, PersonRecord, Standing, StandingRecord } from '@estehqaq/law';

/** The principals that a person's dependant standings name, each once. */
export function principalsOf(record: PersonRecord): bigint[] {
  const principals = record.standings.filter(isDependant).map((standing) => BigInt(standing.principalNationalId));
  return principals.length < 2 ? principals : [...new Set(principals)];
}

/**
 * The person as the law judges: each dependant standing with its principal's death and own standings, of which a
 * dependant's are none.
 * @param findPrincipal the record of a principal; a standing whose principal is not in the register is left out
 */
export function asPerson(record: PersonRecord, findPrincipal: (person: bigint) => PersonRecord | undefined): Person {
  return {
    ...record,
    standings: record.standings.flatMap((standing): Standing | readonly Standing[] => {
      if (!isDependant(standing)) return standing;
      const { principalNationalId, ...dependant } = standing;
      const principal = findPrincipal(BigInt(principalNationalId));
      if (principal === undefined) return [];
      const own = principal.standings.filter((each) => !isDependant(each));
      return { ...dependant, principal: { diedOn: principal.diedOn, standings: own } };
    }),
  };
}

function isDependant(standing: StandingRecord): standing is DependantRecord {
  return standing.class === 'dependant';
}
