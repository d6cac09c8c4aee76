import { decideEnrolment, readCase, type Book } from '@estehqaq/law';
import type { CaseDocument, CaseMember } from '../law-case.ts';
import { memberText } from '../member-key.ts';
import { read, type Reader } from '../sql.ts';
import type { MeansInquiry } from './inquiry-store.ts';
import type { SaidResult } from './said-result.ts';

/** What a renewal on that day would be; all null where the household is not insured any more. */
export interface Rating {
  readonly feeGroup: number | null;
  readonly payablePercent: number | null;
  readonly payable: bigint | null;
}

/** Somebody insured, as far as the law asks for it. */
export interface Insured {
  readonly household: bigint;
  readonly expiresOn: string;
  readonly lateEntrant: boolean;
  readonly members: readonly Pick<CaseMember, 'id' | 'relation' | 'birthDate'>[];
}

const unrated: Rating = { feeGroup: null, payablePercent: null, payable: null };

export async function rateExisting(
  reader: Reader,
  book: Book,
  { inquiry, said, today }: { readonly inquiry: MeansInquiry; readonly said: SaidResult; readonly today: string },
): Promise<Rating> {
  const insured = (await readInsured(reader, [inquiry.household])).get(inquiry.household);
  return insured === undefined ? unrated : rate(book, insured, { ...said, requestedOn: inquiry.requestedOn }, today);
}

/** The law decides the renewal that the household would get on that day by this result. */
export function rate(
  book: Book,
  { expiresOn, lateEntrant, members }: Insured,
  said: Pick<SaidResult, 'determinedOn' | 'incomeMonthly' | 'decile'> & { readonly requestedOn: string },
  today: string,
): Rating {
  const document: CaseDocument = {
    kind: 'enrolment',
    caseId: null,
    requestedOn: today,
    route: 'meansTest',
    paidOn: null,
    termMonths: 12,
    meansTest: {
      determinedOn: said.determinedOn,
      incomeMonthly: said.incomeMonthly === null ? null : Number(said.incomeMonthly),
      decile: said.decile,
    },
    lostCover: null,
    renewal: { expiresOn, lateEntrant, meansTestRequestedOn: said.requestedOn },
    members: members.map((member) => ({
      ...member,
      baseCover: null,
      hospitalisedFromBirth: false,
      emergency: false,
      inApplication: true,
    })),
  };
  const facts = readCase(document);
  if ('error' in facts || facts.kind !== 'enrolment') return unrated;
  const decision = decideEnrolment(facts, book);
  if ('error' in decision) return unrated;
  const { group, payablePercent, payable } = decision;
  return { feeGroup: group, payablePercent, payable: payable === null ? null : BigInt(payable) };
}

interface InsuredRow {
  readonly household: bigint;
  readonly expiresOn: string;
  readonly lateEntrant: boolean;
}

interface MemberRow {
  readonly household: bigint;
  readonly person: bigint;
  readonly relation: 'head' | 'spouse' | 'child';
  readonly birthDate: string;
}

/** Those of the households that are insured, here or before they came to us, with the later of both last days. */
export async function readInsured(reader: Reader, households: readonly bigint[]): Promise<Map<bigint, Insured>> {
  const rows = await read<InsuredRow>(
    reader,
    `select household, max(expires_on) as "expiresOn", bool_or(late_entrant) as "lateEntrant"
     from (select household, expires_on, late_entrant from insured_household where household = any($1::bigint[])
           union all
           select household, covered_until, late_entrant from cover where household = any($1::bigint[])) as insured
     group by household`,
    [households],
  );
  const members = await read<MemberRow>(
    reader,
    `select household, person, relation, birth_date as "birthDate" from household_member
     where household = any($1::bigint[]) and until_day is null`,
    [households],
  );
  const byHousehold = Map.groupBy(members, ({ household }) => household);
  return new Map(
    rows.map(({ household, ...row }) => {
      const own = (byHousehold.get(household) ?? []).map(({ person, relation, birthDate }) => ({
        id: memberText(person),
        relation,
        birthDate,
      }));
      return [household, { household, ...row, members: own }];
    }),
  );
}
