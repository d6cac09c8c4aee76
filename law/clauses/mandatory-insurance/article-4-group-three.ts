import { Unknown } from '../../words/answer.ts';
import { clausesOver } from '../../words/clause.ts';
import { sinceMehr, type GroupAnswer, type HouseholdFacts } from './asked.ts';

const clause = clausesOver<HouseholdFacts, GroupAnswer>();

/** The general rule of the groups: whoever is in neither of the others. Nobody is in it for want of a result. */
export const groupThree = clause({
  cite: 'M-55',
  fa: 'گروه سوم (خانوارهای دارای درآمد معادل حقوق و دستمزد مشمولان قانون كار و بیشتر از آن یا خانوارهایی كه در دهك درآمدی ۵ و بالاتر شناسایی می شوند)',
  en: 'Group three is households with income equal to the Labour Law wage or more, or identified in income decile 5 or above.',
  doubts: [
    'The word "minimum" is missing; read as: the minimum wage.',
    'It overlaps the other groups; read as: whoever is in neither group one nor two.',
    'Income and decile may both be unknown; read as: the test is awaited, never group three.',
  ],
  inForce: sinceMehr,
  facts: ['incomeMonthly', 'decile'],
  when: ({ incomeMonthly, decile }) =>
    incomeMonthly !== null || decile !== null ? true : new Unknown(['decile', 'incomeMonthly']),
  then: { group: 3 },
});
