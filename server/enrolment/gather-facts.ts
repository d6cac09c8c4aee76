import { isoDay, type BaseCover, type Day, type PersonRecord } from '@estehqaq/law';
import { judgeInquiry } from '../decisions/index.ts';
import { principalsOf, readDossiers } from '../membership/index.ts';
import { nationalIdText } from '../platform/index.ts';
import type { CoverAnswer, Family, RegisteredPerson } from '../registries/index.ts';
import { fault } from './actor.ts';
import { listCoversOfPerson, type CoverMember } from './cover-store.ts';
import {
  headOf,
  membersOf,
  type DeclaredMember,
  type HouseholdDocument,
  type KeyedMember,
} from './household-document.ts';
import { decide, type CaseMember } from './law-case.ts';
import { isTemporary, memberText } from './member-key.ts';
import type { EnrolmentParts } from './parts.ts';

/** What was asked of whom, and what came back; kept with the decision that rests on it. */
export interface Provenance {
  readonly askedAt: string;
  /** The head's family in the civil registry. */
  readonly civilRegistry: 'agrees' | 'notFound' | 'unavailable' | 'notAsked';
  readonly members: readonly {
    readonly id: string;
    readonly otherInsurers: readonly CoverAnswer[] | 'unavailable' | 'notAsked';
    /** Version of the dossier that was read; null: not in the register. */
    readonly dossierVersion: string | null;
    /** The treatment entitlement of the day, which is base cover to this insurance. */
    readonly entitlement: string | null;
    readonly from: 'declared' | 'civilRegistry';
  }[];
}

/** A member with what registries say; who was found in the registry alone is not in application. */
export interface GatheredMember extends KeyedMember {
  readonly baseCover: BaseCover | null;
}

export interface Gathered {
  readonly members: readonly GatheredMember[];
  readonly provenance: Provenance;
  /** A registry was silent: it goes on by what was declared, and is looked at again. */
  readonly isUnchecked: boolean;
}

export interface Question {
  readonly on: Day;
  /** A renewal covers the household as it is: of those whom the registry names, only who must come along. */
  readonly isRenewal: boolean;
  /** Own covers that keep nobody out: the one that is renewed, or that has just been written. */
  readonly leaveOut: readonly bigint[];
  /**
   * Nobody has asked for it (M-63), so nobody could put it right: whom the civil registry does not know as the household has
   * said stays as was said, and who has died is left out. The head's death is for the desk.
   */
  readonly isByItself?: boolean;
}

/**
 * Asks the registries about a household: who belongs to it, and who has base cover on the day (M-03, M-11, M-12, M-19).
 * What is silent is no "no": then what was declared holds.
 * @throws Fault HOUSEHOLD_CLASHES where the civil registry says otherwise; APPLICATION_INVALID; DATABASE_…
 */
export async function gatherFacts(
  parts: EnrolmentParts,
  document: HouseholdDocument,
  question: Question,
): Promise<Gathered> {
  const declared = membersOf(document);
  const head = headOf(declared);
  const [family, answers] = await Promise.all([
    parts.civilRegistry.familyOf(nationalIdText(head.key)),
    askInsurers(parts, declared),
  ]);
  const composed = typeof family === 'string' ? declared : compose(document, declared, family, question);
  const found = composed.filter(({ key }) => !declared.some((member) => member.key === key));
  const all = new Map([...answers, ...(await askInsurers(parts, found))]);
  const covers = await readCovers(parts, composed, question);
  const members = composed.map((member): GatheredMember => {
    const answered = all.get(member.key) ?? 'notAsked';
    return { ...member, baseCover: baseCoverOf(member, answered, covers.get(member.key), question.on) };
  });
  return {
    members: question.isRenewal ? onlyWhoMustCome(parts, members, question.on) : members,
    // Whom the civil registry does not know it will not know tomorrow: only silence is asked again.
    isUnchecked: family === 'unavailable' || [...all.values()].includes('unavailable'),
    provenance: {
      askedAt: parts.clock.now().toISOString(),
      civilRegistry: typeof family === 'string' ? family : 'agrees',
      members: composed.map((member) => ({
        id: memberText(member.key),
        otherInsurers: all.get(member.key) ?? 'notAsked',
        dossierVersion: covers.get(member.key)?.version ?? null,
        entitlement: covers.get(member.key)?.entitlement ?? null,
        from: found.includes(member) ? 'civilRegistry' : 'declared',
      })),
    },
  };
}

/** Who must come along the law says of a household that applies (M-19). */
function onlyWhoMustCome(
  { law }: EnrolmentParts,
  members: readonly GatheredMember[],
  on: Day,
): readonly GatheredMember[] {
  const found = members.filter(({ inApplication }) => !inApplication);
  if (found.length === 0) return members;
  const { needs } = decide(
    {
      ...{
        kind: 'enrolment',
        caseId: null,
        requestedOn: isoDay(on),
        route: 'selfDeclared',
        paidOn: null,
        termMonths: 12,
      },
      ...{ meansTest: null, lostCover: null, renewal: null, members: caseMembersOf({ members }) },
    },
    law.book,
  );
  return members.filter(
    (member, index) => !found.includes(member) || needs.includes(`/members/${index}/inApplication`),
  );
}

export function caseMembersOf({ members }: Pick<Gathered, 'members'>): readonly CaseMember[] {
  return members.map(({ key, relation, birthDate, baseCover, hospitalisedFromBirth, emergency, inApplication }) => ({
    id: memberText(key),
    relation,
    birthDate,
    baseCover,
    hospitalisedFromBirth: hospitalisedFromBirth !== null,
    emergency: emergency !== null,
    inApplication,
  }));
}

type Answers = ReadonlyMap<bigint, readonly CoverAnswer[] | 'unavailable'>;

async function askInsurers({ otherInsurers }: EnrolmentParts, members: readonly KeyedMember[]): Promise<Answers> {
  const known = members.filter(({ key }) => !isTemporary(key));
  const answers = await Promise.all(
    known.map(async ({ key }) => [key, await otherInsurers.coversOf(nationalIdText(key))] as const),
  );
  return new Map(answers);
}

/** The declared members as the civil registry has them, and those of the family who were not declared. */
function compose(
  { separatedSpouses }: HouseholdDocument,
  declared: readonly KeyedMember[],
  { person, spouses, children }: Family,
  { isByItself = false }: Question,
): readonly KeyedMember[] {
  const relatives = [
    { ...person, relation: 'head' as const },
    ...spouses.map((each) => ({ ...each, relation: 'spouse' as const })),
    ...children.map((each) => ({ ...each, relation: 'child' as const })),
  ].map((each) => ({ ...each, key: BigInt(each.nationalId) }));
  const apart = separatedSpouses.map(({ id }) => id);
  const confirmed = declared.flatMap((member, index): KeyedMember | readonly [] => {
    const registered = relatives.find(({ key, relation }) => key === member.key && relation === member.relation);
    if (registered === undefined && (isTemporary(member.key) || isByItself)) return member;
    if (isByItself && registered?.diedOn !== null && member.relation !== 'head') return [];
    if (registered === undefined)
      throw fault('HOUSEHOLD_CLASHES', `/members/${index}: not registered as ${member.relation}`);
    if (registered.diedOn !== null) throw fault('HOUSEHOLD_CLASHES', `/members/${index}: registered as deceased`);
    return { ...member, ...namesOf(member, registered), sex: registered.sex, birthDate: registered.birthDate };
  });
  const missing = relatives
    .filter(({ key, diedOn }) => diedOn === null && !declared.some((member) => member.key === key))
    .filter(({ relation, nationalId }) => relation !== 'spouse' || !apart.includes(nationalId))
    .map(({ key, relation, sex, birthDate, firstName, lastName }): KeyedMember => ({
      ...{ key, id: memberText(key), relation, sex, birthDate, firstName, lastName, mobile: null },
      ...{ inApplication: false, declaredCover: null, hospitalisedFromBirth: null, emergency: null },
    }));
  return [...confirmed, ...missing];
}

function namesOf(member: DeclaredMember, registered: RegisteredPerson): Pick<DeclaredMember, 'firstName' | 'lastName'> {
  return {
    firstName: registered.firstName ?? member.firstName,
    lastName: registered.lastName ?? member.lastName,
  };
}

interface KnownCovers {
  readonly version: string | null;
  readonly entitlement: string | null;
  /** In force on the day, by the dossier; without the one that is being renewed. */
  readonly covers: readonly BaseCover[];
}

/** What our own register knows: the treatment entitlement of the day, and covers in the dossier. */
async function readCovers(
  { pool, law }: EnrolmentParts,
  members: readonly KeyedMember[],
  { on, leaveOut }: Question,
): Promise<ReadonlyMap<bigint, KnownCovers>> {
  const persons = members.map(({ key }) => key).filter((key) => !isTemporary(key));
  const dossiers = await readDossiers(pool, persons);
  const named = [...dossiers.values()].flatMap(({ facts }) => principalsOf(facts));
  const principals = named.length === 0 ? new Map<bigint, never>() : await readDossiers(pool, named);
  const known = new Map<bigint, KnownCovers>();
  for (const person of persons) {
    const own = await listCoversOfPerson(pool, person);
    const facts = dossiers.get(person)?.facts;
    const entitlement =
      facts === undefined ? null : entitlementOn(facts, on, law, (each) => principals.get(each)?.facts);
    known.set(person, {
      version: dossiers.get(person)?.version.toString() ?? null,
      entitlement,
      covers: [
        ...(entitlement === 'ENTITLED' ? [tamin] : []),
        ...(facts === undefined ? [] : coversOn(facts, on, own)),
        // Already while it is waited for, and before it is in the dossier.
        ...(own.some((each) => each.coveredUntil >= isoDay(on) && !leaveOut.includes(each.cover)) ? [ownCover] : []),
      ],
    });
  }
  return known;
}

function entitlementOn(
  record: PersonRecord,
  on: Day,
  { book }: EnrolmentParts['law'],
  findPrincipal: (person: bigint) => PersonRecord | undefined,
): string {
  const links = { msrt: false, sabtAsnad: false };
  const question = {
    askerKind: 'staff',
    provider: null,
    setting: 'outpatient',
    on,
    record,
    otherCovers: null,
  } as const;
  return judgeInquiry({ ...question, findPrincipal, links }, book).outcome;
}

const tamin: BaseCover = { insurer: 'tamin', fund: null, supportiveBody: false };
/** Of this insurance itself. */
export const ownCover: BaseCover = { insurer: 'ihio', fund: 'universal', supportiveBody: false };

/** Own covers are known from their rows: in the dossier they are only told on. */
function coversOn({ otherCovers }: PersonRecord, on: Day, own: readonly CoverMember[]): readonly BaseCover[] {
  return (otherCovers ?? [])
    .filter(({ from, until }) => from <= on && (until === null || until >= on))
    .filter(
      ({ insurer, fund, until }) =>
        !(
          insurer === 'ihio' &&
          fund === 'universal' &&
          until !== null &&
          own.some((each) => each.coveredUntil === isoDay(until))
        ),
    )
    .map(({ insurer, fund }) => ({ insurer, fund, supportiveBody: false }));
}

/** The one cover that the law is told of: one that exempts before others, and one under a supportive body last. */
function baseCoverOf(
  { declaredCover }: KeyedMember,
  answered: readonly CoverAnswer[] | 'unavailable' | 'notAsked',
  known: KnownCovers | undefined,
  on: Day,
): BaseCover | null {
  const ofOthers =
    typeof answered === 'string'
      ? declaredCover === null
        ? []
        : [declaredCover]
      : answered
          .filter(({ from, until }) => from <= isoDay(on) && (until === null || until >= isoDay(on)))
          .map(({ insurer, fund, supportiveBody = false }) => ({ insurer, fund, supportiveBody }));
  // What an insurer says of its own cover is newer than what stands in the dossier.
  const ofDossier = (known?.covers ?? []).filter(
    ({ insurer, fund }) => !ofOthers.some((each) => each.insurer === insurer && each.fund === fund),
  );
  const all = [...ofDossier, ...ofOthers];
  const exempts = ({ insurer, fund, supportiveBody }: BaseCover): boolean =>
    insurer === 'ihio' && !supportiveBody && (fund === 'employees' || fund === 'otherStrata');
  return all.find(exempts) ?? all.find(({ supportiveBody }) => !supportiveBody) ?? all[0] ?? null;
}
