import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { demoUrl, faultsOf, look, openBrowser, optionsOf, signIn, type Way } from '../testing/browser.ts';

/** What the head of a household does, in a real browser against a running demo. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** They have no standing in our register, and the stand-in of the other insurers knows none of them. */
const without = inject('demo').people.filter(
  ({ mobile, standings, nationalId, diedOn }) =>
    mobile !== undefined && standings.length === 0 && (diedOn ?? null) === null && /[0-5].$/.test(nationalId),
);
/** Of those, one has a cover elsewhere in our register; the others have none at all. Each test takes another one. */
const elsewhere = without.find(({ otherCovers }) => otherCovers?.length === 1)?.nationalId ?? '';
const uninsured = without.filter(({ otherCovers }) => otherCovers?.length === 0);
let taken = 0;
const take = (): string => uninsured[taken++]?.nationalId ?? '';

/** In no register of the demo. */
const [spouseId, childId] = ['0012345024', '0012345016'];

const persian = (digits: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit)));
const small: Way = { language: 'fa', width: 360, scripts: false, scheme: 'light' };
const large: Way = { language: 'en', width: 1280, scripts: true, scheme: 'light' };
const next = 'main form button[type=submit]';

async function open(way: Way): Promise<Page> {
  const context = await browser.newContext(optionsOf(way));
  return context.newPage();
}

async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.check(`input[name=${name}][value=${value}]`);
}

/** Chooses and goes on. */
async function answer(page: Page, name: string, value: string): Promise<void> {
  await choose(page, name, value);
  await page.click(next);
}

interface Described {
  readonly nationalId?: string;
  readonly firstName: string;
  readonly sex: 'female' | 'male';
  readonly born: readonly [string, string, string];
}

async function describePerson(page: Page, { nationalId, firstName, sex, born }: Described): Promise<void> {
  if (nationalId !== undefined) await page.fill('#nationalId', nationalId);
  await page.fill('#firstName', firstName);
  await page.fill('#lastName', 'نوری');
  await choose(page, 'sex', sex);
  for (const [index, part] of ['day', 'month', 'year'].entries()) await page.fill(`#${part}`, born[index] ?? '');
}

const head: Described = { firstName: 'مریم', sex: 'female', born: ['15', '3', '1360'] };

/** Signed in, and the head described: at the first question about the household. */
async function apply(page: Page, nationalId: string): Promise<void> {
  await page.goto('/insured/sign-in?to=/enrol/apply');
  await signIn(page, nationalId);
  await page.waitForURL(/\/enrol\/apply$/);
  await describePerson(page, head);
  await page.click(next);
  await page.waitForURL(/\/elsewhere$/);
}

const addressIn = (page: Page): string => /\/enrol\/applications\/\d{13}/.exec(page.url())?.[0] ?? '';

describe('without scripts, on a small telephone, in Persian', () => {
  it('a household is quoted, applies, leaves and returns, pays at the gateway and is covered', async () => {
    const page = await open(small);
    const seen: string[] = [];
    const see = async (name: string): Promise<void> => {
      await look(page, `enrol-${name}`, small);
      seen.push(page.url());
    };

    await page.goto('/enrol');
    await see('01-start');
    await page.click('main a[href="/enrol/quote"]');
    await page.fill('#spouses', 'یک');
    await page.fill('#children', persian('1'));
    await page.click(next);
    await see('02-quote-fault');
    expect(await page.inputValue('#spouses')).toBe('یک');
    await page.fill('#spouses', persian('1'));
    await page.click(next);
    await see('03-quote-route');
    await answer(page, 'route', 'selfDeclared');
    await see('04-quoted');
    const quoted = /[۰-۹٬]+ ریال/.exec((await page.textContent('main h1')) ?? '')?.[0] ?? '';
    expect(quoted.length).toBeGreaterThan(10);

    await page.click('main a[href="/enrol/home"]');
    await signIn(page, take());
    await page.waitForURL(/\/enrol\/home$/);
    await see('05-home-none');
    await page.click('main a[href="/enrol/apply"]');
    await page.fill('#firstName', '');
    await page.fill('#day', persian('31'));
    await page.fill('#month', persian('12'));
    await page.fill('#year', persian('1360'));
    await page.click(next);
    await look(page, 'enrol-06-head-fault', small);
    expect(await page.inputValue('#month')).toBe(persian('12'));
    await describePerson(page, { ...head, born: [persian('15'), persian('3'), persian('1360')] });
    await page.click(next);
    await see('07-elsewhere');
    await answer(page, 'elsewhere', 'unknown');
    const address = addressIn(page);

    await page.goto('/enrol/home');
    await see('08-home-draft');
    await page.click('main .note a.button');
    await page.waitForURL(/\/route$/);
    await see('09-route');
    await answer(page, 'route', 'selfDeclared');
    await see('10-spouse');
    await answer(page, 'spouse', 'yes');
    await see('11-spouse-who');
    await describePerson(page, {
      nationalId: persian(spouseId),
      firstName: 'علی',
      sex: 'male',
      born: ['1', '1', '1358'],
    });
    await page.click(next);
    await answer(page, 'elsewhere', 'no');
    await see('12-children-none');
    await answer(page, 'another', 'yes');
    await see('13-child');
    await describePerson(page, { nationalId: childId, firstName: 'سارا', sex: 'female', born: ['2', '7', '1395'] });
    await page.click(next);
    await answer(page, 'elsewhere', 'no');
    await see('14-children');
    await answer(page, 'another', 'no');
    await answer(page, 'lost', 'yes');
    await look(page, 'enrol-15-lost-fault', small);
    expect(await page.isChecked('input[name=lost][value=yes]')).toBe(true);
    await answer(page, 'lost', 'unknown');
    await see('16-check');

    await page.click(`a[href="${address}/members/2?change"]`);
    await page.fill('#firstName', 'سارینا');
    await page.click(next);
    expect(new URL(page.url()).pathname).toBe(address);
    expect(await page.textContent('main')).toContain('سارینا نوری');
    expect(await page.textContent('main')).not.toContain(childId);
    await page.click(`form[action="${address}/submit"] button`);
    await page.waitForURL(/\?new$/);
    await see('17-sent');
    expect(await page.textContent('.amount')).toBe(quoted);

    await page.click(`form[action="${address}/pay"] button`);
    await look(page, 'enrol-18-pay', small);
    await page.click('main a.button');
    await page.click('form[action$="/pay"] button');
    await page.waitForURL(/\/enrol\/paid\?/);
    await see('19-paid');
    expect(await page.textContent('h1')).toBe('پرداخت انجام شد');
    await page.click('main a.button');
    await see('20-home-covered');
    expect(await page.locator('tbody tr:has-text("سارینا نوری")').count()).toBe(1);
    expect(await page.textContent('main')).toContain('۱۰ روز');
    await page.goto(address);
    await see('21-covered');

    await checkEach(page, seen);
  });
});

/** The pages that were seen: what axe says of them, and whether anything is cut off at 320 px. */
async function checkEach(page: Page, seen: readonly string[]): Promise<void> {
  const context = await browser.newContext({ ...optionsOf({ ...small, scripts: true }) });
  await context.addCookies(await page.context().cookies());
  const again = await context.newPage();
  await again.setViewportSize({ width: 320, height: 640 });
  for (const url of new Set(seen)) {
    await again.goto(url);
    expect(await again.evaluate('document.documentElement.scrollWidth'), url).toBe(320);
    expect(await faultsOf(again), `axe on ${url}`).toEqual([]);
  }
  await context.close();
  await page.context().close();
}

describe('with scripts, on a large screen, in English', () => {
  it('a household asks for the means test, waits, would rather pay, does not, and withdraws', async () => {
    const page = await open(large);
    await apply(page, elsewhere);
    await look(page, 'enrol-07-elsewhere', large);
    const address = addressIn(page);
    await page.click(next);
    await look(page, 'enrol-07-elsewhere-fault', large);
    await answer(page, 'elsewhere', 'no');
    await answer(page, 'route', 'meansTest');
    await answer(page, 'spouse', 'no');
    await answer(page, 'another', 'yes');
    await page.check('#newborn');
    await describePerson(page, { firstName: 'نوزاد', sex: 'male', born: ['1', '9', '1505'] });
    await page.click(next);
    await look(page, 'enrol-13-child-fault', large);
    await page.fill('#year', '1405');
    await page.click(next);
    await answer(page, 'elsewhere', 'unknown');
    await answer(page, 'another', 'no');
    await answer(page, 'lost', 'no');
    await look(page, 'enrol-16-check', large);
    await page.locator(`form[action="${address}/submit"] button`).dblclick();
    await page.waitForURL(/\?new$/);
    await look(page, 'enrol-17-sent-means-test', large);
    expect(await page.textContent('main')).toContain('waiting for the result of the means test');
    await page.goBack();
    await page.goto(address);
    expect(await page.locator('.history li:has-text("Application sent")').count()).toBe(1);

    await page.click('details:has(form) summary');
    await page.click(`form[action="${address}/pay-meanwhile"] button`);
    await look(page, 'enrol-17-billed', large);
    expect(await page.textContent('main')).toContain('(head) insured elsewhere, and so not here');
    await page.click(`form[action="${address}/pay"] button`);
    await page.waitForSelector('a.button[href*="StartPay"]');
    await look(page, 'enrol-18-pay', large);
    await page.click('main a.button');
    await page.click('form[action$="/cancel"] button');
    await page.waitForURL(/\/enrol\/paid\?/);
    await look(page, 'enrol-19-not-paid', large);
    expect(await page.textContent('h1')).toBe('Nothing was paid');
    await page.goto(`${address}/withdraw`);
    await look(page, 'enrol-22-withdraw', large);
    await page.click(next);
    await page.waitForURL((url) => url.pathname === address);
    await look(page, 'enrol-23-withdrawn', large);
    await page.goto('/enrol/renew');
    await page.click(next);
    await look(page, 'enrol-24-renew-fault', large);
    await page.context().close();
  });

  it('a session that ends in the middle of a question loses nothing that was typed', async () => {
    const page = await open(large);
    const nationalId = take();
    await apply(page, nationalId);
    const address = addressIn(page);
    await page.goto(`${address}/new-child`);
    await describePerson(page, { nationalId: '00123', firstName: 'باران', sex: 'female', born: ['9', '9', '1399'] });
    await page.context().clearCookies({ name: 'session' });
    await page.click(next);
    await page.waitForSelector('input[name=kept]', { state: 'attached' });
    await signIn(page, nationalId);
    expect(await page.inputValue('#firstName')).toBe('باران');
    expect(await page.inputValue('#nationalId')).toBe('00123');
    expect(await page.inputValue('#year')).toBe('1399');
    expect(await page.isChecked('input[name=sex][value=female]')).toBe(true);
    await page.click(next);
    await page.waitForSelector('.faults');
    expect(new URL(page.url()).pathname).toBe(`${address}/new-child`);

    const other = await open(large);
    await other.goto('/insured/sign-in');
    await signIn(other, take());
    expect((await other.goto(address))?.status(), 'another person').toBe(404);
    expect((await other.goto(`${address}/route`))?.status()).toBe(404);
    await page.context().close();
    await other.context().close();
  });

  it('a question is answered with the keyboard alone', async () => {
    const page = await open(large);
    await page.goto('/enrol/quote');
    const tabTo = async (id: string): Promise<void> => {
      for (let tries = 0; tries < 20; tries += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate('document.activeElement.id')) === id) return;
      }
      throw new Error(`no way to ${id}`);
    };
    await tabTo('spouses');
    await page.keyboard.type('1');
    await tabTo('children');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quote\/route\?/);
    await tabTo('route');
    await page.keyboard.press('ArrowDown');
    await tabTo('decile');
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quote\/answer\?/);
    expect(await page.textContent('main h1')).toMatch(/^You would pay [\d,]+ rials$/);
    await look(page, 'enrol-04-quoted', large);
    await page.context().close();
  });
});

it('the first page, the quote and its answer weigh at most 60 kB, packed and without the font', async () => {
  const page = await open(small);
  const weigh = async (path: string): Promise<number> => {
    const html = await (await page.request.get(path)).text();
    const loaded = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+|[^"]+\.webmanifest)"/g)].map(
      ([, url]) => url ?? '',
    );
    const bodies = await Promise.all(
      loaded.filter((url) => !url.endsWith('.woff2')).map(async (url) => (await page.request.get(url)).body()),
    );
    return [Buffer.from(html), ...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0);
  };
  const paths = ['/enrol', '/enrol/quote', '/enrol/quote/answer?spouses=1&children=2&route=meansTest&decile=4'];
  const sizes = await Promise.all(paths.map(weigh));
  expect(Math.min(...sizes)).toBeGreaterThan(1_000);
  expect(Math.max(...sizes)).toBeLessThan(60_000);
  process.stdout.write(`enrolment at ${demoUrl()}: ${sizes.join(' B, ')} B, packed and without the font\n`);
  await page.context().close();
});
