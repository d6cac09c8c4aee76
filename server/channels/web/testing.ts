import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Pool } from 'pg';
import { createPayments } from '../../contributions/index.ts';
import type { Database } from '../../database/index.ts';
import { LawInForce } from '../../decisions/index.ts';
import { createEnrolment } from '../../enrolment/index.ts';
import { createIdentity, type Identity } from '../../identity/index.ts';
import { createInquiry } from '../../inquiry/index.ts';
import {
  generatePeople,
  generateProviders,
  importPeople,
  importProviders,
  ProviderDirectory,
} from '../../membership/index.ts';
import { createLog, createMetrics, Ids, openKeys, type Clock } from '../../platform/index.ts';
import { createCivilRegistry, createOtherInsurers, createPaymentGateway } from '../../registries/index.ts';
import { makeToken, type TokenHolder } from '../tokens.ts';
import { createWeb } from './app.ts';
import type { App } from './typed-app.ts';
import type { Inquiry, InquiryAnswer, InquiryRequest } from '../../inquiry/index.ts';
import type { WebParts } from './parts.ts';

/** For tests of the web channel: the real channel around an inquiry that answers what the test says. */

export const keys = openKeys(join(mkdtempSync(join(tmpdir(), 'estehqaq-keys-')), 'keys'));

export class SetClock implements Clock {
  #now = new Date('2026-11-23T08:00:00Z');
  now = (): Date => this.#now;
  set(now: string): void {
    this.#now = new Date(now);
  }
}

export const entitled: InquiryAnswer = {
  trackingCode: '4819205733161234',
  outcome: 'ENTITLED',
  on: '2026-11-23',
  setting: 'outpatient',
  reasons: [],
  clauses: ['T-04', 'T-21'],
  lawVersion: 'a law',
  replayed: false,
  askedAt: new Date('2026-11-23T08:00:00Z'),
};

export class FakeInquiry implements Pick<Inquiry, 'ask' | 'hasRoom' | 'verify' | 'whoAsked'> {
  readonly asked: InquiryRequest[] = [];
  answer: (request: InquiryRequest) => InquiryAnswer = () => entitled;
  ask = (request: InquiryRequest): Promise<InquiryAnswer> => {
    this.asked.push(request);
    return Promise.try(() => this.answer(request));
  };
  hasRoom: Inquiry['hasRoom'] = () => true;
  verify: Inquiry['verify'] = (code) => Promise.resolve(code === entitled.trackingCode ? entitled : undefined);
  whoAsked: Inquiry['whoAsked'] = () => Promise.resolve([]);
}

export interface TestWeb {
  readonly app: App;
  readonly inquiry: FakeInquiry;
  readonly clock: SetClock;
  readonly logged: string[];
  readonly parts: WebParts;
  readonly bearer: (holder: TokenHolder) => Promise<{ authorization: string }>;
}

export async function createTestWeb(more: Partial<WebParts> = {}): Promise<TestWeb> {
  const clock = new SetClock();
  const inquiry = new FakeInquiry();
  const logged: string[] = [];
  const parts: WebParts = {
    inquiry,
    pool: new Pool({ host: '/nowhere' }),
    ids: { make: (owners) => Promise.resolve([...owners]) },
    clock,
    keys,
    log: createLog('debug', { write: (line) => logged.push(line) }),
    metrics: createMetrics(),
    limits: { perToken: 1000, perAddress: 1000 },
    trustedProxies: [],
    isDemo: false,
    version: '0.0.0',
    isReady: () => Promise.resolve(true),
    ...more,
  };
  return {
    app: await createWeb(parts),
    inquiry,
    clock,
    logged,
    parts,
    bearer: async (holder) => ({ authorization: `Bearer ${(await makeToken(holder, keys, clock)).token}` }),
  };
}

function openTestIdentity(pool: Pool, clock: Clock, ids: Ids): Identity {
  const log = createLog('silent');
  return createIdentity({ pool, clock, ids, keys, log, metrics: createMetrics(), origin: () => webOrigin });
}

/** Under which the browsers of tests come. */
export const webOrigin = 'https://bimeh.example.org';

/** The same around the real inquiry, on a database with some made-up people and providers. */
export async function createRealWeb(
  database: Database,
  more: Partial<WebParts> = {},
): Promise<Omit<TestWeb, 'inquiry'> & { identity: Identity; close: () => Promise<void> }> {
  const clock = new SetClock();
  const { pool } = database;
  const origin = { file: '-', clock, recordedBy: 'test', format: 'ndjson' } as const;
  const input = (lines: Iterable<string>) => Readable.from(lines).map((line: string) => Buffer.from(`${line}\n`));
  const rejectedFile = join(tmpdir(), 'estehqaq-none.rejected.ndjson');
  await importPeople(pool, { ...origin, rejectedFile, standardInput: input(generatePeople(60, 1)) });
  await importProviders(pool, { ...origin, rejectedFile, standardInput: input(generateProviders(3, 1)) });
  const directory = await ProviderDirectory.start(pool);
  const inquiry = createInquiry({
    database,
    clock,
    keys,
    directory,
    otherInsurers: { ask: () => Promise.resolve('unavailable') },
    links: { stateOn: () => ({ msrt: false, sabtAsnad: false }), consult: () => Promise.resolve(false) },
  });
  const ids = new Ids(pool, clock);
  const payments = createPayments({
    pool,
    clock,
    ids,
    gateway: createPaymentGateway({ address: undefined, merchantId: undefined, allowStandIn: false }),
    callbackUrl: () => 'http://127.0.0.1:9/',
    lockHousehold: () => Promise.resolve(),
    onPaid: () => Promise.resolve(),
    log: createLog('silent'),
  });
  const law = await LawInForce.start(pool);
  const silent = { address: undefined, allowStandIn: false };
  const enrolment = createEnrolment({
    ...{ pool, clock, ids, law, directory, log: createLog('silent') },
    civilRegistry: createCivilRegistry(silent),
    otherInsurers: createOtherInsurers(silent),
  });
  const identity = openTestIdentity(pool, clock, ids);
  const web = await createTestWeb({
    inquiry,
    enrolment,
    payments,
    identity,
    pool,
    ids,
    clock,
    limits: { perToken: 1_000_000, perAddress: 1_000_000 },
    ...more,
  });
  const close = async (): Promise<void> => {
    await web.app.close();
    await identity.close();
    await inquiry.close();
    await ids.close();
    await law.stop();
    await directory.stop();
  };
  return { ...web, clock, identity, close };
}
