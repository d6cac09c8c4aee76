import { Readable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Database } from '../database/index.ts';
import { importPeople } from '../membership/index.ts';
import { createDemoTransport, createNoticeSender, listDemoMessages } from '../notices/index.ts';
import { createLog, createMetrics, type Clock, type Ids, type Keys } from '../platform/index.ts';
import { createIdentity, type Identity } from './identity.ts';
import type { IdentityOptions } from './parts.ts';

/** For tests of identity: people with and without a mobile, and what they are sent. */

export class SetClock implements Clock {
  #now = new Date('2026-11-23T08:00:00Z');
  now = (): Date => this.#now;
  plusSeconds(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}

export const origin = 'https://bimeh.example.org';
/** With a registered mobile; a second person with the same one; without one; and not in the register. */
export const known = 12345679n;
export const partner = 183382390n;
export const withoutMobile = 79506453n;
export const unknown = 1234567891n;
export const mobile = 989121234567n;

const lineOf = (nationalId: string, more: object = {}): Buffer =>
  Buffer.from(`${JSON.stringify({ nationalId, sex: 'male', birthDate: '1975-05-01', standings: [], ...more })}\n`);

export async function importTestPeople(pool: Pool, clock: Clock): Promise<void> {
  const standardInput = Readable.from([
    lineOf('0012345679', { mobile: '09121234567' }),
    lineOf('0183382390', { mobile: '09121234567' }),
    lineOf('0079506453'),
  ]);
  const origin = { file: '-', format: 'ndjson', clock, recordedBy: 'test', rejectedFile: undefined } as const;
  await importPeople(pool, { ...origin, standardInput });
}

export interface TestIdentity {
  readonly identity: Identity;
  /** The texts to this mobile that have been sent by now, the newest first. */
  readonly messages: (to?: bigint) => Promise<readonly string[]>;
  /** The code of the newest of them. */
  readonly lastCode: (to?: bigint) => Promise<string>;
  readonly metrics: IdentityOptions['metrics'];
}

export function createTestIdentity(
  { pool }: Pick<Database, 'pool'>,
  clock: Clock,
  ids: Ids,
  more: Partial<IdentityOptions> & { readonly keys?: Pick<Keys, 'pepper'> } = {},
): TestIdentity {
  const keys = more.keys ?? { pepper: randomBytes(32) };
  const metrics = createMetrics();
  const log = createLog('silent');
  const identity = createIdentity({ pool, clock, ids, keys, log, metrics, origin: () => origin, ...more });
  const sender = createNoticeSender({
    ...{ pool, clock, keys, log, metrics: createMetrics(), quietHours: [], decileWording: 'restored' },
    transport: createDemoTransport({ pool, clock, ids }),
  });
  const messages = async (to = mobile): Promise<readonly string[]> => {
    await identity.close();
    await sender.sendDue(clock.now(), 1000);
    return (await listDemoMessages(pool, { mobile: to, limit: 1000 })).map(({ text }) => text);
  };
  const lastCode = async (to?: bigint): Promise<string> => /\d{6}/.exec((await messages(to))[0] ?? '')?.[0] ?? 'none';
  return { identity, messages, lastCode, metrics };
}
