import {
  findDay,
  type BaseCover,
  type LostCoverCause,
  type MemberRelation,
  type Route,
  type Sex,
  type TermMonths,
} from '@estehqaq/law';
import { fault } from './actor.ts';
import { findMember, isTemporary, motherOf } from './member-key.ts';

/** A newborn in hospital since birth (M-38), or an emergency patient (M-42): certified by the treating centre. */
export interface Certificate {
  readonly providerCode: string;
  /** ISO instant. */
  readonly certifiedAt: string;
}

export interface DeclaredMember {
  /** National id, or temporary key of a newborn, as `memberText` writes them. */
  readonly id: string;
  readonly relation: MemberRelation;
  readonly sex: Sex;
  /** ISO. */
  readonly birthDate: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** +98… */
  readonly mobile: string | null;
  readonly inApplication: boolean;
  /** Holds only while the other insurers are silent. */
  readonly declaredCover: BaseCover | null;
  readonly hospitalisedFromBirth: Certificate | null;
  readonly emergency: Certificate | null;
}

/** What a household declares. Kept as it is; what registries say stands beside the decision. */
export interface HouseholdDocument {
  readonly route: Route;
  readonly termMonths: TermMonths;
  readonly members: readonly DeclaredMember[];
  readonly lostCover: { readonly endedOn: string; readonly cause: LostCoverCause; readonly evidence: string } | null;
  /** Spouses who live apart are a household of their own (M-19): with the reason. */
  readonly separatedSpouses: readonly { readonly id: string; readonly reason: string }[];
}

export interface KeyedMember extends DeclaredMember {
  readonly key: bigint;
}

/**
 * The members with their keys.
 * @throws Fault APPLICATION_INVALID, INVALID_NATIONAL_ID
 */
export function membersOf({ members }: Pick<HouseholdDocument, 'members'>): readonly KeyedMember[] {
  const keyed = members.map((member) => {
    const key = findMember(member.id);
    if (key === undefined) throw fault('INVALID_NATIONAL_ID');
    return { ...member, key };
  });
  const invalid = findFault(keyed);
  if (invalid !== undefined) throw fault('APPLICATION_INVALID', invalid);
  return keyed;
}

export function headOf(members: readonly KeyedMember[]): KeyedMember {
  const head = members.find(({ relation }) => relation === 'head');
  if (head === undefined) throw fault('APPLICATION_INVALID', 'a household has one head');
  return head;
}

function findFault(members: readonly KeyedMember[]): string | undefined {
  const keys = new Set(members.map(({ key }) => key));
  if (keys.size !== members.length) return 'nobody is named twice';
  const heads = members.filter(({ relation }) => relation === 'head');
  if (heads.length !== 1 || heads.some(({ key }) => isTemporary(key))) return 'a household has one head';
  for (const { key, relation, birthDate } of members) {
    if (findDay(birthDate) === undefined) return 'a birth date is no day';
    if (isTemporary(key) && (relation !== 'child' || !keys.has(motherOf(key)))) {
      return 'a newborn without a national id is a child of a member';
    }
  }
  return undefined;
}
