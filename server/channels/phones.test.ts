import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { freshDatabase } from '../database/testing.ts';
import { createLog, createMetrics } from '../platform/index.ts';
import { createShahkar } from '../registries/index.ts';
import { openPhones, type OpenPhonesParts, type Phones } from './phones.ts';
import { chooseInquirySms } from './sms/index.ts';
import { codeIn, insured, openPhones as openTestPhones, provider, register, SetClock } from './sms/testing-phones.ts';
import { startMessageCentre, until } from './smpp/testing.ts';

/** The telephones as the system opens them, against a message centre. */

const father = { id: '0012345679', mobile: '989121111111' };
const pharmacy = '989124444444';

const database = await freshDatabase();
const clock = new SetClock();
await register(database, [insured(father.id, `+${father.mobile}`)], [provider('100001', [`+${pharmacy}`])]);
const base = await openTestPhones(database, clock);
const centre = await startMessageCentre();
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-phones-'));
const registry = createMetrics();
const open = (environment: Record<string, string>, more: Partial<OpenPhonesParts> = {}): Phones =>
  openPhones({
    ...base.parts,
    inquiry: base.inquiry,
    shahkar: createShahkar({ address: undefined, allowStandIn: false }),
    config: readConfig(environment).phones,
    trustedProxies: [],
    isDemo: false,
    log: createLog('silent'),
    registry,
    ...more,
  });
const phones = open({ SMPP_URL: `smpp://esme:secret@127.0.0.1:${centre.port}` });
afterAll(async () => {
  await phones.close();
  await base.close();
  await centre.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

interface Sent {
  readonly dst: string;
  readonly src: string;
  readonly text: string;
  readonly len: number;
}

const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
const sent = (): Promise<readonly Sent[]> => centre.tell<readonly Sent[]>('log 100');
const write = (from: string, text: string) => centre.tell(`mo ${from} 1420 8 0 ${hex(text)}`);

describe('over SMPP', () => {
  it('a text is answered from the number that it was written to, in one message', async () => {
    await until('bound', async () => (await centre.tell<{ bound_now: number }>('stats')).bound_now === 1);
    await write(father.mobile, '۰');
    await until('an answer', async () => (await sent()).length === 1);
    const [answer] = await sent();
    expect(answer).toMatchObject({ dst: father.mobile, src: '1420' });
    expect(answer?.text).toMatch(/^دارای استحقاق درمان تا پایان .*\n5679\nرهگیری \d{16}$/);
    expect(answer?.len).toBeLessThanOrEqual(140);
  });

  it('a text that is brought again within a minute is the same inquiry', async () => {
    await write(father.mobile, '0');
    await until('another answer', async () => (await sent()).length === 2);
    const [first, second] = await sent();
    expect(second?.text).toBe(first?.text);
    expect((await database.pool.query('select from inquiry')).rowCount).toBe(1);
  });

  it('a dialogue goes from the menu to the answer', async () => {
    await centre.tell(`ussd ${pharmacy} *4*1420# 3 ${father.id}`);
    type Dialogs = Record<string, { done?: string; screens: { op: number; text: string }[] }>;
    await until('its end', async () => (await centre.tell<Dialogs>('dialogs'))[pharmacy]?.done !== undefined);
    const { done, screens = [] } = (await centre.tell<Dialogs>('dialogs'))[pharmacy] ?? {};
    expect(done).toBe('released by application');
    expect(screens.map(({ op }) => op)).toEqual([2, 2, 17]);
    expect(codeIn(screens.at(-1)?.text)).toMatch(/^\d{16}$/);
  });

  it('whoever wants it is told of an inquiry', async () => {
    const before = (await sent()).length;
    await chooseInquirySms(database.pool, clock, { person: BigInt(father.id), inquirySms: true });
    clock.advance(61);
    const asker = { kind: 'provider', code: '100001' } as const;
    await phones.inquiry.ask({ asker, person: BigInt(father.id), setting: 'outpatient', channel: 'web' });
    await until('a notice', async () => (await sent()).length === before + 1);
    expect((await sent()).at(-1)).toMatchObject({
      dst: father.mobile,
      text: expect.stringContaining('استعلام') as unknown,
    });
    expect(await registry.metrics()).toContain('estehqaq_smpp_sent_total{result="accepted"}');
  });
});

describe('the configuration', () => {
  it.each([
    ['SMPP_URL', 'http://x'],
    ['SMPP_FILE', '{"window": 0}'],
    ['GATEWAY_FILE', '{"ussd": {"root": "x"}}'],
    ['GATEWAY_FILE', '{'],
  ])('names %s where it is not understood, and never what stands in it', (name, value) => {
    const path = join(folder, 'data.json');
    writeFileSync(path, value);
    const usual = name === 'SMPP_FILE' ? { SMPP_URL: 'smpp://esme:secret@127.0.0.1:1' } : {};
    const environment = { ...usual, [name]: name === 'SMPP_URL' ? value : path };
    expect(() => open(environment, { registry: createMetrics() })).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringContaining(name) as unknown }),
    );
  });

  it('lets nobody in unless somebody is named', async () => {
    const closed = open({}, { registry: createMetrics() });
    expect(closed.gateways).toBeUndefined();
    expect(closed.inquiry).toBe(base.inquiry);
    const demo = open({}, { registry: createMetrics(), isDemo: true });
    expect(demo.gateways?.allows({ headers: {}, ip: '127.0.0.1' })).toBe(true);
    expect(demo.gateways?.allows({ headers: {}, ip: '10.0.0.1' })).toBe(false);
    await closed.close();
    await demo.close();
  });
});
