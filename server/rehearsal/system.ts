import type { Pool } from 'pg';
import { createPayments, type OnReturned, type Payments } from '../contributions/index.ts';
import type { LawInForce } from '../decisions/index.ts';
import { createEnrolment, declaredMobiles, type Enrolment } from '../enrolment/index.ts';
import { enrolmentJobs, meansTestJobs, noticeJobs, paymentJobs, type Job } from '../jobs/index.ts';
import type { Provider, SeededRandom } from '../membership/index.ts';
import { createNoticeSender, enqueueNotice, usualQuietHours, type NoticeSender } from '../notices/index.ts';
import { createLog, createMetrics, type Clock, type Ids, type Keys, type Log } from '../platform/index.ts';
import type { CivilRegistry, OtherInsurers } from '../registries/index.ts';
import type { RehearsalGateway } from './gateway.ts';
import type { RehearsalMinistry } from './registries.ts';
import type { RehearsalTransport } from './transport.ts';
import { Life } from './worker.ts';

/** What all workers of a rehearsal share: the world outside, the clock, the database. */
export interface World {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly law: LawInForce;
  readonly keys: Keys;
  readonly civilRegistry: CivilRegistry;
  readonly otherInsurers: OtherInsurers;
  readonly ministry: RehearsalMinistry;
  readonly gateway: RehearsalGateway;
  readonly transport: RehearsalTransport;
  /** What a worker has logged as an error while it lived. */
  readonly onError: (message: string) => void;
}

/** A worker: what one process of the system does, until it is killed. */
export interface Worker {
  readonly life: Life;
  readonly pool: Pool;
  readonly log: Log;
  readonly enrolment: Enrolment;
  readonly payments: Payments;
  readonly sender: NoticeSender;
  readonly jobs: readonly Job[];
}

/** The one treating centre that certifies here. */
export const hospital: Provider = {
  ...{ code: '2001', name: 'بیمارستان آزمایشی', kind: 'hospital', ownership: 'owned', version: 1n, licence: null },
  ...{ contractFrom: null, contractUntil: null, suspended: false, mobiles: [] },
};

/** @param longestLife in statements; `undefined`: it is not killed */
export function startWorker(world: World, random: SeededRandom, longestLife: number | undefined): Worker {
  const { clock, ids, law, keys, civilRegistry, otherInsurers, ministry, gateway, transport } = world;
  const life = new Life(random, longestLife);
  const pool = life.poolOf(world.pool);
  const log = logOf(world, life);
  const enrolment = createEnrolment({
    ...{ pool, clock, ids, law, log, civilRegistry, otherInsurers },
    directory: { find: (code) => (code === hospital.code ? hospital : undefined) },
  });
  const onReturned: OnReturned = (client, { household: owner, payer: person, bill, payment, amount }) =>
    enqueueNotice(client, clock, ids, {
      ...{ owner, person, event: 'paymentReturned', key: String(payment) },
      data: { bill: String(bill), amount },
    });
  const { lockHousehold, onPaid, onExpired, onResult } = enrolment;
  const payments = createPayments({
    ...{ pool, clock, ids, gateway, lockHousehold, onPaid, onExpired, onReturned, log },
    callbackUrl: () => 'http://127.0.0.1:9/v1/enrolment/payments/return',
  });
  const sender = createNoticeSender({
    ...{ pool, clock, transport, keys, log, metrics: createMetrics(), quietHours: usualQuietHours },
    decileWording: 'restored',
    otherMobiles: (persons) => declaredMobiles(pool, persons),
  });
  const testing = { pool, clock, ids, law, ministry, onResult, log };
  const jobs = [
    ...paymentJobs(payments, log),
    ...meansTestJobs(testing, { onUnpaid: 'endAtDeadline', log }),
    ...enrolmentJobs(enrolment),
    ...noticeJobs(sender),
  ];
  return { life, pool, log, enrolment, payments, sender, jobs };
}

/** The log as it is, read as it is written: an error in it is a breach, unless its writer was just killed. */
function logOf({ onError }: World, life: Life): Log {
  return createLog('error', {
    write: (line) => {
      if (life.isOver) return;
      const { msg, err, code } = JSON.parse(line) as LoggedLine;
      onError([msg, code, err?.code, err?.name, err?.at?.[0]].filter((each) => each !== undefined).join(', '));
    },
  });
}

interface LoggedLine {
  readonly msg?: string;
  readonly code?: string;
  readonly err?: { readonly name?: string; readonly code?: string; readonly at?: readonly string[] };
}
