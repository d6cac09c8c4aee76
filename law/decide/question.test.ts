import { describe, expect, it } from 'vitest';
import { shippedBook } from '../book.ts';
import { Edition, type Rows } from '../edition.ts';
import { all, Unknown, type Answer } from '../words/answer.ts';
import type { ClauseId, Period } from '../words/clause-id.ts';
import { always, clausesOver, type Clause } from '../words/clause.ts';
import { beginningOfTime, endOfTime, plusDays, type Day } from '../words/day.ts';
import { On } from '../words/on.ts';
import { getHijriDay } from '../words/solar-hijri.ts';
import { Minutes } from './minutes.ts';
import { LawFault, Question } from './question.ts';

/* A small law of its own: who may cross the bridge, and what it costs. */

type Facts = { readonly onFoot: boolean; readonly withGoat: boolean; readonly paid: boolean | null };
type Then = { readonly crosses?: 'yes' | 'no' | 'asks'; readonly toll?: number };

const clause = clausesOver<Facts, Then>();
const sinceEver: readonly Period[] = [{ from: '1300/01/01' }];

function sentence(cite: ClauseId): { cite: ClauseId; fa: string; en: string; inForce: readonly Period[] } {
  return { cite, fa: 'جمله', en: 'sentence', inForce: sinceEver };
}

function known(paid: boolean | null): Answer {
  return paid ?? new Unknown(['paid']);
}

const everybodyCrosses = clause({ ...sentence('T-01'), when: always, then: { crosses: 'yes', toll: 10 } });

const goatsDoNot = clause({
  ...sentence('T-02'),
  exceptionTo: [everybodyCrosses],
  facts: ['withGoat'],
  when: ({ withGoat }) => withGoat,
  then: { crosses: 'no' },
});

const walkersWithGoatsAsk = clause({
  ...sentence('T-03'),
  exceptionTo: [goatsDoNot],
  facts: ['onFoot', 'withGoat'],
  when: ({ onFoot, withGoat }) => onFoot && withGoat,
  then: { crosses: 'asks' },
});

const walkersPayNothing = clause({
  ...sentence('T-04'),
  exceptionTo: [everybodyCrosses],
  facts: ['onFoot'],
  when: ({ onFoot }) => onFoot,
  then: { toll: 0 },
});

const whoHasNotPaidDoesNot = clause({
  ...sentence('T-05'),
  exceptionTo: [everybodyCrosses],
  facts: ['paid'],
  when: ({ paid }) => (paid === null ? known(paid) : !paid),
  then: { crosses: 'no' },
});

const rider: Facts = { onFoot: false, withGoat: false, paid: true };
const walker: Facts = { ...rider, onFoot: true };
const goatherd: Facts = { ...walker, withGoat: true };
const riderWithGoat: Facts = { ...rider, withGoat: true };

const someDay = getHijriDay('1399/05/10');

function on(day: Day = someDay): On {
  return On.day(day, shippedBook.treatmentEntitlement.on(day));
}

function cites(question: Question<Facts, Then>, facts: Facts, respect: keyof Then): readonly ClauseId[] {
  const minutes = new Minutes();
  question.hear(facts, on()).speak(respect, minutes);
  return minutes.cites();
}

describe('a general rule and its exceptions', () => {
  const question = new Question<Facts, Then>([everybodyCrosses, goatsDoNot, walkersWithGoatsAsk, walkersPayNothing]);

  it.each([
    ['the rule holds where no exception does', rider, 'yes', 10],
    ['an exception prevails over it', riderWithGoat, 'no', 10],
    ['an exception to the exception prevails over both', goatherd, 'asks', 0],
    ['an exception that says nothing of it leaves the rule in that respect', walker, 'yes', 0],
  ])('%s', (_, facts, crosses, toll) => {
    const heard = question.hear(facts, on());
    expect(heard.get('crosses')).toBe(crosses);
    expect(heard.get('toll')).toBe(toll);
  });

  it('names the clause that prevails, and it alone', () => {
    expect(cites(question, rider, 'crosses')).toStrictEqual(['T-01']);
    expect(cites(question, goatherd, 'crosses')).toStrictEqual(['T-03']);
    expect(cites(question, goatherd, 'toll')).toStrictEqual(['T-04']);
  });

  it('answers and writes down in one', () => {
    const minutes = new Minutes();
    const heard = question.hear(riderWithGoat, on());
    expect(heard.answer('crosses', minutes)).toBe('no');
    expect(minutes.spoken.map((spoken) => [spoken.clause.cite, spoken.facts, spoken.on])).toStrictEqual([
      ['T-02', riderWithGoat, heard.on],
    ]);
  });

  it('does not depend on the order of the clauses', () => {
    const reversed = new Question<Facts, Then>([...question.clauses].reverse());
    for (const facts of [rider, walker, goatherd, riderWithGoat]) {
      expect(reversed.hear(facts, on()).get('crosses')).toBe(question.hear(facts, on()).get('crosses'));
      expect(reversed.hear(facts, on()).get('toll')).toBe(question.hear(facts, on()).get('toll'));
    }
  });

  it('prevails through an exception that does not stand in the question itself', () => {
    const without = new Question<Facts, Then>([everybodyCrosses, walkersWithGoatsAsk]);
    expect(without.hear(goatherd, on()).get('crosses')).toBe('asks');
  });
});

describe('a law at fault', () => {
  const alsoNoGoats = clause({
    ...sentence('M-02'),
    exceptionTo: [everybodyCrosses],
    facts: ['withGoat'],
    when: ({ withGoat }) => withGoat,
    then: { crosses: 'asks' },
  });
  const contradicting = new Question<Facts, Then>([everybodyCrosses, goatsDoNot, alsoNoGoats]);

  it('contradicts itself where two exceptions hold together, and names both', () => {
    const heard = contradicting.hear(riderWithGoat, on());
    expect(() => heard.get('crosses')).toThrow(LawFault);
    expect(() => heard.get('crosses')).toThrow('crosses: T-02, M-02 hold together, and neither prevails');
    expect(contradicting.hear(rider, on()).get('crosses')).toBe('yes');
  });

  it('does not contradict itself where they speak in different respects', () => {
    expect(contradicting.hear(riderWithGoat, on()).get('toll')).toBe(10);
  });

  it('contradicts itself where two clauses say even the same', () => {
    const sameAgain = clause({ ...sentence('M-03'), when: always, then: { toll: 10 } });
    const question = new Question<Facts, Then>([everybodyCrosses, sameAgain]);
    expect(() => question.hear(rider, on()).get('toll')).toThrow('T-01, M-03 hold together');
  });

  it('is silent where no clause holds, or none answers in that respect', () => {
    const question = new Question<Facts, Then>([goatsDoNot]);
    expect(() => question.hear(rider, on()).get('crosses')).toThrow(LawFault);
    expect(() => question.hear(rider, on()).get('crosses')).toThrow('crosses: no clause answers');
    expect(() => question.hear(riderWithGoat, on()).get('toll')).toThrow('toll: no clause answers');
    expect(() => {
      question.hear(rider, on()).speak('crosses', new Minutes());
    }).toThrow(LawFault);
  });

  it('has room for thirty clauses to a question, and the thirtieth is heard', () => {
    const many = Array.from({ length: 29 }, (_, index) =>
      clause({
        ...sentence(`M-${String(index)}`),
        exceptionTo: [everybodyCrosses],
        when: () => false,
        then: { crosses: 'no' },
      }),
    );
    const lastOfAll = clause({
      ...sentence('M-99'),
      exceptionTo: [everybodyCrosses],
      facts: ['withGoat'],
      when: ({ withGoat }) => withGoat,
      then: { crosses: 'no' },
    });
    const thirty = new Question<Facts, Then>([everybodyCrosses, ...many.slice(1), lastOfAll]);
    expect(thirty.clauses.length).toBe(30);
    expect(thirty.hear(rider, on()).prevailing('crosses').cite).toBe('T-01');
    expect(thirty.hear(riderWithGoat, on()).prevailing('crosses').cite).toBe('M-99');
    expect(() => new Question<Facts, Then>([everybodyCrosses, ...many, lastOfAll])).toThrow(
      'a question has room for 30 clauses: T-01, M-0,',
    );
  });
});

describe('a clause that rests on another', () => {
  const escorted = clause({
    ...sentence('M-10'),
    exceptionTo: [goatsDoNot],
    restsOn: goatsDoNot,
    when: always,
    then: { crosses: 'asks' },
  });
  const twice = clause({
    ...sentence('M-11'),
    exceptionTo: [escorted],
    restsOn: escorted,
    facts: ['onFoot'],
    when: ({ onFoot }) => onFoot,
    then: { crosses: 'yes' },
  });
  const question = new Question<Facts, Then>([everybodyCrosses, goatsDoNot, escorted, twice]);

  it('holds only where that one holds', () => {
    expect(question.hear(rider, on()).get('crosses')).toBe('yes');
    expect(question.hear(riderWithGoat, on()).get('crosses')).toBe('asks');
    expect(cites(question, walker, 'crosses')).toStrictEqual(['T-01']);
  });

  it('speaks together with it, the ground first', () => {
    expect(cites(question, riderWithGoat, 'crosses')).toStrictEqual(['T-02', 'M-10']);
    expect(cites(question, goatherd, 'crosses')).toStrictEqual(['T-02', 'M-10', 'M-11']);
  });

  it('is not even asked where that one does not hold', () => {
    const asked: Facts[] = [];
    const listening = clause({
      ...sentence('M-12'),
      restsOn: goatsDoNot,
      exceptionTo: [goatsDoNot],
      facts: ['withGoat'],
      when: (facts) => {
        asked.push(facts as Facts);
        return false;
      },
      then: { crosses: 'yes' },
    });
    new Question<Facts, Then>([everybodyCrosses, goatsDoNot, listening]).hear(rider, on());
    expect(asked).toStrictEqual([]);
    new Question<Facts, Then>([everybodyCrosses, goatsDoNot, listening]).hear(riderWithGoat, on());
    expect(asked).toStrictEqual([riderWithGoat]);
  });

  it('must stand after it, in the same question', () => {
    const fault = 'M-10 rests on T-02, which does not stand before it';
    expect(() => new Question<Facts, Then>([everybodyCrosses, escorted, goatsDoNot])).toThrow(fault);
    expect(() => new Question<Facts, Then>([everybodyCrosses, escorted])).toThrow(LawFault);
  });
});

describe('what is unknown', () => {
  const question = new Question<Facts, Then>([everybodyCrosses, whoHasNotPaidDoesNot]);
  const unpaid = { ...rider, paid: null };

  it('matters where the clause would prevail if it held', () => {
    expect(question.hear(unpaid, on()).unknownFor('crosses')).toStrictEqual(['paid']);
  });

  it('does not matter where it is known', () => {
    expect(question.hear(rider, on()).unknownFor('crosses')).toStrictEqual([]);
    expect(question.hear({ ...rider, paid: false }, on()).get('crosses')).toBe('no');
  });

  it('does not matter in a respect of which the clause says nothing', () => {
    expect(question.hear(unpaid, on()).unknownFor('toll')).toStrictEqual([]);
    expect(question.hear(unpaid, on()).get('toll')).toBe(10);
  });

  it('does not matter where an exception to the clause holds', () => {
    const theFerrymansGoat = clause({
      ...sentence('M-20'),
      exceptionTo: [whoHasNotPaidDoesNot],
      facts: ['withGoat'],
      when: ({ withGoat }) => withGoat,
      then: { crosses: 'yes' },
    });
    const beaten = new Question<Facts, Then>([everybodyCrosses, whoHasNotPaidDoesNot, theFerrymansGoat]);
    expect(beaten.hear({ ...unpaid, withGoat: true }, on()).unknownFor('crosses')).toStrictEqual([]);
    expect(beaten.hear({ ...unpaid, withGoat: true }, on()).get('crosses')).toBe('yes');
    expect(beaten.hear(unpaid, on()).unknownFor('crosses')).toStrictEqual(['paid']);
  });

  it('matters though another exception, over which the clause does not prevail, holds', () => {
    const both = new Question<Facts, Then>([everybodyCrosses, goatsDoNot, whoHasNotPaidDoesNot]);
    expect(both.hear({ ...unpaid, withGoat: true }, on()).unknownFor('crosses')).toStrictEqual(['paid']);
  });

  it('is neither yes nor no: a clause whose condition is unknown does not hold', () => {
    const heard = question.hear(unpaid, on());
    expect(heard.holding).toBe(0b01);
    expect(heard.doubtful).toBe(0b10);
  });

  it('names the facts of every clause in doubt', () => {
    const inDoubt = clause({
      ...sentence('M-21'),
      exceptionTo: [whoHasNotPaidDoesNot],
      facts: ['onFoot'],
      when: ({ onFoot }) => all(onFoot, new Unknown(['goat'])),
      then: { crosses: 'asks' },
    });
    const doubts = new Question<Facts, Then>([everybodyCrosses, whoHasNotPaidDoesNot, inDoubt]);
    expect(doubts.hear({ ...unpaid, onFoot: true }, on()).unknownFor('crosses')).toStrictEqual(['paid', 'goat']);
    expect(doubts.hear(unpaid, on()).unknownFor('crosses')).toStrictEqual(['paid']);
  });
});

describe('a clause in force', () => {
  const emptyRows: Rows = shippedBook.rows;
  const suspendedFrom = getHijriDay('1399/06/01');
  const suspendedUntil = getHijriDay('1399/06/31');

  /** The law of a day, with T-02 suspended in Shahrivar 1399. */
  function edition(day: Day): Edition {
    return new Edition(day, day, emptyRows, [{ clause: 'T-02', fromDay: suspendedFrom, untilDay: suspendedUntil }]);
  }

  function prevailing(clauses: readonly Clause<Facts, Then>[], day: string): ClauseId {
    const asked = getHijriDay(day);
    const question = new Question<Facts, Then>(clauses);
    return question.hear(riderWithGoat, On.day(asked, edition(asked))).prevailing('crosses').cite;
  }

  const withGap = clause({
    ...sentence('M-30'),
    inForce: [{ from: '1398/01/01', until: '1398/06/31' }, { from: '1399/01/01' }],
    exceptionTo: [everybodyCrosses],
    when: always,
    then: { crosses: 'no' },
  });

  it.each([
    ['1397/12/29', 'T-01'],
    ['1398/01/01', 'M-30'],
    ['1398/06/31', 'M-30'],
    ['1398/07/01', 'T-01'],
    ['1398/12/29', 'T-01'],
    ['1399/01/01', 'M-30'],
    ['1450/01/01', 'M-30'],
  ])('speaks in its periods and not in the gap between them: on %s %s', (day, cite) => {
    expect(prevailing([everybodyCrosses, withGap], day)).toBe(cite);
  });

  const meanwhile = clause({
    ...sentence('T-02'),
    speaksWhenSuspended: true,
    exceptionTo: [goatsDoNot],
    when: always,
    then: { crosses: 'asks' },
  });

  it.each([
    ['1399/05/31', 'no'],
    ['1399/06/01', 'asks'],
    ['1399/06/31', 'asks'],
    ['1399/07/01', 'no'],
  ] as const)('is silent while it is suspended, and another speaks in its place: on %s %s', (day, crosses) => {
    const asked = getHijriDay(day);
    const question = new Question<Facts, Then>([everybodyCrosses, goatsDoNot, meanwhile]);
    expect(question.hear(riderWithGoat, On.day(asked, edition(asked))).get('crosses')).toBe(crosses);
  });

  it('leaves the general rule while it is suspended and nothing is said for that time', () => {
    expect(prevailing([everybodyCrosses, goatsDoNot], '1399/06/01')).toBe('T-01');
    expect(prevailing([everybodyCrosses, goatsDoNot], '1399/07/01')).toBe('T-02');
  });

  it('is remembered for each law, whichever is asked first and however often', () => {
    const question = new Question<Facts, Then>([everybodyCrosses, goatsDoNot]);
    const [before, during] = [edition(plusDays(suspendedFrom, -1)), edition(suspendedFrom)];
    const heard = [before, during, before, before, during, during].map((law) =>
      question.hear(riderWithGoat, On.day(law.from, law)).get('crosses'),
    );
    expect(heard).toStrictEqual(['no', 'yes', 'no', 'no', 'yes', 'yes']);
  });

  it('cannot be asked before it was law: the law is silent', () => {
    const question = new Question<Facts, Then>([everybodyCrosses]);
    const day = getHijriDay('1299/12/29');
    const law = new Edition(beginningOfTime, endOfTime, emptyRows, []);
    expect(() => question.hear(rider, On.day(day, law)).get('crosses')).toThrow('crosses: no clause answers');
  });
});

describe('the minutes', () => {
  it('keep the order, cite each clause once, and can be appended to others', () => {
    const [one, other] = [new Minutes(), new Minutes()];
    one.write(goatsDoNot, goatherd, on());
    one.write(everybodyCrosses, goatherd, on());
    one.write(goatsDoNot, riderWithGoat, on());
    other.write(walkersPayNothing, walker, on());
    other.write(everybodyCrosses, walker, on());
    expect(one.cites()).toStrictEqual(['T-02', 'T-01']);
    one.append(other);
    expect(one.cites()).toStrictEqual(['T-02', 'T-01', 'T-04']);
    expect(one.spoken.length).toBe(5);
    expect(other.cites()).toStrictEqual(['T-04', 'T-01']);
  });
});
