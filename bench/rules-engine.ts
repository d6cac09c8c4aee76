import { Engine } from 'json-rules-engine';
import { shippedBook } from '@estehqaq/law';
import { mandatoryInsurance } from '../law/decide/questions.ts';
import { On } from '../law/words/on.ts';
import { enrolmentCases } from './cases.ts';
import { rateOf } from './in-process.ts';
import { report } from './report.ts';

const evaluations = 5_000;

/** The three rules of the means test (M-23, M-27, M-55), as json-rules-engine has rules, with the wage of 1398. */
function groupEngine(): Engine {
  const [freeIncome, wage] = [6_067_524, 15_168_810];
  const engine = new Engine([], { allowUndefinedFacts: true });
  const income = (operator: string, value: number) => ({ fact: 'incomeMonthly', operator, value });
  const decile = (operator: string, value: number) => ({ fact: 'decile', operator, value });
  const rules = [
    { priority: 3, group: 1, any: [income('lessThan', freeIncome), decile('lessThanInclusive', 3)] },
    { priority: 2, group: 2, any: [income('lessThan', wage), decile('equal', 4)] },
    { priority: 1, group: 3, any: [income('greaterThanInclusive', wage), decile('greaterThanInclusive', 5)] },
  ];
  for (const { priority, group, any } of rules) {
    engine.addRule({ conditions: { any }, event: { type: `group${String(group)}` }, priority });
  }
  return engine;
}

/** The law's three rules against the same three in json-rules-engine. */
export async function benchRulesEngine(): Promise<void> {
  const tested = enrolmentCases().flatMap(({ meansTest, requestedOn }) =>
    meansTest === null ? [] : [{ ...meansTest, requestedOn }],
  );
  const ours = rateOf(tested, ({ determinedOn, incomeMonthly, decile, requestedOn }) => {
    const day = determinedOn ?? requestedOn;
    const heard = mandatoryInsurance.group.hear(
      { ...household, incomeMonthly, decile },
      On.day(day, shippedBook.mandatoryInsurance.on(day)),
    );
    return heard.get('group');
  });

  const engine = groupEngine();
  const begin = performance.now();
  for (let done = 0; done < evaluations; done += 1) {
    const { incomeMonthly, decile } = tested[done % tested.length] ?? { incomeMonthly: null, decile: null };
    await engine.run({ incomeMonthly: incomeMonthly ?? undefined, decile: decile ?? undefined });
  }
  const theirs = (evaluations * 1000) / (performance.now() - begin);

  report('three means-test rules, the law', ours, 'evaluations/s');
  report('three means-test rules, json-rules-engine', theirs, 'evaluations/s');
  report('the law to json-rules-engine', ours / theirs, 'times');
}

/** What the group question does not look at. */
const household = {
  renewing: false,
  requestedOn: 0 as never,
  route: 'meansTest',
  termMonths: 12,
  lostCoverEndedOn: null,
  lostCoverCause: null,
  expiresOn: null,
  lateEntrant: false,
  meansTestRequestedOn: null,
  membersToCover: 1,
  membersElsewhere: 0,
  membersExempt: 0,
  membersMissing: 0,
  newborn: false,
  emergency: false,
  group: null,
  regime: 'window',
} as const;
