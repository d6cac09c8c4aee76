import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOver, shippedBook } from '../book.ts';
import { beginningOfTime, endOfTime, plusDays, type Day } from './day.ts';
import { On } from './on.ts';
import { getHijriDay } from './solar-hijri.ts';

const order = getHijriDay('1399/03/01');
const timeline = shippedBook.treatmentEntitlement;

function onDay(day: Day): On {
  return On.day(day, timeline.on(day));
}

describe('a day that is compared', () => {
  const day = getHijriDay('1399/05/10');
  const dayBefore = plusDays(day, -1);
  const dayAfter = plusDays(day, 1);

  it.each([
    ['not after a later day', (on: On) => on.isNotAfter(dayAfter), true, order, dayAfter],
    ['not after the day itself', (on: On) => on.isNotAfter(day), true, order, day],
    ['not after the day before', (on: On) => on.isNotAfter(dayBefore), false, day, endOfTime],
    ['not after no day', (on: On) => on.isNotAfter(null), true, order, endOfTime],
    ['not before a later day', (on: On) => on.isNotBefore(dayAfter), false, order, day],
    ['not before the day itself', (on: On) => on.isNotBefore(day), true, day, endOfTime],
    ['not before the day before', (on: On) => on.isNotBefore(dayBefore), true, dayBefore, endOfTime],
    ['within two days', (on: On) => on.isWithin(dayBefore, dayAfter), true, dayBefore, dayAfter],
    ['within an open time', (on: On) => on.isWithin(day, null), true, day, endOfTime],
    ['within a time that is over', (on: On) => on.isWithin(dayBefore, dayBefore), false, day, endOfTime],
    ['within a time to come', (on: On) => on.isWithin(dayAfter, null), false, order, day],
  ])('%s', (_, compare, answer, holdsFrom, holdsUntil) => {
    const on = onDay(day);
    expect(compare(on)).toBe(answer);
    expect([on.holdsFrom, on.holdsUntil]).toStrictEqual([holdsFrom, holdsUntil]);
  });

  it('holds as long as its edition where nothing was compared', () => {
    expect([onDay(day).holdsFrom, onDay(day).holdsUntil]).toStrictEqual([order, endOfTime]);
    const before = onDay(plusDays(order, -1));
    expect([before.holdsFrom, before.holdsUntil]).toStrictEqual([getHijriDay('1300/01/01'), plusDays(order, -1)]);
    expect(onDay(getHijriDay('1299/12/29')).holdsFrom).toBe(beginningOfTime);
  });

  it('never widens what an earlier comparison has narrowed', () => {
    const on = onDay(day);
    on.isNotAfter(dayAfter);
    on.isNotAfter(plusDays(day, 20));
    on.isNotBefore(dayBefore);
    on.isNotBefore(plusDays(day, -20));
    expect([on.holdsFrom, on.holdsUntil]).toStrictEqual([dayBefore, dayAfter]);
  });

  it('looks back to another day by its own law, and is not narrowed by what is asked there', () => {
    const on = onDay(day);
    const back = on.lookingBackTo(getHijriDay('1398/01/01'));
    expect(back.day).toBe(getHijriDay('1398/01/01'));
    expect(back.edition).toBe(on.edition);
    expect(back.figures).toBe(on.figures);
    back.isNotAfter(day);
    back.isNotBefore(getHijriDay('1398/01/01'));
    expect([on.holdsFrom, on.holdsUntil]).toStrictEqual([order, endOfTime]);
  });

  it('repeats its judgement on every day from the first to the last that it holds', () => {
    const someDay = fc.integer({ min: -40, max: 40 }).map((days) => plusDays(day, days));
    const comparison = fc.record({
      kind: fc.constantFrom('isNotAfter', 'isNotBefore', 'isWithin'),
      from: someDay,
      until: fc.option(someDay),
    });
    type Comparison = { kind: string; from: Day; until: Day | null };
    const judge = (on: On, comparisons: readonly Comparison[]): boolean[] =>
      comparisons.map(({ kind, from, until }) => {
        if (kind === 'isNotAfter') return on.isNotAfter(until);
        return kind === 'isNotBefore' ? on.isNotBefore(from) : on.isWithin(from, until);
      });
    fc.assert(
      fc.property(someDay, fc.array(comparison, { maxLength: 6 }), (asked, comparisons) => {
        const on = onDay(asked);
        const judgement = judge(on, comparisons);
        expect(on.holdsFrom).toBeLessThanOrEqual(asked);
        expect(on.holdsUntil).toBeGreaterThanOrEqual(asked);
        const [first, last] = [Math.max(on.holdsFrom, day - 90), Math.min(on.holdsUntil, day + 90)];
        for (let other = first; other <= last; other += 1) {
          expect(judge(onDay(other as Day), comparisons)).toStrictEqual(judgement);
        }
      }),
      { seed: 1399, numRuns: 500 },
    );
  });
});

describe('the figures of a day', () => {
  it('are those of its edition, each with the first day of its value', () => {
    const on = onDay(getHijriDay('1405/01/01'));
    expect(on.figures.graceMonths).toBe(2);
    expect(on.hasFigure('graceMonths')).toBe(true);
    expect(on.figureFrom('graceMonths')).toBe(order);
    expect(on.figureFirstFrom('graceMonths')).toBe(order);
  });

  it('are none before their first day: asking for one is an error that names it', () => {
    const on = onDay(plusDays(order, -1));
    expect(on.hasFigure('graceMonths')).toBe(false);
    expect(on.figureFrom('graceMonths')).toBe(endOfTime);
    expect(on.figureFirstFrom('graceMonths')).toBe(order);
    expect(() => on.figures.graceMonths).toThrow('graceMonths has no value on these days');
  });

  it('are of the newest row, while the first day of all stays', () => {
    const reference = { fa: 'مصوبه', en: 'decree' };
    const book = layOver(shippedBook, {
      parameters: { graceMonths: [{ from: '1400/01/01', value: 4, reference, provenance: 'found' }] },
      suspensions: [],
    });
    const from = getHijriDay('1400/01/01');
    const on = On.day(from, book.treatmentEntitlement.on(from));
    expect([on.figures.graceMonths, on.figureFrom('graceMonths'), on.figureFirstFrom('graceMonths')]).toStrictEqual([
      4,
      from,
      order,
    ]);
    expect([on.holdsFrom, on.holdsUntil]).toStrictEqual([from, endOfTime]);
    const eve = plusDays(from, -1);
    expect(On.day(eve, book.treatmentEntitlement.on(eve)).holdsUntil).toBe(eve);
  });

  it('can be another day’s, where the law reckons by them', () => {
    const eve = plusDays(order, -1);
    const on = On.day(eve, timeline.on(eve), timeline.on(order));
    expect(on.figures.graceMonths).toBe(2);
    expect(on.edition).toBe(timeline.on(eve));
    expect(on.lookingBackTo(order).reckonedBy).toBe(timeline.on(order));
  });
});
