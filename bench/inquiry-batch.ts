import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDay } from '@estehqaq/law';
import { openDatabase, transaction, type Database } from '../server/database/index.ts';
import { createInquiry, type Inquiry } from '../server/inquiry/index.ts';
import { systemClock } from '../server/platform/index.ts';
import { median, report } from './report.ts';

const people = 100_000;
const callers = 256;
const rounds = 5;
const secondsARound = 3;
const firstPerson = 1_000_000_000n;

/** Half of them insured, half dependent on one of the others. */
async function fill(database: Database): Promise<void> {
  const standing = `
    case when n % 2 = 0 then json_build_object('class', 'insured', 'basis', 'compulsory', 'lastContributionMonth', '1410-01')
    else json_build_object('class', 'dependant', 'relation', 'wife', 'principalNationalId', (1000000000 + n - 1)::text) end`;
  const facts = `
    json_build_object('sex', case when n % 2 = 0 then 'male' else 'female' end, 'birthDate', '1985-05-05', 'diedOn', null,
      'standings', json_build_array(${standing}), 'otherCovers', null)`;
  await database.pool.query(
    `insert into dossier (person, version, recorded_at, facts, sources)
     select 1000000000 + n, 1, now(), ${facts}, '{}' from generate_series(0, $1::int - 1) n`,
    [people],
  );
  await database.asOwner((owner) => owner.query('analyze dossier'));
}

export function inquiryOver(database: Database): Inquiry {
  const provider = {
    code: 'P1',
    name: 'Bench',
    kind: 'pharmacy',
    ownership: 'contracted',
    contractFrom: findDay('2020-03-20') ?? null,
    contractUntil: null,
    suspended: false,
    licence: null,
    mobiles: [],
    version: 1n,
  } as const;
  return createInquiry({
    database,
    clock: systemClock,
    keys: { trackingKey: Buffer.alloc(16, 1) },
    directory: { find: () => provider },
    otherInsurers: { ask: () => Promise.resolve([]) },
    links: { stateOn: () => ({ msrt: false, sabtAsnad: false }), consult: () => Promise.resolve(false) },
  });
}

/** @returns inquiries a second */
async function round(inquiry: Inquiry, withRequestId: boolean, name: string): Promise<number> {
  const begun = performance.now();
  const end = begun + secondsARound * 1000;
  let answered = 0;
  const call = async (caller: number): Promise<void> => {
    for (let turn = 0; performance.now() < end; turn += 1) {
      const person = firstPerson + BigInt(Math.floor(Math.random() * people));
      await inquiry.ask({
        asker: { kind: 'provider', code: 'P1' },
        person,
        setting: 'outpatient',
        channel: 'web',
        requestId: withRequestId ? `${name}-${String(caller)}-${String(turn)}` : undefined,
      });
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return (answered * 1000) / (performance.now() - begun);
}

/** Transactions a second of one keyed select and one insert each, on as many connections as the pool has. */
async function plainRound(database: Database): Promise<number> {
  const begun = performance.now();
  const end = begun + secondsARound * 1000;
  let done = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < end) {
      const person = firstPerson + BigInt(Math.floor(Math.random() * people));
      done += 1;
      const id = done;
      await transaction(database.pool, async (client) => {
        await client.query({
          name: 'plain-read',
          text: 'select facts from dossier where person = $1',
          values: [person],
        });
        await client.query({
          name: 'plain-write',
          text: 'insert into request_key values ($1, $2, $3, $4, 1, $5)',
          values: [person, 'plain', `${String(begun)}-${String(id)}`, id, new Date()],
        });
      });
    }
  };
  await Promise.all(Array.from({ length: 64 }, call));
  return (done * 1000) / (performance.now() - begun);
}

/** Inquiries a second through `ask()`, durable, on the embedded database; no HTTP. */
export async function benchInquiryBatch(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'estehqaq-bench-'));
  const database = await openDatabase({ dataFolder: folder });
  const inquiry = inquiryOver(database);
  try {
    await fill(database);
    await round(inquiry, true, 'warm');
    const rates: Record<'plain' | 'without' | 'named' | 'ratio', number[]> = {
      plain: [],
      without: [],
      named: [],
      ratio: [],
    };
    for (let turn = 0; turn < rounds; turn += 1) {
      const plain = await plainRound(database);
      const named = await round(inquiry, true, String(turn));
      rates.plain.push(plain);
      rates.named.push(named);
      rates.ratio.push(named / plain);
      rates.without.push(await round(inquiry, false, ''));
    }
    report('a select and an insert a transaction, from this process', median(rates.plain), 'transactions/s');
    report(`inquiries, ${String(callers)} callers, with request ids`, median(rates.named), 'inquiries/s');
    report(`inquiries, ${String(callers)} callers, without`, median(rates.without), 'inquiries/s');
    report('inquiries with request ids to transactions', median(rates.ratio), 'times');
  } finally {
    await inquiry.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await benchInquiryBatch();
