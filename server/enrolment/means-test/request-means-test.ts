import type { PoolClient } from 'pg';
import { Fault, type Clock } from '../../platform/index.ts';
import { isTemporary } from '../member-key.ts';
import { read } from '../sql.ts';
import { insertInquiry, type Purpose } from './inquiry-store.ts';
import type { MeansTestParts } from './parts.ts';

export interface MeansTestRequest {
  readonly household: bigint;
  readonly application: bigint | null;
  /** All of the household; who has no national id yet cannot be asked about, and is left out. */
  readonly members: readonly bigint[];
  /** ISO. */
  readonly requestedOn: string;
  readonly purpose?: Purpose;
}

/**
 * Has the means of a household tested, in the transaction of whoever asks: the inquiry is there if, and only if, that is
 * committed, and goes to the ministry without another step (M-05, M-20).
 * @returns the number of the inquiry in the household
 */
export async function requestMeansTest(
  client: PoolClient,
  clock: Clock,
  ids: MeansTestParts['ids'],
  { household, application, members, requestedOn, purpose = 'application' }: MeansTestRequest,
): Promise<bigint> {
  const head = await readHead(client, household);
  const asked = members.filter((member) => !isTemporary(member));
  const [inquiry = 0n] = await ids.make([household]);
  const whole = { household, inquiry, application, purpose, head, members: asked, requestedOn };
  await insertInquiry(client, whole, clock.now());
  return inquiry;
}

async function readHead(client: PoolClient, household: bigint): Promise<bigint> {
  const [row] = await read<{ head: bigint }>(client, 'select head from household where household = $1', [household]);
  if (row === undefined) throw new Fault('NOT_FOUND', 'There is no such household.');
  return row.head;
}
