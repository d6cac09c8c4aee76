import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { generatePeople } from '../membership/index.ts';
import { phoneTexts } from './short-messages.ts';
import { usualGateway } from './sms/index.ts';
import { openPhones, provider, register, SetClock } from './sms/testing-phones.ts';
import { createGatewayAccess } from './web/gateway-access.ts';
import { createTestWeb } from './web/testing.ts';

/**
 * T-12: any channel is enough, and all are equal. A thousand people, asked about at one moment by everybody who may,
 * over HTTP, SMS, USSD over SMPP and USSD over HTTP: the journal says the same each time; only the wording differs.
 */

interface Person {
  readonly nationalId: string;
  readonly standings: readonly { readonly class: string; readonly principalNationalId?: string }[];
}

const count = 1_000;
const people = [...generatePeople(count, 12)].map((line, index) => ({
  ...(JSON.parse(line) as Person),
  mobile: `+98913${String(index).padStart(7, '0')}`,
}));
const mobiles = new Map(people.map(({ nationalId, mobile }) => [nationalId, mobile]));
const providers = [
  provider('100001', ['+989140000001']),
  provider('100002', ['+989140000002'], { contractUntil: '2026-01-01' }),
];

interface Asked {
  readonly kind: 'provider' | 'self' | 'principal';
  readonly person: string;
  /** National id, or the provider's code. */
  readonly asker: string;
  readonly mobile: string;
}

const asked = people.flatMap(({ nationalId: person, standings }, index): Asked[] => {
  const principals = standings.flatMap(({ principalNationalId }) => principalNationalId ?? []);
  const isOver = index % 50 === 0;
  return [
    { kind: 'provider', person, asker: '100001', mobile: '+989140000001' },
    ...(isOver ? [{ kind: 'provider', person, asker: '100002', mobile: '+989140000002' } as const] : []),
    { kind: 'self', person, asker: person, mobile: mobiles.get(person) ?? '' },
    ...[...new Set(principals)].map((asker): Asked => ({
      kind: 'principal',
      person,
      asker,
      mobile: mobiles.get(asker) ?? '',
    })),
  ];
});

const database = await freshDatabase();
const clock = new SetClock('2026-11-22T08:00:00Z');
await register(database, people, providers, clock);
const many = { messages: 1e6, questions: 1e6, persons: 1e6 };
const limits = { person: many, provider: many, aboutPerson: 1e6, slowedSeconds: 10 };
const phones = await openPhones(database, clock, { limits });
const secret = 'a-secret-of-sixteen';
const {
  app,
  bearer,
  clock: webClock,
} = await createTestWeb({
  inquiry: phones.inquiry,
  limits: { perToken: 1e6, perAddress: 1e6 },
  gateways: {
    sms: phones.sms,
    ussd: phones.ussd,
    dialect: usualGateway,
    allows: createGatewayAccess({ secret, header: 'key', addresses: [], hasTrustedProxies: false }),
    send: undefined,
  },
});
webClock.set(clock.now().toISOString());
afterAll(async () => {
  await app.close();
  await phones.close();
  await database.close();
});

const choice = { self: '1', principal: '2', provider: '3' } as const;
const inputsOf = ({ kind, person }: Asked): string[] => (kind === 'self' ? ['1'] : [choice[kind], person]);

interface Told {
  readonly channel: string;
  readonly text: string;
  readonly hasEnd: boolean;
}

async function overHttp({ kind, person, asker }: Asked): Promise<Told> {
  const holder = kind === 'provider' ? { kind, code: asker } : ({ kind: 'self', person: BigInt(asker) } as const);
  const headers = await bearer(holder);
  const answer = await app.inject({ method: 'POST', url: '/v1/inquiries', headers, payload: { nationalId: person } });
  const { entitledUntil, endedOn } = answer.json<Record<string, unknown>>();
  return { channel: 'http', text: answer.body, hasEnd: entitledUntil !== undefined || endedOn !== undefined };
}

async function overSms({ kind, person, mobile }: Asked): Promise<Told> {
  const text = await phones.sms.answerText({ from: mobile, to: '1420', text: kind === 'self' ? '0' : person });
  return { channel: 'sms', text: text ?? '', hasEnd: isEndTold(text ?? '') };
}

async function overSmpp(question: Asked, session: string): Promise<Told> {
  const { mobile: from } = question;
  let screen = await phones.ussd.takeStep({ sessionId: session, operation: 'begin', from, text: '*4*1420#' });
  for (const text of inputsOf(question)) {
    expect(screen?.ends).toBe(false);
    screen = await phones.ussd.takeStep({ sessionId: session, operation: 'answer', from, text });
  }
  expect(screen?.ends).toBe(true);
  return { channel: 'ussd over smpp', text: screen?.text ?? '', hasEnd: isEndTold(screen?.text ?? '') };
}

async function overUssdHttp(question: Asked, session: string): Promise<Told> {
  const fields = { sessionId: session, serviceCode: '*4*1420#', phoneNumber: question.mobile };
  const answer = await app.inject({
    method: 'POST',
    url: '/channels/ussd/http',
    headers: { key: secret },
    payload: { ...fields, text: inputsOf(question).join('*') },
  });
  expect(answer.body).toMatch(/^END /);
  return { channel: 'ussd over http', text: answer.body, hasEnd: isEndTold(answer.body) };
}

const isEndTold = (text: string): boolean => /تا پایان|تا اطلاع|درمان از /.test(text);

async function askEverywhere(question: Asked, index: number): Promise<readonly Told[]> {
  return Promise.all([
    overHttp(question),
    overSms(question),
    overSmpp(question, `smpp${index}`),
    overUssdHttp(question, `http${index}`),
  ]);
}

interface Row {
  readonly person: bigint;
  readonly asker_kind: number;
  readonly asker: string;
  readonly channel: number;
  readonly decision: string;
}

describe('a thousand people', async () => {
  const told: (readonly Told[])[] = [];
  const atOnce = 200;
  for (let begin = 0; begin < asked.length; begin += atOnce) {
    const some = asked.slice(begin, begin + atOnce);
    told.push(...(await Promise.all(some.map((each, index) => askEverywhere(each, begin + index)))));
  }
  const { rows } = await database.pool.query<Row>(
    `select person, asker_kind, asker, channel, json_build_array(outcome, reasons, clauses, acting_class, needs,
       entitled_until, ended_on, told, on_day, setting, law_version, dossier_version, principals)::text as decision
     from inquiry order by person, asker_kind, asker, channel`,
  );
  const byQuestion = Map.groupBy(rows, ({ person, asker_kind: kind, asker }) => `${person}/${kind}/${asker}`);
  const rowsOf = ({ kind, person, asker }: Asked): readonly Row[] =>
    byQuestion.get(`${BigInt(person)}/${kind === 'provider' ? 1 : 2}/${kind === 'provider' ? asker : BigInt(asker)}`) ??
    [];

  it('are asked about by everybody who may', () => {
    expect(people).toHaveLength(count);
    for (const kind of ['provider', 'self', 'principal'] as const) {
      expect(asked.filter((each) => each.kind === kind).length).toBeGreaterThan(400);
    }
    const outcomes = new Set(rows.map(({ decision }) => decision.slice(1, 3)));
    expect(outcomes.size).toBeGreaterThan(4);
  });

  it('get the same outcome and reasons in the journal over every channel', () => {
    for (const question of asked) {
      const found = rowsOf(question);
      // 1 web, 3 SMS, 4 USSD; or nothing at all, where it is none of the asker's business.
      const channels = found.map(({ channel }) => channel);
      expect(channels, JSON.stringify(question)).toEqual(channels.length === 0 ? [] : [1, 3, 4, 4]);
      expect(new Set(found.map(({ decision }) => decision)).size).toBeLessThanOrEqual(1);
    }
    expect(rows.length).toBeGreaterThan(asked.length * 3.9);
  });

  it('are refused alike where it is none of the asker’s business', () => {
    const refused = asked.flatMap((question, index) => (rowsOf(question).length === 0 ? [told[index] ?? []] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const [http, sms, smpp, ussdHttp] of refused) {
      expect(http?.text).toContain('NOT_YOURS');
      expect(['', phoneTexts.helpPerson]).toContain(sms?.text);
      expect([smpp?.text, ussdHttp?.text]).toEqual([phoneTexts.notYours, `END ${phoneTexts.notYours}`]);
    }
  });

  it('are told the end alone', () => {
    let ends = 0;
    for (const [index, { kind }] of asked.entries()) {
      const hasEnd = told[index]?.map((each) => each.hasEnd) ?? [];
      if (kind === 'provider') expect(hasEnd).toEqual([false, false, false, false]);
      // HTTP also says "none", which has no words on a telephone.
      const [http, ...others] = hasEnd;
      expect(new Set(others).size).toBe(1);
      if (others[0] === true) {
        expect(http).toBe(true);
        ends += 1;
      }
    }
    expect(ends).toBeGreaterThan(count);
  });
});
