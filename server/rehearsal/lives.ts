import { findDay, isoDay, type Day } from '@estehqaq/law';
import type { Actor, HouseholdDocument } from '../enrolment/index.ts';
import { familyOf, idOf, member, type MadeUp } from './made-up-household.ts';
import type { Outside } from './registries.ts';
import { hospital } from './system.ts';
import type { Workers } from './workers.ts';

/** What a made-up household does of itself on a day. */
export type Act = (today: Day) => Promise<void>;

/** What a household does needs: somebody to ask, a calendar to note things in, and the world outside. */
export interface Stage {
  readonly desk: Workers;
  readonly outside: Outside;
  readonly plan: (day: Day, act: Act) => void;
  readonly now: () => Date;
}

export function actorOf({ head, byCounter }: Pick<MadeUp, 'head' | 'byCounter'>): Actor {
  return byCounter
    ? { kind: 'staff', user: 'sara', role: 'counter-operator', office: '72001' }
    : { kind: 'self', person: BigInt(head) };
}

const identityDocument = 'national card';

/** Plans what does not depend on answers: coming, and what happens in the family later. */
export function planLife(stage: Stage, household: MadeUp): void {
  const { coming, day } = household;
  if (coming !== 'never' && coming !== 'insuredBefore') stage.plan(day, (today) => come(stage, household, today));
  const { happening, happensAfterDays } = household;
  if (happening === undefined || coming === 'never') return;
  const first = coming === 'insuredBefore' ? day - 200 : day;
  stage.plan((first + happensAfterDays) as Day, (today) => happen(stage, household, happening, today));
}

async function come(stage: Stage, household: MadeUp, today: Day): Promise<void> {
  const { coming, document, number } = household;
  const [head, spouse, ...others] = document.members;
  const certifiedAt = new Date(stage.now().getTime() - 3 * 3_600_000);
  const certificate = { providerCode: hospital.code, certifiedAt: certifiedAt.toISOString() };
  if (coming === 'newborn' && spouse?.relation === 'spouse') {
    await certify(stage, 'newborn', spouse.id, certifiedAt);
    const newborn = member(`${spouse.id}-1`, {
      birthDate: isoDay((today - 1) as Day),
      hospitalisedFromBirth: certificate,
    });
    await apply(stage, household, { ...document, termMonths: 6, members: [...document.members, newborn] }, 'come');
    stage.plan((today + 40) as Day, () => giveId(stage, household, newborn.id, idOf(number, 12)));
    return;
  }
  if (coming === 'emergency' && head !== undefined) {
    await certify(stage, 'emergency', head.id, certifiedAt);
    const members = [{ ...head, emergency: certificate }, ...(spouse === undefined ? [] : [spouse]), ...others];
    await apply(stage, household, { ...document, termMonths: 6, members }, 'come');
    return;
  }
  const [lost] = stage.outside.covers.get(household.head) ?? [];
  const endedOn = coming === 'lostCover' ? lost?.until : undefined;
  const lostCover =
    typeof endedOn === 'string' ? ({ endedOn, cause: 'unemployed', evidence: 'letter' } as const) : null;
  await apply(stage, household, { ...document, lostCover }, 'come');
}

async function certify({ desk }: Stage, kind: 'newborn' | 'emergency', patient: string, at: Date): Promise<void> {
  await desk.ask(({ enrolment }) =>
    enrolment.certify({ by: { kind: 'provider', code: hospital.code }, kind, person: BigInt(patient), at }),
  );
}

/** Opens an application and submits it. @param key the same one is done once, however often it is tried */
export async function apply(
  { desk }: Stage,
  household: Pick<MadeUp, 'head' | 'byCounter'>,
  document: HouseholdDocument,
  key: string,
): Promise<void> {
  const actor = actorOf(household);
  const opened = await desk.ask(({ enrolment }) =>
    enrolment.createDraft({ actor, document, identityDocument, requestId: `${key}:open` }),
  );
  if (opened === undefined) return;
  const step = { actor, number: opened.number };
  const submitted = await desk.ask(({ enrolment }) => enrolment.submit({ ...step, requestId: `${key}:submit` }));
  // A draft that cannot go on is in the way of the next one.
  if (submitted === undefined) {
    await desk.ask(({ enrolment }) => enrolment.withdraw({ ...step, requestId: `${key}:withdraw` }));
  }
}

async function giveId({ desk }: Stage, household: MadeUp, temporaryKey: string, id: string): Promise<void> {
  const actor = actorOf(household);
  const told = await desk.ask(({ enrolment }) => enrolment.readHousehold(actor, { person: BigInt(household.head) }));
  const number = told?.applications[0]?.number;
  if (number === undefined) return;
  const nationalId = BigInt(id);
  await desk.ask(({ enrolment }) =>
    enrolment.replaceTemporaryKey({ actor, number, temporaryKey, nationalId, requestId: 'id' }),
  );
}

async function happen(
  stage: Stage,
  household: MadeUp,
  what: NonNullable<MadeUp['happening']>,
  today: Day,
): Promise<void> {
  const { document, number, head } = household;
  const on = isoDay(today);
  const children = document.members.filter(({ relation }) => relation === 'child');
  const spouse = document.members.find(({ relation }) => relation === 'spouse');
  switch (what) {
    case 'birth':
      return join(stage, household, member(idOf(number, 10), { birthDate: isoDay((today - 5) as Day) }));
    case 'marriage':
      if (spouse !== undefined) return;
      return join(
        stage,
        household,
        member(idOf(number, 11), { relation: 'spouse', sex: 'female', birthDate: '1990-02-02' }),
      );
    case 'separation':
      return leave(stage, household, spouse?.id, 'separation', on);
    case 'childMarries':
      return leave(stage, household, children[0]?.id, 'marriage', on);
    case 'death': {
      const dead = children.at(-1)?.id;
      if (dead !== undefined && stage.outside.families.has(head)) {
        stage.outside.families.set(head, familyOf(document, new Map([[dead, on]])));
      }
      return leave(stage, household, dead, 'death', on);
    }
    case 'newWork':
      for (const { id } of document.members) {
        stage.outside.covers.set(id, [{ insurer: 'armedForces', fund: null, from: on, until: null }]);
      }
  }
}

async function join(stage: Stage, household: MadeUp, newcomer: HouseholdDocument['members'][number]): Promise<void> {
  const { document, head } = household;
  const members = [...document.members, newcomer];
  if (stage.outside.families.has(head)) stage.outside.families.set(head, familyOf({ ...document, members }));
  await apply(stage, household, { ...document, members }, 'join');
}

async function leave(
  { desk }: Stage,
  household: MadeUp,
  id: string | undefined,
  cause: 'separation' | 'marriage' | 'death',
  on: string,
): Promise<void> {
  if (id === undefined) return;
  const actor = actorOf(household);
  const told = await desk.ask(({ enrolment }) => enrolment.readHousehold(actor, { person: BigInt(household.head) }));
  const number = told?.applications.find(({ state }) => ['waiting', 'active', 'expiring'].includes(state))?.number;
  if (number === undefined) return;
  await desk.ask(({ enrolment }) => enrolment.removeMember({ actor, number, id, cause, on, requestId: 'leave' }));
}

/** Asks for the next term some days before or after the end of a cover. */
export function planRenewal(stage: Stage, household: MadeUp, cover: { readonly until: string; readonly id: bigint }) {
  const { renewsAfterDays, head, document } = household;
  const end = findDay(cover.until);
  if (renewsAfterDays === undefined || end === undefined) return;
  stage.plan((end + renewsAfterDays) as Day, async () => {
    await stage.desk.ask(({ enrolment }) =>
      enrolment.renew({
        ...{ actor: actorOf(household), head: BigInt(head), route: document.route, termMonths: 12 },
        ...{ identityDocument, requestId: `renew:${cover.id}` },
      }),
    );
  });
}
