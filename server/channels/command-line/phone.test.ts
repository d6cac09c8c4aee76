import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { screenTexts } from '../short-messages.ts';
import { usualGateway } from '../sms/index.ts';
import { insured, openPhones, register, SetClock } from '../sms/testing-phones.ts';
import { createGatewayAccess } from '../web/gateway-access.ts';
import { createTestWeb } from '../web/testing.ts';
import { drawScreen, drawSms } from './phone-screen.ts';

const main = join(import.meta.dirname, '../../main.ts');
const folder = mkdtempSync(join(tmpdir(), 'estehqaq-phone-'));
const secret = 'a-secret-of-sixteen';
const database = await freshDatabase();
await register(database, [insured('0012345679', '+989121111111')], []);
const phones = await openPhones(database, new SetClock());
const { app } = await createTestWeb({
  gateways: {
    sms: phones.sms,
    ussd: phones.ussd,
    dialect: usualGateway,
    allows: createGatewayAccess({ secret, header: usualGateway.secretHeader, addresses: [], hasTrustedProxies: false }),
    send: undefined,
  },
});
await app.listen({ host: '127.0.0.1', port: 0 });
const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
afterAll(async () => {
  await app.close();
  await phones.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function phone(args: readonly string[], { input = '', key = secret } = {}): Promise<Ended> {
  const environment = { PATH: process.env['PATH'], ESTEHQAQ_DATA: folder, GATEWAY_SECRET: key };
  return new Promise((ended) => {
    const program = execFile(process.execPath, [main, 'phone', ...args], { env: environment }, (error, out, err) => {
      ended({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
    program.stdin?.end(input);
  });
}

describe('the telephone in the terminal', () => {
  it('sends an SMS, and shows the answer with its length', async () => {
    const { code, out } = await phone(['09121111111', '--sms', '0', '--url', url]);
    expect(code).toBe(0);
    expect(out).toMatch(/^┌─{20}┐ SMS \d\d\/70\n│دارای استحقاق درمان /);
    const json = await phone(['09121111111', '--sms', '0', '--url', url, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ ends: true, text: expect.stringContaining('5679') as unknown });
  });

  it('goes through a dialogue, line by line', async () => {
    const { code, out } = await phone(['+989121111111', '--url', url], { input: '*4*1420#\n9\n1\nx\n\n' });
    expect(code).toBe(0);
    expect(out).toContain(`USSD ${screenTexts.menu.length}/80`);
    expect(out).toContain(`USSD ${screenTexts.wrongChoice.length}/80`);
    expect(out).toMatch(/answer> ┌─+┐ USSD \d\d\/80\n│دارای استحقاق درمان /);
    expect(out).toMatch(/> ┌─+┐ SMS \d\d\/70\n/);
  });

  it('says what is in the way', async () => {
    expect(await phone(['12', '--sms', '0'])).toMatchObject({ code: 2 });
    expect(await phone(['09121111111', '--sms', '0', '--ussd', '*1#'])).toMatchObject({ code: 2 });
    const nowhere = await phone(['09121111111', '--sms', '0']);
    expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('no system runs in')]);
    const stranger = await phone(['09121111111', '--sms', '0', '--url', url], { key: 'another-secret-of-mine' });
    expect([stranger.code, stranger.err]).toEqual([3, expect.stringContaining('GATEWAY_SECRET')]);
    const silent = await phone(['09127777777', '--sms', 'x', '--url', url]);
    expect(silent.code).toBe(0);
    expect(await phone(['09127777777', '--sms', 'x', '--url', url])).toMatchObject({ code: 1, out: '(no answer)\n' });
  });

  it('wraps between words, and takes no room for joiners', () => {
    expect(drawSms('a'.repeat(25))).toBe(
      `┌${'─'.repeat(20)}┐ SMS 25/70\n│${'a'.repeat(20)}│\n│aaaaa               │\n└${'─'.repeat(20)}┘`,
    );
    const rows = drawScreen(screenTexts.menu).split('\n').slice(1, -1);
    expect(rows.every((row) => row.replaceAll('\u200c', '').length === 22)).toBe(true);
  });
});
