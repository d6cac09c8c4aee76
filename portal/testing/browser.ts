import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

/** A real browser, and what tests of pages do in it. */

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: flags });
}

/** @throws Error saying how to get one */
function findChromium(): string {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)));
  const candidates = [process.env['CHROMIUM'] ?? '', ...onPath, chromium.executablePath()];
  const found = candidates.find((path) => path !== '' && existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium is here. Install one (apt-get install chromium, or npx playwright-core install chromium), or name one in CHROMIUM.',
  );
}

export interface Way {
  readonly language: 'fa' | 'en';
  readonly width: 360 | 1280;
  readonly scripts: boolean;
  readonly scheme: 'light' | 'dark';
}

/** Each language, each width, with and without scripts, light and dark. */
export const ways: readonly Way[] = [
  { language: 'fa', width: 360, scripts: true, scheme: 'light' },
  { language: 'en', width: 1280, scripts: true, scheme: 'dark' },
  { language: 'fa', width: 1280, scripts: false, scheme: 'dark' },
  { language: 'en', width: 360, scripts: false, scheme: 'light' },
];

export const demoUrl = (): string => inject('demo').url;

export function optionsOf({ language, width, scripts, scheme }: Way): BrowserContextOptions {
  return {
    baseURL: demoUrl(),
    locale: language,
    viewport: { width, height: 800 },
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    reducedMotion: 'reduce',
  };
}

export const screenshots = join(import.meta.dirname, '../../reports/screenshots');

/** A picture of the page to look at; and nothing that axe finds, and nothing that is cut off at 320 px. */
export async function look(page: Page, name: string, way: Way): Promise<void> {
  await page.screenshot({
    path: join(screenshots, `${name}-${way.language}-${way.width}${way.scheme === 'dark' ? '-dark' : ''}.png`),
    fullPage: true,
  });
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), `${name} is cut off`).toBe(0);
  // It works with scripts of its own, which a page without scripts does not run.
  if (!way.scripts) return;
  expect(await faultsOf(page), `axe on ${name}`).toEqual([]);
}

/** In one frame, as all our pages are: without a second page to add up frames in. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** What the demo has last told somebody, and no earlier than `since` messages ago. */
async function newestCode(page: Page): Promise<string | undefined> {
  const answer = await page.request.get('/demo/messages');
  return /\b\d{6}\b/.exec((await answer.text()).split('class="messages"')[1] ?? '')?.[0];
}

/** From the page that asks for the national id, to whatever comes after the code. */
export async function signIn(page: Page, nationalId: string): Promise<void> {
  const before = await newestCode(page);
  await page.fill('#nationalId', nationalId);
  await page.click('main button[type=submit]');
  await page.waitForSelector('#code');
  await page.fill('#code', await codeAfter(page, before));
  await page.click('main button[type=submit]');
  await page.waitForSelector('header form');
}

/** The code that is sent next, as its owner would read it. */
export async function codeAfter(page: Page, before: string | undefined): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const code = await newestCode(page);
    if (code !== undefined && code !== before) return code;
    await page.waitForTimeout(50);
  }
  throw new Error('no code was sent');
}

export { newestCode };
