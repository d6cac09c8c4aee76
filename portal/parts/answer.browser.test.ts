import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { render } from '../pages.tsx';
import { look, openBrowser, optionsOf, screenshots, ways } from '../testing/browser.ts';
import type { Outcome } from './answer.tsx';
import type { Assets } from './view.tsx';

/** Every outcome as it is shown: nothing that is not known looks like a no. */

const { assets } = JSON.parse(readFileSync(join(import.meta.dirname, '../dist/built.json'), 'utf8')) as {
  readonly assets: Assets;
};

const sentences = {
  ENTITLED: 'دارای استحقاق درمان',
  NOT_ENTITLED: 'فاقد استحقاق درمان',
  REFER_CURRENT_PROCEDURE: 'طبق روال جاری',
  PROVISIONAL: 'پاسخ موقت؛ طبق روال جاری',
  NEEDS_FACTS: 'نامشخص: هنوز نتوانستیم پاسخ را بیابیم',
  COULD_NOT_DETERMINE: 'نامشخص: هنوز نتوانستیم پاسخ را بیابیم',
  NOT_IN_FORCE: 'این قاعده در آن روز هنوز اجرا نمی‌شد',
  NOT_CONTRACTED: 'مرکز طرف قرارداد شناخته نشد',
  UNKNOWN_PERSON: 'این کد ملی در فهرست بیمه‌شدگان نیست',
} as const satisfies Record<Outcome, string>;
const outcomes = Object.keys(sentences) as Outcome[];

const shown = (outcome: Outcome, language: 'fa' | 'en'): string =>
  render(
    'answer',
    {
      answer: {
        trackingCode: '4819205733161234',
        outcome,
        on: '2026-11-22',
        setting: 'outpatient',
        endedOn: '2026-09-22',
      },
      about: { name: null, nationalId: '0012345679' },
      reasons: outcome === 'NOT_ENTITLED' ? [{ fa: 'پایان بیمه‌پردازی', en: 'contributions ended' }] : [],
      clauses: [],
      canObject: true,
      canProve: false,
    },
    { language, isDemo: true, path: '/insured/inquiries/1', csrfToken: 'x', assets },
  );

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('an answer', () => {
  it.each(ways.filter(({ scripts }) => scripts))('is well-formed in each state ($language, $scheme)', async (way) => {
    const context = await browser.newContext(optionsOf(way));
    const page = await context.newPage();
    await page.goto('/insured');
    for (const outcome of outcomes) {
      await page.setContent(shown(outcome, way.language), { waitUntil: 'load' });
      await look(page, `state-${outcome}`, way);
      expect(await page.textContent('main')).toMatch(
        outcome === 'ENTITLED' ? /./ : /1420|۱۴۲۰|روال جاری|current procedure/,
      );
    }
    await context.close();
  });

  it('says each outcome in its own words, and calls only a no by its name', () => {
    for (const outcome of outcomes) {
      const page = shown(outcome, 'fa');
      expect(page).toContain(`<h1>${sentences[outcome]}</h1>`);
      expect(page.includes('فاقد استحقاق')).toBe(outcome === 'NOT_ENTITLED');
    }
  });

  it('has a shape of its own in each of the five states, on black and white paper too', async () => {
    const context = await browser.newContext({
      ...optionsOf({ language: 'fa', width: 360, scripts: true, scheme: 'light' }),
    });
    const page = await context.newPage();
    await page.goto('/insured');
    await page.emulateMedia({ media: 'print' });
    const shapes = new Map<string, Outcome>();
    for (const outcome of outcomes.slice(0, 5)) {
      await page.setContent(shown(outcome, 'fa'), { waitUntil: 'load' });
      const path = join(screenshots, `state-${outcome}-print.png`);
      await page.evaluate('document.fonts.ready.then(() => true)');
      const picture = await page.locator('.verdict svg').screenshot({ path });
      shapes.set(picture.toString('base64'), outcome);
    }
    expect([...shapes.values()]).toEqual(outcomes.slice(0, 5));
    await context.close();
  });
});
