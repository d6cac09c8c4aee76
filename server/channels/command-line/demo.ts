import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { decideCase } from '../../cases/index.ts';
import type { AccountParts } from '../../identity/index.ts';
import {
  generatePeople,
  generateProviders,
  importPeople,
  importProviders,
  mobileText,
} from '../../membership/index.ts';
import { todayInTehran, type Clock, type Keys } from '../../platform/index.ts';
import { makeToken, type TokenHolder } from '../tokens.ts';
import { introduceLogins } from './demo-logins.ts';
import { recordToken } from './token-store.ts';

const people = 1000;
const providers = 40;
const seed = 1399;
/** The first of the made-up providers; its contract is in force. */
const providerCode = '100001';

/** Fills an empty demo. Providers come last: where they are, the people are, too. */
export async function fillDemo(pool: Pool, clock: Clock): Promise<void> {
  const { rowCount } = await pool.query('select from provider limit 1');
  if (rowCount !== 0) return;
  const today = todayInTehran(clock);
  const origin = { file: '-', clock, recordedBy: 'demo', rejectedFile: undefined };
  await importPeople(pool, {
    ...origin,
    format: 'ndjson',
    standardInput: asInput(generatePeople(people, seed, today)),
  });
  await importProviders(pool, {
    ...origin,
    format: 'ndjson',
    standardInput: asInput(generateProviders(providers, seed, today)),
  });
}

function asInput(lines: Iterable<string>): AsyncIterable<Uint8Array> {
  return Readable.from(lines).map((line: string) => Buffer.from(`${line}\n`));
}

interface DemoParts extends AccountParts {
  readonly keys: Keys;
}

/** Test logins, and a first request that can be copied; also said: that all of it is a demo. */
export async function introduceDemo(parts: DemoParts, url: string): Promise<readonly string[]> {
  const { pool, keys, clock } = parts;
  const nationalId = sampleEntitled(clock);
  const token = async (holder: TokenHolder): Promise<string> => {
    const made = await makeToken(holder, keys, clock);
    await recordToken(pool, made, 'demo');
    return made.token;
  };
  const provider = await token({ kind: 'provider', code: providerCode });
  return [
    'estehqaq demo · آزمایشی: made-up people, stand-ins for the outside systems; never to become a real installation',
    `Pages: ${url}/insured with the national id ${nationalId}; the code is at ${url}/demo/messages`,
    `Enrolment: ${url}/enrol with the national id ${sampleUninsured(clock)}, who has no insurance`,
    `API: ${url}/docs`,
    ...(await introduceTelephones(pool, nationalId)),
    'Bearer tokens, good for an hour (more: npx --no-install estehqaq token --help):',
    `  provider ${providerCode}  ${provider}`,
    `  person ${nationalId}  ${await token({ kind: 'self', person: BigInt(nationalId) })}`,
    `  staff auditor  ${await token({ kind: 'staff', role: 'auditor', user: 'demo' })}`,
    ...(await introduceLogins(parts, url, providerCode)),
    'First request:',
    `  curl -s ${url}/v1/inquiries -H 'content-type: application/json' -H 'authorization: Bearer ${provider}' ` +
      `-d '{"nationalId":"${nationalId}"}'`,
  ];
}

/** Numbers from which SMS and USSD can be tried: the person's and the provider's. */
async function introduceTelephones(pool: Pool, nationalId: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string; mobile: bigint }>(
    `select kind, min(mobile) as mobile from mobile_owner
     where (kind, owner) in (('person', $1), ('provider', $2)) group by kind order by kind`,
    [String(BigInt(nationalId)), providerCode],
  );
  return rows.map(
    ({ kind, mobile }) => `Telephone of the ${kind}: npx --no-install estehqaq phone ${mobileText(mobile)}`,
  );
}

/** The first who may be enrolled: with a telephone and without any cover, also by the stand-ins (6 to 9 before the last digit). */
function sampleUninsured(clock: Clock): string {
  for (const line of generatePeople(people, seed, todayInTehran(clock))) {
    const { nationalId, mobile, diedOn, standings, otherCovers = [] } = JSON.parse(line) as Sample;
    const isReached = mobile !== undefined && (diedOn ?? null) === null && /[0-5].$/.test(nationalId);
    if (isReached && standings.length === 0 && otherCovers.length === 0) return nationalId;
  }
  throw new RangeError('everybody of the demo is insured');
}

/** The first of the made-up people who is entitled today by a standing of their own. */
function sampleEntitled(clock: Clock): string {
  const today = todayInTehran(clock);
  const on = new Date(today * millisecondsPerDay).toISOString().slice(0, 10);
  for (const line of generatePeople(people, seed, today)) {
    const { nationalId, sex, birthDate, diedOn, standings } = JSON.parse(line) as Sample;
    if (standings.length === 0 || standings.some((standing) => standing.class === 'dependant')) continue;
    const person = { sex, birthDate, diedOn: diedOn ?? null, standings };
    const decided = decideCase(
      JSON.stringify({ kind: 'entitlement', on, setting: 'outpatient', asker: 'staff', person }),
    );
    if ('outcome' in decided && decided.outcome === 'ENTITLED') return nationalId;
  }
  throw new RangeError('nobody of the demo is entitled');
}

const millisecondsPerDay = 86_400_000;

interface Sample {
  readonly nationalId: string;
  readonly sex: string;
  readonly birthDate: string;
  readonly diedOn?: string;
  readonly mobile?: string;
  readonly standings: readonly { readonly class: string }[];
  readonly otherCovers?: readonly object[];
}
