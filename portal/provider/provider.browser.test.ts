import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { demoUrl, look, openBrowser, optionsOf, signIn, type Way } from '../testing/browser.ts';

/** A day at the desk of a provider, in a real browser against a running demo. */

let browser: Browser;
/** Of a clerk who has signed in. */
let cookies: Cookies;
beforeAll(async () => {
  browser = await openBrowser();
  const context = await newContext({ ...usual, scripts: false });
  const page = await context.newPage();
  await page.goto('/provider');
  await signInAsClerk(page);
  await page.waitForURL(/\/provider$/);
  cookies = await context.cookies();
  await context.close();
});
afterAll(() => browser.close());

const { people, clerkPassword } = inject('demo');
/** With a standing of their own, a mobile, and nobody who depends on them: other tests sign in as those that have. */
const entitled = people.filter(
  ({ nationalId, mobile, standings, diedOn }) =>
    mobile !== undefined &&
    (diedOn ?? null) === null &&
    standings.some((standing) => standing.class === 'pensioner') &&
    !people.some((other) => other.standings.some(({ principalNationalId }) => principalNationalId === nationalId)),
);
let taken = 0;
const take = (): string => entitled[taken++]?.nationalId ?? '';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

const usual: Way = { language: 'fa', width: 1280, scripts: true, scheme: 'light' };
const ways: readonly Way[] = [usual, { language: 'en', width: 360, scripts: true, scheme: 'dark' }];

async function newContext(way: Way): Promise<BrowserContext> {
  const context = await browser.newContext(optionsOf(way));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.addInitScript('window.print = () => { document.documentElement.dataset.printed = "yes"; }');
  return context;
}

async function signInAsClerk(page: Page): Promise<void> {
  await page.fill('#user', 'clerk');
  await page.fill('#password', clerkPassword);
  await page.click('form button');
}

/** At the desk, its script running. */
async function openDesk(way: Way): Promise<Page> {
  const context = await newContext(way);
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto('/provider');
  if (way.scripts) await page.waitForSelector('aside');
  return page;
}

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

const waitForEmptyBox = (page: Page): Promise<void> =>
  expect.poll(() => page.inputValue('#asked'), { timeout: 5_000 }).toBe('');
const waitForRecent = (page: Page, count: number): Promise<void> =>
  page
    .locator('.recent li')
    .nth(count - 1)
    .waitFor();
const verdictOf = (page: Page): Promise<string | null> => page.textContent('.verdict h1');
const codeShown = async (page: Page): Promise<string> => {
  const text = (await page.textContent('.tracking .code')) ?? '';
  return text.replace(/[۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
};
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.id');
const inPersian = (digits: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit)));
const saidEntitled = { fa: 'دارای استحقاق درمان', en: 'Entitled to treatment' };
const undetermined = { fa: /^نامشخص/, en: /^Not determined/i };

/** Of one person, as that person sees it. */
async function countAsked(nationalId: string): Promise<number> {
  const page = await (await newContext({ ...usual, scripts: false })).newPage();
  await page.goto('/insured/sign-in');
  await signIn(page, nationalId);
  await page.goto('/insured/asked');
  const count = await page.locator('tbody tr').count();
  await page.context().close();
  return count;
}

describe.each(ways)('$language, $width px, $scheme', (way) => {
  it('asks, copies and goes on without a mouse', async () => {
    const page = await (await newContext(way)).newPage();
    await page.goto('/provider');
    await page.focus('#user');
    await page.keyboard.type('clerk');
    await page.keyboard.press('Tab');
    await page.keyboard.type(clerkPassword);
    await page.keyboard.press('Enter');
    await page.waitForSelector('aside');
    expect(await focused(page)).toBe('asked');
    await look(page, 'provider-01-desk', way);

    await type(page, '');
    await page.waitForSelector('#asked-fault');
    await type(page, '12345');
    await look(page, 'provider-02-fault', way);
    expect(await page.inputValue('#asked')).toBe('12345');
    expect(await focused(page)).toBe('asked');

    const nationalId = take();
    await page.keyboard.press('/');
    await type(page, ` ${inPersian(nationalId.slice(0, 3))}-${nationalId.slice(3)} `);
    await page.waitForSelector('.tracking');
    expect(await verdictOf(page)).toBe(saidEntitled[way.language]);
    expect(await focused(page)).toBe('asked');
    expect(await page.inputValue('#asked')).toBe('');
    expect(await page.textContent('body')).not.toContain(nationalId);
    await look(page, 'provider-03-answer', way);

    const code = await codeShown(page);
    // As the key with the c is under a Persian layout.
    await page.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ز', code: 'KeyC', bubbles: true, cancelable: true }))`,
    );
    await page.waitForSelector('.said:not(:empty)');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);
    await page.keyboard.press('p');
    expect(await page.getAttribute('html', 'data-printed')).toBe('yes');
    expect(await page.inputValue('#asked')).toBe('');

    await page.keyboard.press('i');
    expect(await page.isChecked('[name=setting]')).toBe(true);
    await type(page, take());
    await waitForRecent(page, 2);
    await look(page, 'provider-04-inpatient', way);

    // What was answered before, by its code as it is copied and printed.
    await type(page, inPersian(code.replace(/(\d{4})(?=\d)/g, '$1-')));
    await waitForRecent(page, 3);
    expect(await codeShown(page)).toBe(code);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('.verdict')).toBe(true);
    expect(await page.isVisible('aside')).toBe(false);
    expect(await page.isVisible('form.ask')).toBe(false);
    await page.screenshot({ path: `reports/screenshots/provider-print-${way.language}.png` });
    await page.context().close();
  });

  it('shows every kind of answer as what it is', async () => {
    const page = await openDesk(way);
    const { csrfToken } = (await (await page.request.get('/v1/identity/session')).json()) as { csrfToken: string };
    const found = new Map<string, string>();
    for (const { nationalId } of people.slice(0, 40)) {
      const reply = await page.request.post('/v1/inquiries', {
        headers: { origin: demoUrl(), 'x-csrf-token': csrfToken },
        data: { nationalId },
      });
      found.set(((await reply.json()) as { outcome: string }).outcome, nationalId);
    }
    expect([...found.keys()]).toContain('NOT_ENTITLED');
    found.set('UNKNOWN_PERSON', '0012345679');
    for (const [outcome, nationalId] of found) {
      await type(page, nationalId);
      await page.waitForSelector('.tracking');
      await waitForEmptyBox(page);
      await look(page, `provider-state-${outcome}`, way);
      await page.keyboard.press('/');
    }
    // Whether another insurer is silent is not ours to choose: as the server would say it.
    const provisional = {
      outcome: 'PROVISIONAL',
      setting: 'inpatient',
      reasons: ['OVERLAP_PENDING'],
      on: '2026-11-23',
    };
    await page.route(
      '**/v1/inquiries',
      (route) => route.fulfill({ json: { ...provisional, trackingCode: '4819205733161234' } }),
      { times: 1 },
    );
    await type(page, take());
    await page.waitForSelector('.verdict.provisional');
    await look(page, 'provider-state-PROVISIONAL', way);
    await page.route('**/v1/inquiries', (route) =>
      route.fulfill({ status: 503, json: { code: 'COULD_NOT_DETERMINE', trackingCode: '4819205733161234' } }),
    );
    await type(page, take());
    await page.waitForSelector('.verdict.undetermined');
    await look(page, 'provider-state-COULD_NOT_DETERMINE', way);
    await page.context().close();
  });
});

describe('on a bad day', () => {
  it('says since when there is no connection, and asks the same again by itself', async () => {
    const page = await openDesk(usual);
    const nationalId = take();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push((request.postDataJSON() as { requestId: string }).requestId);
    });
    await page.context().setOffline(true);
    await page.waitForSelector('.note[role=status]');
    await type(page, nationalId);
    await page.waitForSelector('.verdict.undetermined');
    expect(await verdictOf(page)).toMatch(undetermined.fa);
    expect(await page.inputValue('#asked')).toBe(nationalId);
    await look(page, 'provider-05-offline', usual);
    await page.context().setOffline(false);
    await page.waitForSelector('.verdict.entitled');
    expect(await page.locator('.note[role=status]').count()).toBe(0);
    expect(new Set(sent).size).toBe(1);
    expect(await page.locator('.recent li').count()).toBe(1);
    await page.context().close();
    expect(await countAsked(nationalId)).toBe(1);
  });

  it('asks with the same request id where the answer was lost on the way, and it is recorded once', async () => {
    const page = await openDesk(usual);
    const nationalId = take();
    let lost = '';
    await page.route(
      '**/v1/inquiries',
      async (route) => {
        lost = ((await (await route.fetch()).json()) as { trackingCode: string }).trackingCode;
        await route.abort();
      },
      { times: 1 },
    );
    await type(page, nationalId);
    await page.waitForSelector('.verdict.undetermined');
    const replayed = page.waitForResponse('**/v1/inquiries');
    await page.click('article button');
    expect((await replayed).headers()['idempotent-replay']).toBe('true');
    await page.waitForSelector('.verdict.entitled');
    expect(await codeShown(page)).toBe(lost);
    await page.context().close();
    expect(await countAsked(nationalId)).toBe(1);
  });

  it('waits quietly, and after a while says for what', async () => {
    const page = await openDesk(usual);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/v1/inquiries', async (route) => {
      await held;
      await route.continue();
    });
    await type(page, take());
    expect(await page.locator('.waiting').count()).toBe(0);
    await page.waitForSelector('.waiting [role=progressbar]');
    expect(await page.locator('.waiting p').count()).toBe(0);
    await page.waitForSelector('.waiting p');
    await look(page, 'provider-06-waiting', usual);
    // The next patient is typed already: the answer does not take that away.
    await page.fill('#asked', '123');
    release();
    await page.waitForSelector('.verdict.entitled');
    expect(await page.locator('.waiting').count()).toBe(0);
    expect(await page.inputValue('#asked')).toBe('123');
    await page.context().close();
  });

  it('keeps what was typed when the session has ended, and goes on after the sign-in beside it', async () => {
    const page = await openDesk(usual);
    const nationalId = take();
    await page.context().clearCookies();
    await type(page, nationalId);
    await page.waitForSelector('.note[role=alert]');
    expect(await page.inputValue('#asked')).toBe(nationalId);
    await look(page, 'provider-07-signed-out', usual);
    const [beside] = await Promise.all([page.context().waitForEvent('page'), page.click('.note a')]);
    await signInAsClerk(beside);
    await beside.waitForURL(/\/provider\/signed-in$/);
    await look(beside, 'provider-08-signed-in', usual);
    await beside.close();
    await page.click('.note button');
    await page.waitForSelector('.verdict.entitled');
    await page.context().close();
    expect(await countAsked(nationalId)).toBe(1);
  });

  it('opens without a connection, and keeps nothing about anybody', async () => {
    const page = await openDesk(usual);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    const nationalId = take();
    await type(page, nationalId);
    await page.waitForSelector('.verdict.entitled');
    await expect
      .poll(() => page.evaluate(`caches.match('/provider/offline').then((kept) => kept !== undefined)`))
      .toBe(true);
    const kept = await page.evaluate<{ url: string; page: string }[]>(
      `caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => {
        const cache = await caches.open(name);
        return Promise.all((await cache.keys()).map(async ({ url }) => {
          const found = await cache.match(url);
          const isPage = found.headers.get('content-type').startsWith('text/html');
          return { url: new URL(url).pathname, page: isPage ? await found.text() : '' };
        }));
      }))).flat())`,
    );
    expect(kept.filter((each) => each.page !== '').map(({ url }) => url)).toEqual(
      expect.arrayContaining(['/insured/offline', '/provider/offline']),
    );
    for (const each of kept) {
      expect(each.url).toMatch(/^\/(?:assets\/|\w+\/offline$)/);
      expect(each.page).not.toMatch(/data-csrf|data-user|name="csrf"/);
      expect(each.page).not.toContain(nationalId);
    }
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);

    await page.context().setOffline(true);
    await page.reload();
    await page.waitForSelector('.note[role=status]');
    await look(page, 'provider-09-opened-offline', usual);
    await type(page, take());
    await page.waitForSelector('.verdict.undetermined');
    await page.context().setOffline(false);
    await page.waitForSelector('.verdict.entitled');
    await page.context().close();
  });
});

describe('a provider', () => {
  it('is told no end and no full reason, neither on the page nor on the wire', async () => {
    const page = await openDesk(usual);
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/v1/')) bodies.push(response.text());
    });
    for (const { nationalId } of people.slice(0, 20)) {
      const answered = page.waitForResponse('**/v1/inquiries');
      await type(page, nationalId);
      await answered;
      await waitForEmptyBox(page);
    }
    const all = (await Promise.all(bodies)).join('\n');
    expect(bodies.length).toBe(20);
    expect(all).toContain('NOT_COVERED');
    for (const told of [all, await page.content()]) {
      expect(told).not.toMatch(/entitledUntil|endedOn|actingClass|"needs"/);
      expect(told).not.toMatch(/_ENDED|_RULE|DECEASED|LEFT_DEPENDENCY|NO_CERT|NOT_PAID|MARRIED|EMPLOYED|PRINCIPAL_/);
    }
    await page.context().close();
  });

  it('works without scripts', async () => {
    const way = { ...usual, scripts: false };
    const page = await openDesk(way);
    const nationalId = take();
    await page.fill('#asked', '12345');
    await page.click('form.ask button');
    expect(await page.locator('#asked-fault').count()).toBe(1);
    expect(await page.inputValue('#asked')).toBe('12345');
    await page.fill('#asked', inPersian(nationalId));
    await page.click('form.ask button');
    await page.waitForURL(/\/provider\/inquiries\/\d{16}$/);
    expect(await verdictOf(page)).toBe(saidEntitled.fa);
    await look(page, 'provider-10-without-scripts', way);
    const code = await codeShown(page);
    await page.context().clearCookies();
    await page.fill('#asked', code);
    await page.click('form.ask button');
    await signInAsClerk(page);
    expect(await page.inputValue('#asked')).toBe(code);
    await page.click('form.ask button');
    expect(await codeShown(page)).toBe(code);
    await page.context().close();
    expect(await countAsked(nationalId)).toBe(1);
  });

  it('has its desk to itself', async () => {
    const page = await (await newContext(usual)).newPage();
    await page.goto('/insured/sign-in');
    await signIn(page, take());
    const refused = await page.goto('/provider');
    expect(refused?.status()).toBe(403);
    await look(page, 'provider-11-forbidden', usual);
    await page.context().close();
  });

  it('loads at most 170 kB of scripts, packed, and from no other host', async () => {
    const page = await (await newContext(usual)).newPage();
    const scripts: Promise<Buffer>[] = [];
    const hosts = new Set<string>();
    page.on('response', (response) => {
      hosts.add(new URL(response.url()).host);
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.context().addCookies(cookies);
    await page.goto('/provider');
    await page.waitForSelector('aside');
    const weight = (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0);
    expect(weight).toBeGreaterThan(10_000);
    expect(weight).toBeLessThanOrEqual(170_000);
    expect([...hosts]).toEqual([new URL(demoUrl()).host]);
    process.stdout.write(`scripts of the desk: ${weight} B, packed\n`);
    await page.context().close();
  });
});
