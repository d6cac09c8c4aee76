import type { HouseholdDocument, ToldApplication } from '../../../enrolment/index.ts';
import type { Clock } from '../../../platform/index.ts';
import {
  insurers,
  mostMembers,
  newMember,
  readDescription,
  readKey,
  readLostCover,
  showMember,
  type Read,
} from './enrolment-answers.ts';
import type { EnrolmentFault, PersonRelation, QuestionKind, Relation, Values } from './enrolment-props.ts';

/** One question about an application that is being written; `index` is the member’s whom it is about. */
export interface Asked {
  readonly kind: QuestionKind;
  readonly index?: number;
  readonly relation?: PersonRelation;
}

const longestReason = 500;

type Draft = Pick<ToldApplication, 'document' | 'documentVersion'>;

interface Question {
  /** What was answered before. */
  readonly saved: (draft: Draft, asked: Asked) => Values;
  /** The application with the answer; the same one answered twice is the same. */
  readonly answer: (values: Values, draft: Draft, asked: Asked, clock: Clock) => Read<HouseholdDocument>;
  /** Which question is next, as the end of its address. */
  readonly next: (values: Values, document: HouseholdDocument, asked: Asked) => string;
  readonly back: (draft: Draft, asked: Asked) => string;
}

/** The address of a question, from its end. */
export function findAsked(path: string, { document }: Draft): Asked | undefined {
  const [, index, elsewhere] = /^members\/(\d{1,2})(\/elsewhere)?$/.exec(path) ?? [];
  if (index !== undefined) {
    const member = document.members[Number(index)];
    if (member === undefined) return undefined;
    const kind = elsewhere !== undefined ? 'elsewhere' : member.relation === 'head' ? 'head' : 'person';
    return { kind, index: Number(index) };
  }
  switch (path) {
    case 'route':
    case 'spouse':
    case 'apart':
    case 'children':
      return { kind: path };
    case 'lost-cover':
      return { kind: 'lostCover' };
    case 'new-spouse':
      return { kind: 'person', relation: 'spouse' };
    case 'new-child':
      return { kind: 'person', relation: 'child' };
    default:
      return undefined;
  }
}

/** Every answer is saved as a version; that at which a question comes up first. */
const versions = { elsewhere: 1, route: 2, spouse: 3 } as const;

/** Where a draft is gone on with. */
export function findResumed({
  document,
  documentVersion,
}: Pick<ToldApplication, 'document' | 'documentVersion'>): string {
  const head = document.members.findIndex(({ relation }) => relation === 'head');
  switch (documentVersion) {
    case versions.elsewhere:
      return `/members/${head}/elsewhere`;
    case versions.route:
      return '/route';
    case versions.spouse:
      return '/spouse';
    default:
      return '';
  }
}

function fault(field: string, problem: EnrolmentFault['problem']): { readonly faults: readonly EnrolmentFault[] } {
  return { faults: [{ field, problem }] };
}

function withMember(document: HouseholdDocument, index: number, change: Partial<HouseholdDocument['members'][number]>) {
  const members = document.members.map((member, at) => (at === index ? { ...member, ...change } : member));
  return { ...document, members };
}

const head: Question = {
  saved: described,
  answer: (values, { document }, { index = 0 }, clock) => {
    const read = readDescription(values, clock);
    return 'faults' in read ? read : { read: withMember(document, index, read.read) };
  },
  next: (_values, _document, { index = 0 }) => `/members/${index}/elsewhere`,
  back: () => '/enrol/home',
};

const elsewhere: Question = {
  saved: ({ document }, { index = 0 }) => {
    const cover = document.members[index]?.declaredCover ?? null;
    return cover === null ? {} : { elsewhere: cover.insurer };
  },
  answer: ({ elsewhere: said }, { document }, { index = 0 }) => {
    if (said === 'no' || said === 'unknown') return { read: withMember(document, index, { declaredCover: null }) };
    const insurer = insurers.find((each) => each === said);
    if (insurer === undefined) return fault('elsewhere', 'errors.enrol.choose');
    const declaredCover = { insurer, fund: null, supportiveBody: false };
    return { read: withMember(document, index, { declaredCover }) };
  },
  next: (_values, { members }, { index = 0 }) => (members[index]?.relation === 'head' ? '/route' : '/children'),
  back: (_draft, { index = 0 }) => `/members/${index}`,
};

const route: Question = {
  // A new application has some way before anybody was asked: that is nobody's answer.
  saved: ({ document, documentVersion }) =>
    documentVersion < versions.spouse ? {} : { route: document.route, termMonths: String(document.termMonths) },
  answer: ({ route: said, termMonths }, { document }) => {
    if (said !== 'selfDeclared' && said !== 'meansTest') return fault('route', 'errors.enrol.choose');
    const months = ([1, 6, 12] as const).find((each) => String(each) === termMonths) ?? 12;
    return { read: { ...document, route: said, termMonths: said === 'meansTest' ? 12 : months } };
  },
  next: () => '/spouse',
  back: ({ document }) => `/members/${document.members.findIndex(({ relation }) => relation === 'head')}/elsewhere`,
};

const spouse: Question = {
  saved: ({ document }) => {
    if (document.members.some(({ relation }) => relation === 'spouse')) return { spouse: 'yes' };
    return document.separatedSpouses.length > 0 ? { spouse: 'apart' } : {};
  },
  answer: ({ spouse: said }, { document }) => {
    if (said === 'yes' || said === 'apart') return { read: document };
    if (said !== 'no') return fault('spouse', 'errors.enrol.choose');
    const apart = document.members.filter(({ relation }) => relation === 'spouse').map(({ id }) => id);
    const members = document.members.filter(
      ({ id }) => !apart.some((gone) => id === gone || id.startsWith(`${gone}-`)),
    );
    return { read: { ...document, members, separatedSpouses: [] } };
  },
  next: ({ spouse: said }, { members }) => {
    if (said !== 'yes') return said === 'apart' ? '/apart' : '/children';
    const known = members.findIndex(({ relation }) => relation === 'spouse');
    return known < 0 ? '/new-spouse' : `/members/${known}`;
  },
  back: () => '/route',
};

/** A spouse who lives apart is a household of their own (M-19). */
const apart: Question = {
  saved: ({ document: { separatedSpouses } }) => {
    const [first] = separatedSpouses;
    return first === undefined ? {} : { nationalId: first.id, reason: first.reason };
  },
  answer: (values, { document }) => {
    const { reason = '' } = values;
    const key = readKey({ nationalId: values['nationalId'] ?? '' }, document, undefined);
    const isSaid = reason !== '' && reason.length <= longestReason;
    const unsaid: readonly EnrolmentFault[] = isSaid ? [] : [{ field: 'reason', problem: 'errors.enrol.reason' }];
    if ('faults' in key || !isSaid) return { faults: ['faults' in key ? key.faults : [], unsaid].flat() };
    const members = document.members.filter(({ id }) => id !== key.read);
    return { read: { ...document, members, separatedSpouses: [{ id: key.read, reason }] } };
  },
  next: () => '/children',
  back: () => '/spouse',
};

const person: Question = {
  saved: described,
  answer: (values, { document }, { index, relation = 'child' }, clock) => {
    const own = index === undefined ? undefined : document.members[index];
    const read = readDescription(values, clock);
    const key = readKey(values, document, own);
    if ('faults' in read || 'faults' in key) {
      return { faults: ['faults' in key ? key.faults : [], 'faults' in read ? read.faults : []].flat() };
    }
    if (index !== undefined) return { read: withMember(document, index, { ...read.read, id: key.read }) };
    const same = document.members.findIndex(({ id }) => id === key.read);
    if (same >= 0) return { read: withMember(document, same, { ...read.read, relation }) };
    if (document.members.length >= mostMembers) return fault('nationalId', 'errors.enrol.tooMany');
    return { read: { ...document, members: [...document.members, newMember(key.read, relation, read.read)] } };
  },
  next: (values, document, { index }) => {
    const key = readKey(values, document, index === undefined ? undefined : document.members[index]);
    const named = 'read' in key ? document.members.findIndex(({ id }) => id === key.read) : -1;
    return `/members/${index ?? (named < 0 ? document.members.length - 1 : named)}/elsewhere`;
  },
  back: ({ document }, { index, relation }) => {
    const of = index === undefined ? relation : document.members[index]?.relation;
    return of === 'spouse' ? '/spouse' : '/children';
  },
};

const children: Question = {
  saved: () => ({}),
  answer: ({ another }, { document }) =>
    another === 'yes' || another === 'no' ? { read: document } : fault('another', 'errors.enrol.choose'),
  next: ({ another }) => (another === 'yes' ? '/new-child' : '/lost-cover'),
  back: () => '/spouse',
};

const lostCover: Question = {
  saved: ({ document }) => {
    const { lostCover: lost } = document;
    return lost === null ? {} : { lost: 'yes', cause: lost.cause, evidence: lost.evidence, isoDay: lost.endedOn };
  },
  answer: (values, { document }, _asked, clock) => {
    const read = readLostCover(values, clock);
    return 'faults' in read ? read : { read: { ...document, lostCover: read.read } };
  },
  next: () => '',
  back: () => '/children',
};

export const questions: Readonly<Record<QuestionKind, Question>> = {
  head,
  elsewhere,
  route,
  spouse,
  apart,
  person,
  children,
  lostCover,
};

/** Which of the six steps a question belongs to; the last one is that of looking at all answers. */
export function stepOf(kind: QuestionKind, relation: Relation): number {
  switch (kind) {
    case 'head':
    case 'elsewhere':
    case 'person':
      return { head: 1, spouse: 3, child: 4 }[relation];
    case 'route':
      return 2;
    case 'spouse':
    case 'apart':
      return 3;
    case 'children':
      return 4;
    case 'lostCover':
      return 5;
  }
}

function described({ document }: Draft, { index }: Asked): Values {
  const member = index === undefined ? undefined : document.members[index];
  if (member === undefined) return {};
  const { firstName, lastName, sex, birthDate, id } = member;
  const isNewborn = id.includes('-');
  return {
    ...{ firstName: firstName ?? '', lastName: lastName ?? '', sex, isoDay: birthDate },
    ...(isNewborn ? { newborn: 'yes' } : { nationalId: id }),
  };
}

export function childrenOf({ document }: Draft) {
  return document.members.map(showMember).filter(({ relation }) => relation === 'child');
}
