import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Database } from '../../database/index.ts';
import { createInquiry, type Inquiry } from '../../inquiry/index.ts';
import { importPeople, importProviders, ProviderDirectory } from '../../membership/index.ts';
import { createMetrics, Ids, type Clock } from '../../platform/index.ts';
import { createUssd, type Ussd, type UssdParts } from '../ussd/index.ts';
import { createPhoneMetrics, createSmsConversation, type SmsConversation } from './index.ts';

/** For tests: telephones around a real inquiry on a real database, with people and providers by hand. */

export class SetClock implements Clock {
  #now: Date;

  constructor(now = '2026-11-23T08:00:00Z') {
    this.#now = new Date(now);
  }

  now = (): Date => this.#now;

  advance(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}

export const insured = (nationalId: string, mobile?: string, more: object = {}): object => ({
  nationalId,
  sex: 'male',
  birthDate: '1975-05-01',
  ...(mobile !== undefined && { mobile }),
  standings: [{ class: 'insured', basis: 'compulsory', lastContributionMonth: '1405-08' }],
  otherCovers: [],
  ...more,
});

export const dependant = (
  nationalId: string,
  principalNationalId: string,
  relation: string,
  more: object = {},
): object => ({
  nationalId,
  sex: relation === 'son' || relation === 'husband' ? 'male' : 'female',
  birthDate: '2015-05-01',
  standings: [{ class: 'dependant', relation, principalNationalId }],
  otherCovers: [],
  ...more,
});

export const provider = (code: string, mobiles: readonly string[], more: object = {}): object => ({
  code,
  name: `Provider ${code}`,
  kind: 'pharmacy',
  ownership: 'contracted',
  contractFrom: '2020-03-20',
  suspended: false,
  mobiles,
  ...more,
});

export async function register(
  { pool }: Database,
  people: Iterable<object | string>,
  providers: Iterable<object>,
  clock: Clock = new SetClock(),
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-phones-'));
  const origin = { file: '-', clock, recordedBy: 'test', format: 'ndjson' } as const;
  const lines = (of: Iterable<object | string>) =>
    Readable.from(of).map((each: unknown) =>
      Buffer.from(`${typeof each === 'string' ? each : JSON.stringify(each)}\n`),
    );
  const rejectedFile = join(folder, 'rejected.ndjson');
  try {
    const counts = [
      await importPeople(pool, { ...origin, rejectedFile, standardInput: lines(people) }),
      await importProviders(pool, { ...origin, rejectedFile, standardInput: lines(providers) }),
    ];
    if (counts.some(({ rejected }) => rejected > 0)) throw new RangeError('a line for the test was rejected');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Phones {
  readonly inquiry: Inquiry;
  readonly directory: ProviderDirectory;
  readonly sms: SmsConversation;
  readonly ussd: Ussd;
  readonly logged: object[];
  readonly parts: UssdParts;
  readonly close: () => Promise<void>;
}

/** One process of ours; several may stand on one database. */
export async function openPhones(database: Database, clock: Clock, more: Partial<UssdParts> = {}): Promise<Phones> {
  const { pool } = database;
  const keys = { trackingKey: Buffer.alloc(16, 9), pepper: Buffer.alloc(32, 7) };
  const directory = await ProviderDirectory.start(pool);
  const ids = new Ids(pool, clock);
  const inquiry = createInquiry({
    database,
    ids,
    clock,
    keys,
    directory,
    otherInsurers: { ask: () => Promise.resolve('unavailable') },
    links: { stateOn: () => ({ msrt: false, sabtAsnad: false }), consult: () => Promise.resolve(false) },
  });
  const logged: object[] = [];
  const log = (what: object): void => {
    logged.push(what);
  };
  const parts: UssdParts = {
    inquiry,
    pool,
    directory,
    owners: { belongsTo: () => Promise.resolve('unavailable') },
    keys,
    clock,
    log: { warn: log, error: log },
    metrics: createPhoneMetrics(createMetrics()),
    root: '*4*1420#',
    stepSeconds: 20,
    ...more,
  };
  const sms = createSmsConversation(parts);
  return {
    inquiry,
    directory,
    sms,
    ussd: createUssd(parts),
    logged,
    parts,
    close: async () => {
      sms.close();
      await inquiry.close();
      await ids.close();
      await directory.stop();
    },
  };
}

export const codeIn = (text: string | undefined): string =>
  /رهگیری ([\d ]+)$/.exec(text ?? '')?.[1]?.replaceAll(' ', '') ?? '';
