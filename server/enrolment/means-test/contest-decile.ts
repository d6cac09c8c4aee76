import { isoDay } from '@estehqaq/law';
import { transaction } from '../../database/index.ts';
import { todayInTehran } from '../../platform/index.ts';
import { fault, notFound } from '../actor.ts';
import { listMembers, lockHousehold } from '../household-store.ts';
import { read } from '../sql.ts';
import { listCases, lockCase, openDecileStates, updateCase } from './decile-store.ts';
import type { MeansTestParts } from './parts.ts';
import { requestMeansTest } from './request-means-test.ts';

export interface Contest {
  readonly household: bigint;
  /** person:<national id> or staff:<name>. */
  readonly by: string;
  readonly text: string;
}

/**
 * Within the month they may say that the decile is wrong (M-60, «تعیین دهک»): it is recorded, the ministry is asked again,
 * and nothing is shortened until its result is in.
 * @throws Fault NOT_FOUND where no notice is under way; DATABASE_…
 */
export async function contestDecile(
  { pool, clock, ids }: Pick<MeansTestParts, 'pool' | 'clock' | 'ids'>,
  { household, by, text }: Contest,
): Promise<{ readonly inquiry: bigint }> {
  return transaction(pool, async (client) => {
    if ((await lockHousehold(client, household)) === undefined) throw notFound();
    const open = (await listCases(client, household)).find(({ state }) =>
      openDecileStates.some((each) => each === state),
    );
    const current = open === undefined ? undefined : await lockCase(client, household, open.result);
    if (current === undefined) throw notFound();
    if (current.state === 'contested') throw fault('APPLICATION_STATE', 'The decile is contested already.');
    const members = (await listMembers(client, household)).map(({ person }) => person);
    const requestedOn = isoDay(todayInTehran(clock));
    const asked = { household, application: null, members, requestedOn, purpose: 'contest' } as const;
    const inquiry = await requestMeansTest(client, clock, ids, asked);
    const now = clock.now();
    await read(
      client,
      'insert into decile_contest (household, result, at, by_whom, text, inquiry) values ($1, $2, $3, $4, $5, $6)',
      [household, current.result, now, by, text, inquiry],
    );
    await updateCase(client, current, { ...current, state: 'contested', stateSince: now });
    return { inquiry };
  });
}
