import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  codeAfter,
  demoUrl,
  faultsOf,
  look,
  newestCode,
  openBrowser,
  optionsOf,
  signIn,
  ways,
  type Way,
} from '../testing/browser.ts';

/** What an insured person does, in a real browser against a running demo. */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const { people } = inject('demo');
/** Adults with a mobile and a standing of their own; each test takes others, for codes are limited. */
const insured = people.filter(
  ({ mobile, standings, diedOn }) =>
    mobile !== undefined && (diedOn ?? null) === null && standings.some((standing) => standing.class === 'pensioner'),
);
const principals = insured.filter(({ nationalId }) => dependantsOf(nationalId).length > 0);

function dependantsOf(nationalId: string): readonly string[] {
  return people
    .filter(({ standings }) => standings.some(({ principalNationalId }) => principalNationalId === nationalId))
    .map((person) => person.nationalId);
}

let taken = 0;
const take = (): string => principals[taken++]?.nationalId ?? '';

async function open(way: Way): Promise<Page> {
  const context = await browser.newContext(optionsOf(way));
  return context.newPage();
}

async function openSignedIn(way: Way, nationalId = take()): Promise<Page> {
  const page = await open(way);
  await page.goto('/insured/sign-in');
  await signIn(page, nationalId);
  return page;
}

const usual: Way = { language: 'fa', width: 360, scripts: true, scheme: 'light' };

describe.each(ways)('$language, $width px, scripts: $scripts, $scheme', (way) => {
  it('a person asks, sees why, proves it, asks for a dependant, objects, and leaves', async () => {
    const page = await open(way);
    const nationalId = take();
    const at = (path: string): string => `${demoUrl()}/insured${path}`;
    await page.goto('/insured');
    expect(await page.getAttribute('html', 'lang')).toBe(way.language);
    expect(await page.getAttribute('html', 'dir')).toBe(way.language === 'fa' ? 'rtl' : 'ltr');
    await look(page, '01-start', way);

    await page.click('main .button');
    await look(page, '02-sign-in', way);
    await page.fill('#nationalId', '123');
    await page.click('main button[type=submit]');
    await look(page, '02-sign-in-fault', way);
    expect(await page.inputValue('#nationalId')).toBe('123');
    expect(await page.getAttribute('#nationalId', 'aria-invalid')).toBe('true');

    const before = await newestCode(page);
    // As on a Persian keyboard.
    await page.fill(
      '#nationalId',
      nationalId.replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit))),
    );
    await page.click('main button[type=submit]');
    await page.waitForSelector('#code');
    await look(page, '03-code', way);
    expect(await page.getAttribute('#code', 'autocomplete')).toBe('one-time-code');
    const code = await codeAfter(page, before);
    await page.fill('#code', code === '000000' ? '111111' : '000000');
    await page.click('main button[type=submit]');
    await look(page, '03-code-fault', way);
    await page.fill('#code', code);
    await page.click('main button[type=submit]');
    await page.waitForURL(at('/home'));
    await look(page, '04-home', way);

    // Others may have asked about the same made-up person.
    await page.goto(at('/asked'));
    const askedBefore = await page.locator('tbody tr').count();
    await page.goto(at('/home'));
    await page.click('main button[value=outpatient]');
    await page.waitForURL(/\/insured\/inquiries\/\d{16}$/);
    const answer = page.url();
    await look(page, '05-answer', way);
    await page.click('details summary');
    await look(page, '05-answer-clause', way);
    expect(await page.locator('blockquote').first().getAttribute('lang')).toBe('fa');
    expect(await page.textContent('main')).not.toContain(nationalId);

    await page.goto(at('/dependants'));
    await page.fill('#nationalId', '0012345679');
    await page.click('main button[type=submit]');
    await look(page, '06-dependants-fault', way);
    await page.fill('#nationalId', dependantsOf(nationalId)[0] ?? '');
    await page.click('main button[type=submit]');
    await page.waitForURL(/\/insured\/inquiries\/\d{16}$/);
    await look(page, '07-dependant', way);

    await page.goto(at('/asked'));
    expect(await page.locator('tbody tr').count()).toBe(askedBefore + 1);
    await look(page, '08-asked', way);

    await page.goto(at('/objections'));
    await look(page, '09-objections-none', way);
    await page.goto(answer);
    await page.locator(`a[href^="/insured/objections/new"]`).click();
    await page.click('main button[type=submit]');
    await look(page, '10-objection-fault', way);
    await page.fill('#text', 'سابقه من ناقص است\nthe first line');
    await page.click('main button[type=submit]');
    await page.waitForURL(/\/insured\/objections\/\d{11}\?new$/);
    await look(page, '11-objection-done', way);
    expect(await page.textContent('.typed')).toBe('سابقه من ناقص است\nthe first line');
    await page.goto(at('/objections'));
    expect(await page.locator('tbody tr').count()).toBe(1);
    await look(page, '12-objections', way);

    await page.goto(at('/notices'));
    await page.check('input[name=inquirySms]');
    await page.click('main button[type=submit]');
    await page.waitForURL(at('/notices?saved'));
    expect(await page.isChecked('input[name=inquirySms]')).toBe(true);
    await look(page, '13-notices', way);
    await page.goto(at('/sessions'));
    await look(page, '14-sessions', way);

    await page.click('header form button');
    await page.waitForURL(/\/insured\/sign-in/);
    await look(page, '15-out', way);
    await page.goto(answer);
    await page.waitForURL(/\/insured\/sign-in\?/);
    await page.context().close();
  });
});

describe('a proof', () => {
  it('is one page of A5 with a signed code', async () => {
    const page = await openSignedIn(
      usual,
      people.find(({ standings }) => standings[0]?.class === 'pensioner')?.nationalId,
    );
    await page.click('main button[value=outpatient]');
    await page.locator('a[href$="/proof"]').click();
    await look(page, '16-proof', usual);
    expect(await page.locator('svg.qr path').getAttribute('d')).toMatch(/^M0 0h7v1/);
    const file = await page.request.get((await page.getAttribute('a[href$=".pdf"]', 'href')) ?? '');
    expect(file.headers()).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
    expect(file.headers()['content-disposition']).toMatch(/^attachment; filename="proof-\d{4}-\d\d-\d\d\.pdf"$/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header .bar').isVisible()).toBe(false);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([420, 595]);
    await page.context().close();
  });
});

describe('what goes wrong on the way', () => {
  it('a session that ends in the middle of a form loses nothing that was typed', async () => {
    const nationalId = take();
    const page = await openSignedIn(usual, nationalId);
    await page.goto('/insured/objections/new');
    await page.fill('#text', 'نوشته‌ای دراز که نباید گم شود');
    await page.fill('#contact', '۰۹۱۲');
    await page.context().clearCookies({ name: 'session' });
    await page.click('main button[type=submit]');
    await look(page, '17-expired', usual);
    await signIn(page, nationalId);
    expect(await page.inputValue('#text')).toBe('نوشته‌ای دراز که نباید گم شود');
    expect(await page.inputValue('#contact')).toBe('۰۹۱۲');
    await page.click('main button[type=submit]');
    await page.waitForURL(/\/insured\/objections\/\d{11}\?new$/);
    await page.context().close();
  });

  it('a form that is sent twice does it once, with scripts and without; and going back sends nothing', async () => {
    const page = await openSignedIn(usual);
    await page.goto('/insured/objections/new');
    await page.fill('#text', 'دوبار');
    const form = await page
      .locator('main form')
      .evaluate((each) =>
        [...new FormData(each as HTMLFormElement)].map(
          ([name, value]) => [name, typeof value === 'string' ? value : ''] as const,
        ),
      );
    await page.locator('main button[type=submit]').dblclick();
    await page.waitForURL(/\?new$/);
    const first = page.url();
    const again = await page.request.post('/insured/objections/new', {
      form: Object.fromEntries(form),
      headers: { origin: demoUrl(), 'sec-fetch-site': 'same-origin' },
      maxRedirects: 0,
    });
    expect(again.headers()['location']).toBe(new URL(first).pathname + '?new');
    await page.goBack();
    await page.goForward();
    expect(page.url()).toBe(first);
    await page.goto('/insured/objections');
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.context().close();
  });

  it('a form from another site is refused, and so is one of another session', async () => {
    const page = await openSignedIn(usual);
    const post = (headers: Readonly<Record<string, string>>, csrf: string) =>
      page.request.post('/insured/inquiries', { form: { csrf, setting: 'outpatient' }, headers, maxRedirects: 0 });
    const csrf = (await page.getAttribute('main input[name=csrf]', 'value')) ?? '';
    const own = { origin: demoUrl(), 'sec-fetch-site': 'same-origin' };
    expect((await post({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, csrf)).status()).toBe(403);
    expect((await post(own, `${csrf.slice(1)}A`)).status()).toBe(403);
    expect((await post(own, csrf)).status()).toBe(303);
    await page.context().close();
  });

  it('without a connection it says so, and keeps nothing about the person', async () => {
    const page = await openSignedIn(usual);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await page.context().setOffline(true);
    await page.goto('/insured/asked');
    await look(page, '18-offline', usual);
    expect(await page.locator('header form').count()).toBe(0);
    const kept = await page.evaluate(
      'caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys())))).then((all) => all.flat().map(({ url }) => new URL(url).pathname))',
    );
    const isShell = (path: string): boolean => path === '/insured/offline' || path.startsWith('/assets/');
    expect(kept).not.toEqual([]);
    expect((kept as string[]).filter((path) => !isShell(path))).toEqual([]);
    await page.context().setOffline(false);
    await page.click('main .button');
    await page.waitForURL(/\/insured\/home$/);
    await page.context().close();
  });

  it('problems are pages that say what to do', async () => {
    const page = await open(usual);
    expect((await page.goto('/insured/nowhere'))?.status()).toBe(404);
    await look(page, '19-not-found', usual);
    await page.goto('/demo/messages');
    await look(page, '20-demo-messages', usual);
    await page.context().close();
  });

  it('another device can be signed out', async () => {
    const nationalId = take();
    const [one, other] = [await openSignedIn(usual, nationalId), await openSignedIn(usual, nationalId)];
    await one.goto('/insured/sessions');
    await look(one, '14-sessions-two', usual);
    await one.locator('main form button').first().click();
    await one.waitForURL(/\?ended$/);
    await other.goto('/insured/home');
    await other.waitForURL(/\/insured\/sign-in\?.*because=ended/);
    await one.context().close();
    await other.context().close();
  });
});

describe('with the keyboard alone', () => {
  it('a person goes from the first page to the answer', async () => {
    const page = await open({ ...usual, language: 'en' });
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.textContent || document.activeElement.id');
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let tries = 0; tries < 20; tries += 1) {
        await page.keyboard.press('Tab');
        if (wanted.test(await focused())) return;
      }
      throw new Error(`no way to ${wanted.source}`);
    };
    await page.goto('/insured');
    await tabTo(/Skip/);
    await page.keyboard.press('Enter');
    await tabTo(/Check my/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#nationalId');
    await tabTo(/^nationalId$/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.faults');
    expect(await focused()).toMatch(/not right/);
    await tabTo(/Type your national id/);
    await page.keyboard.press('Enter');
    const before = await newestCode(page);
    await page.keyboard.type(take());
    await page.keyboard.press('Enter');
    await page.waitForSelector('#code');
    await tabTo(/^code$/);
    await page.keyboard.type(await codeAfter(page, before));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/home$/);
    await tabTo(/Check outpatient/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/inquiries\/\d{16}$/);
    await page.context().close();
  });
});

describe('on a small and slow telephone', () => {
  it('nothing is cut off at 320 px, and what is read at 400 % is the same', async () => {
    const page = await openSignedIn({ ...usual, language: 'en' });
    await page.click('main button[value=outpatient]');
    const answer = new URL(page.url()).pathname;
    const paths = ['', '/home', '/dependants', '/asked', '/objections', '/objections/new', '/notices', '/sessions'];
    await page.setViewportSize({ width: 320, height: 256 });
    for (const path of [...paths.map((each) => `/insured${each}`), answer]) {
      for (const language of ['fa', 'en']) {
        await page.goto(`${path}?lang=${language}`);
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(320);
      }
    }
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  it('the first page and the answer weigh at most 60 kB, packed and without the font', async () => {
    const page = await openSignedIn(usual);
    await page.click('main button[value=outpatient]');
    const weigh = async (path: string): Promise<number> => {
      const html = await (await page.request.get(path)).text();
      const loaded = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+|[^"]+\.webmanifest)"/g)].map(
        ([, url]) => url ?? '',
      );
      const rest = loaded.filter((url) => !url.endsWith('.woff2'));
      const bodies = await Promise.all(rest.map(async (url) => (await page.request.get(url)).body()));
      return [Buffer.from(html), ...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0);
    };
    const [start, answer] = [await weigh('/insured'), await weigh(new URL(page.url()).pathname)];
    expect(answer).toBeGreaterThan(1_000);
    expect(Math.max(start, answer)).toBeLessThan(60_000);
    process.stdout.write(`first page ${start} B, answer ${answer} B, packed and without the font\n`);
    await page.context().close();
  });

  it('speaks to no other host, and lets no script stand in a page', async () => {
    const page = await open(usual);
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    const answer = await page.goto('/insured');
    await page.waitForLoadState('networkidle');
    expect([...hosts]).toEqual([new URL(demoUrl()).host]);
    const headers = answer?.headers() ?? {};
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    await page.context().close();
  });
});
