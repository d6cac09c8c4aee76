import { isoDay } from '@estehqaq/law';
import { dayInTehran } from '../platform/index.ts';
import { system } from './actor.ts';
import { findDecision, findOpen, listDue, updateApplication } from './application-store.ts';
import { findCover, type Cover } from './cover-store.ts';
import { getDay } from './law-case.ts';
import { each } from './move-application.ts';
import { move, todayOf, type Desk } from './move.ts';
import type { EnrolmentParts } from './parts.ts';
import { releaseUncovered } from './settle.ts';
import { findNextState } from './states.ts';
import { tell } from './tell.ts';
import { expiringOn } from './write-cover.ts';

/**
 * What the day alone brings about: waiting → active → expiring → lapsed. An application that was overlooked for a while goes
 * all the way at once.
 * @returns how many were moved on
 */
export async function moveOnByDay(parts: EnrolmentParts, now: Date, limit = 200): Promise<number> {
  const due = await listDue(parts.pool, isoDay(dayInTehran(now)), limit);
  return each(parts, now, due, async (desk) => {
    let moves = 0;
    while (await moveOn(desk)) moves += 1;
    return moves > 0;
  });
}

async function moveOn(desk: Desk): Promise<boolean> {
  const { application, client } = desk;
  const today = isoDay(todayOf(desk));
  if (application.dueOn === null || application.dueOn > today || application.cover === null) return false;
  const cover = await findCover(client, application.household, application.cover);
  if (cover === undefined) return false;
  const { coveredUntil } = cover;
  // Paid for while its own days had not been moved on yet: another cover has taken its place.
  if (cover.renewedBy !== null && findNextState(application.state, 'renew') !== undefined) {
    await move(desk, { what: 'renew', actor: system }, { dueOn: null });
    return true;
  }
  switch (application.state) {
    case 'waiting':
      await move(desk, { what: 'begin', actor: system }, { dueOn: expiringOn(coveredUntil) });
      return true;
    case 'active':
      await move(
        desk,
        { what: 'nearEnd', actor: system },
        { dueOn: isoDay((getDay(coveredUntil) + 1) as ReturnType<typeof getDay>) },
      );
      // A free cover is renewed without any action (M-63): that it expires would only alarm.
      if (!cover.free) await tell(desk, 'coverExpiring', { until: coveredUntil }, keyOf(cover));
      return true;
    case 'expiring':
      if (await runsOn(desk, cover)) return false;
      await move(desk, { what: 'lapse', actor: system, clauses: ['M-57'] }, { dueOn: null });
      await releaseUncovered(desk);
      await tell(desk, 'coverLapsed', { endedOn: coveredUntil }, keyOf(cover));
      return true;
    default:
      return false;
  }
}

/** What joins another is told together with it, once. */
function keyOf({ cover, joins }: Cover): string {
  return String(joins ?? cover);
}

/** A renewal is under way of which the law has said that the old cover runs on until the result (M-36). */
async function runsOn(desk: Desk, { cover, joins }: Cover): Promise<boolean> {
  const { client, application } = desk;
  const pending = await findOpen(client, application.household, joins ?? cover);
  const said = pending === undefined ? undefined : await findDecision(client, pending);
  if (said?.decision.continues !== true) return false;
  const dueOn = isoDay((todayOf(desk) + 1) as ReturnType<typeof todayOf>);
  await updateApplication(client, application, { dueOn });
  return true;
}
