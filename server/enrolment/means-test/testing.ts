import type { PoolClient } from 'pg';
import type { Database } from '../../database/index.ts';
import { transaction } from '../../database/index.ts';
import { createLog, createMetrics, Ids } from '../../platform/index.ts';
import type { Ministry, MinistryInquiry, MinistryResult } from '../../registries/index.ts';
import { createNoticeSender, type MessageTransport } from '../../notices/index.ts';
import { insertHousehold, insertMember } from '../household-store.ts';
import { createWorld, person } from '../testing.ts';
import type { MeansTestParts } from './parts.ts';

/** For tests of the means test: the real enrolment around it, and a ministry that answers what the test says. */

export class KeptMinistry implements Ministry {
  readonly asked: MinistryInquiry[] = [];
  readonly results = new Map<string, Omit<MinistryResult, 'reference'>>();
  isSilent = false;
  refuses: string | undefined;
  ask: Ministry['ask'] = (inquiries) => {
    if (this.isSilent) return Promise.resolve('unavailable');
    this.asked.push(...inquiries);
    const { refuses } = this;
    return Promise.resolve(
      inquiries.map(({ reference }) => ({ reference, accepted: refuses === undefined, refusal: refuses ?? null })),
    );
  };
  resultsOf: Ministry['resultsOf'] = (references) => {
    if (this.isSilent) return Promise.resolve('unavailable');
    return Promise.resolve(
      references.flatMap((reference) => {
        const result = this.results.get(reference);
        return result === undefined ? [] : [{ reference, ...result }];
      }),
    );
  };
}

export async function createTestWorld(database: Database, day?: string) {
  const world = await createWorld(database, day);
  const { pool } = database;
  const { clock, law, enrolment } = world;
  const ids = new Ids(pool, clock);
  const log = createLog('silent');
  const ministry = new KeptMinistry();
  const parts: MeansTestParts = { pool, clock, ids, law, log, ministry, onResult: enrolment.onResult };
  const sent: { readonly mobile: bigint; readonly text: string }[] = [];
  const transport: MessageTransport = {
    send: (message) => {
      sent.push(message);
      return Promise.resolve({ sent: true, transportIds: [`t-${message.key}`] });
    },
  };
  const sender = createNoticeSender({
    ...{ pool, clock, transport, log, metrics: createMetrics() },
    ...{ keys: { pepper: Buffer.alloc(32) }, quietHours: [], decileWording: 'restored' },
  });
  let households = 8_000n;
  return {
    ...{ ...world, ministry, parts, sent, sender },
    close: async () => {
      await ids.close();
      await world.close();
    },
    /** An insured household: a head and a spouse, with a free cover unless it is said otherwise. */
    insure: async (number: number, more: Partial<Insurance> = {}) => {
      households += 1n;
      const insurance = { ...usualInsurance, ...more };
      const household = households;
      await transaction(pool, (client) => insure(client, { household, number, insurance, at: clock.now() }));
      return household;
    },
  };
}

interface Insurance {
  readonly fund: string;
  readonly supportiveBody: boolean;
  readonly expiresOn: string;
  readonly free: boolean;
  readonly mobile: bigint;
}

const usualInsurance: Insurance = {
  fund: 'universal',
  supportiveBody: false,
  expiresOn: '2020-10-22',
  free: true,
  mobile: 989120000000n,
};

interface Insured {
  readonly household: bigint;
  readonly number: number;
  readonly insurance: Insurance;
  readonly at: Date;
}

async function insure(client: PoolClient, { household, number, insurance, at }: Insured): Promise<void> {
  const { fund, supportiveBody, expiresOn, free, mobile } = insurance;
  const head = person(number);
  await insertHousehold(client, { household, head }, at);
  for (const [key, relation, sex] of [
    [head, 'head', 'female'],
    [person(number + 1), 'spouse', 'male'],
  ] as const) {
    await insertMember(client, {
      ...{ household, person: key, fromDay: '2019-01-01', untilDay: null, relation, sex, birthDate: '1980-01-01' },
      ...{ firstName: null, lastName: null, mobile: null, cause: 'import' },
    });
    await client.query('insert into person_household values ($1, $2, $3)', [key, household, at]);
  }
  await client.query('insert into person_mobile values ($1, $2) on conflict do nothing', [head, mobile]);
  await client.query('insert into insured_household values ($1, $2, $3, $4, $5, false, null, null, $6)', [
    ...[household, fund, supportiveBody, expiresOn, free, at],
  ]);
  if (fund !== 'universal') return;
  await client.query(
    `insert into cover (household, cover, origin, fund, covered_from, covered_until, late_entrant, free, written_at)
     values ($1, 1, 'import', 'universal', '2019-10-23', $2, false, $3, $4)`,
    [household, expiresOn, free, at],
  );
  await client.query(
    `insert into cover_member (household, cover, person, relation, waiting_days, covered_from, entitled_from,
       covered_until, booklet) values ($1, 1, $2, 'head', 0, '2019-10-23', '2019-10-23', $3, $1)`,
    [household, head, expiresOn],
  );
}
