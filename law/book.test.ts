import { describe, expect, it } from 'vitest';
import { InvalidActs, layOver, shippedBook, type Book, type LaterActs, type Timeline } from './book.ts';
import { decideEnrolment } from './decide.ts';
import type { EnrolmentDecision } from './decision.ts';
import { readCase } from './facts/read-case.ts';
import type { FigureName } from './parameters/index.ts';
import type { ClauseId } from './words/clause-id.ts';
import { assumed, found } from './words/dated.ts';
import { beginningOfTime, endOfTime, isoDay, plusDays } from './words/day.ts';
import { getHijriDay } from './words/solar-hijri.ts';

const nothingNew: LaterActs = { parameters: {}, suspensions: [] };
const act = ['مصوبه آزمایشی', 'decree made up for a test'] as const;
const reference = { fa: act[0], en: act[1] };

function withRows(parameters: LaterActs['parameters'], book: Book = shippedBook): Book {
  return layOver(book, { ...nothingNew, parameters });
}

function suspending(clause: ClauseId, from: string, until: string): Book {
  return layOver(shippedBook, {
    ...nothingNew,
    suspensions: [{ clause, from, until, reference, provenance: 'found' }],
  });
}

const head = { id: 'head', relation: 'head', birthDate: '1981-08-01' };

function decided(book: Book, requestedOn: string, changes: object = {}): EnrolmentDecision {
  const on = isoDay(getHijriDay(requestedOn));
  const facts = readCase({ kind: 'enrolment', requestedOn: on, route: 'selfDeclared', members: [head], ...changes });
  if ('error' in facts || facts.kind !== 'enrolment') throw new Error(JSON.stringify(facts));
  const decision = decideEnrolment(facts, book);
  if ('error' in decision) throw new Error(decision.error.message);
  return decision;
}

function figuresOn(book: Book, day: string) {
  return book.mandatoryInsurance.on(getHijriDay(day)).figures;
}

function rowsOf(name: FigureName): unknown[] {
  return shippedBook.rows[name].map(({ from, value, provenance }) => [from, value, provenance]);
}

/** The first days of all editions, and whether one begins where the other ends. */
function firstDays({ editions }: Timeline): string[] {
  expect(editions[0]?.from).toBe(beginningOfTime);
  expect(editions.at(-1)?.until).toBe(endOfTime);
  editions.slice(1).forEach((edition, index) => {
    expect(editions[index]?.until).toBe(plusDays(edition.from, -1));
  });
  return editions.slice(1).map((edition) => isoDay(edition.from));
}

describe('the editions of the law', () => {
  it('of the mandatory insurance follow one another without a gap', () => {
    const days = ['1300/01/01', '1397/01/01', '1398/01/01', '1398/07/12', '1398/08/01', '1399/01/01', '1399/04/01'];
    const years = ['1400/01/01', '1401/01/01', '1402/01/01', '1403/01/01', '1404/01/01'];
    expect(firstDays(shippedBook.mandatoryInsurance)).toEqual(
      [...days, ...years].map((day) => isoDay(getHijriDay(day))),
    );
  });

  it('of the treatment entitlement follow one another without a gap', () => {
    const days = ['1300/01/01', '1399/03/01'];
    expect(firstDays(shippedBook.treatmentEntitlement)).toEqual(days.map((day) => isoDay(getHijriDay(day))));
  });

  it('a suspension makes an edition of its own', () => {
    const book = suspending('M-20', '1399/05/10', '1399/06/31');
    const days = firstDays(book.mandatoryInsurance);
    expect(days).toContain(isoDay(getHijriDay('1399/05/10')));
    expect(days).toContain(isoDay(getHijriDay('1399/07/01')));
    expect(days.length).toBe(shippedBook.mandatoryInsurance.editions.length + 1);
  });

  it('every day finds its edition, whatever was asked before', () => {
    const { mandatoryInsurance } = shippedBook;
    for (const day of ['1404/05/05', '1300/01/01', '1398/07/11', '1398/07/12', '1499/12/29', '1398/07/30'].map(
      getHijriDay,
    )) {
      const edition = mandatoryInsurance.on(day);
      expect(edition.from).toBeLessThanOrEqual(day);
      expect(edition.until).toBeGreaterThanOrEqual(day);
    }
  });
});

describe('a figure', () => {
  it('holds until it is replaced', () => {
    expect(figuresOn(shippedBook, '1398/12/29').minimumWageMonthly).toBe(15_168_810);
    expect(figuresOn(shippedBook, '1399/01/01').minimumWageMonthly).toBe(18_354_270);
    expect(figuresOn(shippedBook, '1499/12/29').minimumWageMonthly).toBe(103_909_680);
  });

  it('has no value before its first day: asking is an error that names it', () => {
    expect(figuresOn(shippedBook, '1397/01/01').minimumWageMonthly).toBe(11_112_690);
    expect(() => figuresOn(shippedBook, '1396/12/29').minimumWageMonthly).toThrow(
      new RangeError('minimumWageMonthly has no value on these days'),
    );
    expect(() => figuresOn(shippedBook, '1398/07/30').registrationWindowMonths).toThrow(/registrationWindowMonths/);
    expect(figuresOn(shippedBook, '1398/08/01').registrationWindowMonths).toBe(6);
  });

  it('ends with a row of null', () => {
    const book = withRows({ perCapitaMonthly: [{ from: '1405/01/01', value: null, reference, provenance: 'found' }] });
    expect(figuresOn(book, '1404/12/29').perCapitaMonthly).toBe(2_358_000);
    expect(() => figuresOn(book, '1405/01/01').perCapitaMonthly).toThrow('perCapitaMonthly has no value on these days');
    expect(() => decided(book, '1405/01/01')).toThrow('perCapitaMonthly has no value on these days');
    const revived = withRows({ perCapitaMonthly: [found('1406/01/01', 3_000_000, ...act)] }, book);
    expect(() => figuresOn(revived, '1405/12/29').perCapitaMonthly).toThrow(RangeError);
    expect(decided(revived, '1406/01/01').perCapitaMonthly).toBe(3_000_000);
  });
});

describe('the shipped tables', () => {
  it('of the premium are those that were printed', () => {
    expect(rowsOf('perCapitaMonthly')).toEqual([
      ['1397/01/01', 440_000, 'found'],
      ['1398/01/01', 484_000, 'source'],
      ['1401/01/01', 920_000, 'found'],
      ['1402/01/01', 1_196_000, 'found'],
      ['1403/01/01', 1_615_000, 'found'],
      ['1404/01/01', 2_358_000, 'found'],
    ]);
  });

  it('of the minimum wage are those that were printed', () => {
    expect(shippedBook.rows.minimumWageMonthly.map(({ from, value }) => [from, value])).toEqual([
      ['1397/01/01', 11_112_690],
      ['1398/01/01', 15_168_810],
      ['1399/01/01', 18_354_270],
      ['1399/04/01', 19_104_270],
      ['1400/01/01', 26_554_950],
      ['1401/01/01', 41_797_500],
      ['1402/01/01', 53_082_840],
      ['1403/01/01', 71_661_840],
      ['1404/01/01', 103_909_680],
    ]);
  });

  it.each<[FigureName, string, unknown]>([
    ['freeIncomeCap', '1397/01/01', 40],
    ['halfIncomeCap', '1397/01/01', 100],
    ['lastFreeDecile', '1397/01/01', 3],
    ['lastHalfDecile', '1397/01/01', 4],
    ['payablePercentWhole', '1398/07/12', 100],
    ['payablePercentGroupOne', '1398/07/12', 0],
    ['payablePercentGroupTwo', '1398/07/12', 50],
    ['registrationWindowMonths', '1398/08/01', 6],
    ['waitingDays', '1398/07/12', 10],
    ['lateTermMonths', '1398/07/12', 12],
    ['coverTermMonths', '1398/07/12', 12],
    ['shortTermMonths', '1398/07/12', 6],
    ['lostCoverWindowMonths', '1398/07/12', 3],
    ['renewalGraceMonths', '1398/07/12', 1],
    ['compulsoryChildAgeYears', '1398/07/12', 18],
    ['sonAgeYears', '1399/03/01', 19],
    ['daughterSightingAgeYears', '1399/03/01', 15],
    ['sightingMonths', '1399/03/01', 12],
    ['husbandAgeYears', '1399/03/01', 60],
    ['fatherAgeYears', '1399/03/01', 60],
    ['motherAgeYears', '1399/03/01', 55],
    ['graceMonths', '1399/03/01', 2],
    ['survivorGraceMonths', '1399/03/01', 3],
  ])('%s since %s: %s', (name, from, value) => {
    expect(shippedBook.rows[name].map((row) => [row.from, row.value])).toEqual([[from, value]]);
  });

  it('the two assumed grace periods say so', () => {
    expect(rowsOf('graceMonths')).toEqual([['1399/03/01', 2, 'assumed']]);
    expect(rowsOf('survivorGraceMonths')).toEqual([['1399/03/01', 3, 'assumed']]);
  });

  it('the orders begin on their days', () => {
    expect(rowsOf('treatmentEntitlementInForce')).toEqual([
      ['1300/01/01', false, 'source'],
      ['1399/03/01', true, 'source'],
    ]);
    expect(rowsOf('mandatoryInsuranceInForce')).toEqual([
      ['1300/01/01', false, 'source'],
      ['1398/07/12', true, 'source'],
    ]);
    expect(shippedBook.suspensions).toEqual([]);
  });
});

describe('a later act laid over the book', () => {
  it("a new year's figure ends the carrying forward", () => {
    const book = withRows({ perCapitaMonthly: [found('1405/01/01', 3_000_000, ...act)] });
    expect(decided(shippedBook, '1405/01/01').notices).toEqual(['RATE_CARRIED_FORWARD']);
    expect(decided(book, '1405/01/01')).toMatchObject({ perCapitaMonthly: 3_000_000, notices: [] });
    expect(decided(book, '1404/12/29')).toMatchObject({ perCapitaMonthly: 2_358_000, notices: [] });
    expect(decided(book, '1406/01/01').notices).toEqual(['RATE_CARRIED_FORWARD']);
  });

  it('a row with the day of an earlier one replaces it, and no other', () => {
    const book = withRows({ minimumWageMonthly: [found('1399/04/01', 18_354_270, ...act)] });
    expect(figuresOn(book, '1399/04/01').minimumWageMonthly).toBe(18_354_270);
    expect(figuresOn(book, '1400/01/01').minimumWageMonthly).toBe(26_554_950);
    expect(book.rows.minimumWageMonthly.length).toBe(shippedBook.rows.minimumWageMonthly.length);
    expect(book.rows.minimumWageMonthly[3]?.reference).toEqual(reference);
  });

  it('rows may come in any order', () => {
    const rows = [found('1406/01/01', 2, ...act), found('1405/01/01', 1, ...act)];
    const book = withRows({ perCapitaMonthly: rows });
    expect(figuresOn(book, '1405/06/01').perCapitaMonthly).toBe(1);
    expect(figuresOn(book, '1406/06/01').perCapitaMonthly).toBe(2);
  });

  it('opens another registration window', () => {
    const book = withRows({ registrationWindowMonths: [found('1405/03/01', 2, ...act)] });
    expect(decided(book, '1405/02/31')).toMatchObject({ regime: 'late' });
    expect(decided(book, '1405/03/01', { termMonths: 1 })).toMatchObject({ regime: 'window', termMonths: 1 });
    expect(decided(book, '1405/04/31').regime).toBe('window');
    expect(decided(book, '1405/05/01').regime).toBe('late');
    expect(decided(book, '1399/01/31').regime).toBe('window');
    expect(decided(shippedBook, '1405/03/01').regime).toBe('late');
  });

  it('in a shorter window, cover lost since its opening counts, and none lost before', () => {
    const book = withRows({ registrationWindowMonths: [found('1398/08/01', 1, ...act)] });
    const lost = (endedOn: string): object => ({
      lostCover: { endedOn: isoDay(getHijriDay(endedOn)), cause: 'other' },
    });
    expect(decided(book, '1398/08/30', lost('1398/07/30')).regime).toBe('window');
    expect(decided(book, '1398/09/01', lost('1398/07/30')).regime).toBe('late');
    expect(decided(book, '1398/09/01', lost('1398/08/01')).regime).toBe('lostCoverWindow');
  });

  it('other shares, terms, waits and ages are figures, too', () => {
    const book = withRows({
      payablePercentWhole: [found('1405/01/01', 90, ...act)],
      lateTermMonths: [found('1405/01/01', 6, ...act)],
      waitingDays: [assumed('1405/01/01', 5, ...act)],
    });
    expect(decided(book, '1405/01/01')).toMatchObject({
      payablePercent: 90,
      termMonths: 6,
      payable: 12_733_200,
      stateShare: 1_414_800,
    });
    expect(decided(book, '1405/01/01').members[0]?.waitingDays).toBe(5);
    expect(decided(book, '1404/12/29')).toMatchObject({ payablePercent: 100, termMonths: 12 });
  });

  it('leaves the shipped book as it was', () => {
    const before = JSON.stringify(shippedBook.rows);
    const decision = decided(shippedBook, '1405/03/01');
    const book = withRows({
      registrationWindowMonths: [found('1405/03/01', 6, ...act)],
      perCapitaMonthly: [found('1398/01/01', 1, ...act)],
    });
    expect(decided(book, '1405/03/01').regime).toBe('window');
    expect(JSON.stringify(shippedBook.rows)).toBe(before);
    expect(decided(shippedBook, '1405/03/01')).toEqual(decision);
  });
});

describe('a suspension', () => {
  const byTest = { route: 'meansTest', meansTest: null };

  it('of the means test: free without a test, while it lasts', () => {
    const book = suspending('M-20', '1398/08/18', '1398/10/30');
    expect(decided(book, '1398/08/17', byTest).outcome).toBe('AWAITING_MEANS_TEST');
    expect(decided(book, '1398/08/18', byTest)).toMatchObject({
      outcome: 'TERMS',
      regime: 'window',
      group: 1,
      payable: 0,
      stateShare: 5_808_000,
      members: [{ waitingDays: 0, coverFrom: isoDay(getHijriDay('1398/08/18')) }],
      clauses: ['M-09', 'M-03', 'M-13', 'M-20', 'M-08', 'M-24', 'M-64', 'M-25', 'M-17', 'M-30'],
    });
    expect(decided(book, '1398/10/30', byTest).payable).toBe(0);
    expect(decided(book, '1398/11/01', byTest).outcome).toBe('AWAITING_MEANS_TEST');
    expect(decided(shippedBook, '1398/08/18', byTest).outcome).toBe('AWAITING_MEANS_TEST');
  });

  it('of the means test: who declares ability pays, and a known result counts', () => {
    const book = suspending('M-20', '1398/08/18', '1398/10/30');
    expect(decided(book, '1398/08/18').payablePercent).toBe(100);
    const result = { route: 'meansTest', meansTest: { determinedOn: '2019-11-10', decile: 5 } };
    expect(decided(book, '1398/08/18', result)).toMatchObject({ group: 3, payablePercent: 100 });
  });

  it('of the late rule: late households register as in the window', () => {
    const book = suspending('M-33', '1399/08/18', '1400/06/30');
    expect(decided(book, '1399/08/17').regime).toBe('late');
    expect(decided(book, '1399/08/18', { termMonths: 1 })).toMatchObject({ regime: 'window', termMonths: 1 });
    expect(decided(book, '1400/06/30').regime).toBe('window');
    expect(decided(book, '1400/06/31').regime).toBe('late');
  });

  it('of the late rule: an emergency is served as in the window, too', () => {
    const book = suspending('M-33', '1399/08/18', '1400/06/30');
    const emergency = {
      route: 'meansTest',
      meansTest: { determinedOn: '2020-11-10', decile: 1 },
      members: [{ ...head, emergency: true }],
    };
    expect(decided(book, '1399/08/18', emergency)).toMatchObject({ regime: 'window', group: 1, payable: 0 });
    expect(decided(book, '1399/08/17', emergency)).toMatchObject({ regime: 'emergency', group: null });
  });

  it('two suspensions stand side by side, also when laid over one after the other', () => {
    const late = { clause: 'M-33', from: '1399/08/18', until: '1399/09/30', reference, provenance: 'found' } as const;
    const waits = { ...late, clause: 'M-35' } as const;
    const together = layOver(shippedBook, { ...nothingNew, suspensions: [late, waits] });
    const inTurn = layOver(layOver(shippedBook, { ...nothingNew, suspensions: [late] }), {
      ...nothingNew,
      suspensions: [waits],
    });
    expect([together.suspensions, inTurn.suspensions]).toEqual([
      [late, waits],
      [late, waits],
    ]);
    expect(decided(inTurn, '1399/08/18').regime).toBe('window');
  });

  const refused: readonly ClauseId[] = [
    'M-03',
    'M-09',
    'M-10',
    'M-13',
    'M-17',
    'M-19',
    'M-29',
    'M-30',
    'M-55',
    'M-64',
    'T-04',
  ];
  it.each([...refused, 'M-31', 'M-32', 'M-04', 'T-99'] as const)(
    'of %s is refused: nothing would hold in its place',
    (clause) => {
      const allowed = {
        clause: 'M-33',
        from: '1399/08/18',
        until: '1399/09/30',
        reference,
        provenance: 'found',
      } as const;
      const lay = (): Book => layOver(shippedBook, { ...nothingNew, suspensions: [allowed, { ...allowed, clause }] });
      expect(lay).toThrow(InvalidActs);
      expect(lay).toThrow(expect.objectContaining({ path: '/suspensions/1/clause' }));
    },
  );
});

describe('the version of the law', () => {
  const acts: readonly LaterActs[] = [
    { ...nothingNew, parameters: { perCapitaMonthly: [found('1405/01/01', 3_000_000, ...act)] } },
    { ...nothingNew, parameters: { perCapitaMonthly: [found('1405/01/01', 3_000_001, ...act)] } },
    { ...nothingNew, parameters: { perCapitaMonthly: [found('1405/01/02', 3_000_000, ...act)] } },
    { ...nothingNew, parameters: { perCapitaMonthly: [assumed('1405/01/01', 3_000_000, ...act)] } },
    { ...nothingNew, parameters: { minimumWageMonthly: [found('1405/01/01', 3_000_000, ...act)] } },
    {
      ...nothingNew,
      suspensions: [{ clause: 'M-33', from: '1399/08/18', until: '1399/09/30', reference, provenance: 'found' }],
    },
    {
      ...nothingNew,
      suspensions: [{ clause: 'M-33', from: '1399/08/18', until: '1399/09/29', reference, provenance: 'found' }],
    },
  ];

  it('changes with each act', () => {
    const versions = acts.map((each) => layOver(shippedBook, each).version);
    expect(new Set([shippedBook.version, ...versions]).size).toBe(acts.length + 1);
  });

  it('is the same for the same acts, and stands in every decision', () => {
    for (const each of acts) {
      const book = layOver(shippedBook, each);
      expect(layOver(shippedBook, structuredClone(each)).version).toBe(book.version);
      expect(decided(book, '1398/08/15').lawVersion).toBe(book.version);
      expect(decided(book, '1398/07/15')).toMatchObject({ outcome: 'REFUSED', lawVersion: book.version });
      expect(decided(book, '1398/08/15', { route: 'meansTest' }).lawVersion).toBe(book.version);
    }
    expect(decided(shippedBook, '1398/08/15').lawVersion).toBe(shippedBook.version);
  });

  it('tells acts on acts from the acts alone', () => {
    const [one, , , , other] = acts;
    if (one === undefined || other === undefined) throw new Error('no acts');
    const both = layOver(layOver(shippedBook, one), other).version;
    expect(both).not.toBe(layOver(shippedBook, one).version);
    expect(both).not.toBe(layOver(shippedBook, other).version);
  });
});
