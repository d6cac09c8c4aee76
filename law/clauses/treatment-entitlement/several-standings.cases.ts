import {
  compulsory,
  dependant,
  entitledTo,
  forLife,
  inquiry,
  needsMaintained,
  notInForce,
  onBenefit,
  pension,
  principalDied,
  principalWith,
  referredFor,
  refusedFor,
  voluntary,
  type Circumstances,
  type Json,
  type Table,
} from './written.cases.ts';

const day = '1399/06/10';
const yesterday = '1399/06/09';

const insured = compulsory('1399-05');
const lapsed = voluntary(yesterday);
const wife = dependant('wife');
const grownSon = dependant('son');
const father = dependant('father');
const wifeOfTheLapsed = dependant('wife', {}, principalWith(lapsed));

function woman(...standings: readonly Json[]): Json {
  return inquiry(day, standings, { sex: 'female', birthDate: '1350/01/01' });
}

function man(standings: readonly Json[], more: Circumstances = {}): Json {
  return inquiry(day, standings, { birthDate: '1330/01/01', ...more });
}

export const severalStandings: Table = {
  subject: 'one person in several standings (T-04)',
  rows: [
    {
      name: 'insured and a pensioner, the day before the order',
      case: inquiry('1399/02/31', [insured, forLife]),
      decision: notInForce,
    },
    {
      name: 'on no record: refused, and there is no reason to name',
      case: woman(),
      decision: refusedFor([], null, ['T-21']),
    },
    {
      name: 'insured, pensioner and wife: as an insured person',
      case: woman(insured, forLife, wife),
      decision: entitledTo('insured', null),
    },
    {
      name: 'wife, pensioner and insured: as an insured person',
      case: woman(wife, forLife, insured),
      decision: entitledTo('insured', null),
    },
    { name: 'wife and pensioner: as a pensioner', case: woman(wife, forLife), decision: entitledTo('pensioner', null) },
    {
      name: 'a wife whose own contract has lapsed: as a dependant',
      case: woman(lapsed, wife),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'a wife whose pension begins tomorrow: as a dependant',
      case: woman(wife, pension('1399/06/11')),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'a pensioner whose own contract has lapsed: as a pensioner',
      case: woman(lapsed, forLife, wife),
      decision: entitledTo('pensioner', null),
    },
    {
      name: 'one standing that entitles beats one that refers',
      case: man([grownSon, insured]),
      decision: entitledTo('insured', '1399/07/30'),
    },
    {
      name: 'one standing that entitles beats one that needs facts',
      case: man([father, insured]),
      decision: entitledTo('insured', '1399/07/30'),
    },
    {
      name: 'one that refers beats one that needs facts, and nothing is asked',
      case: man([father, grownSon]),
      decision: referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']),
    },
    {
      name: 'one that refers beats one that refuses, whose reason is not told',
      case: man([lapsed, grownSon]),
      decision: referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']),
    },
    {
      name: 'one that needs facts beats one that refuses, and is found by its place',
      case: man([lapsed, father]),
      decision: needsMaintained(1),
    },
    {
      name: 'two that need facts: both are asked, in the order given',
      case: man([father, lapsed, dependant('husband')]),
      decision: needsMaintained(0, 2),
    },
    {
      name: 'son of two insured parents, of age: one reason',
      case: man([grownSon, dependant('son', {}, principalWith(insured))]),
      decision: referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']),
    },
    {
      name: 'son of two insured parents, of age, a certificate with the second: it counts there',
      case: man([grownSon, dependant('son', { studyCertificateUntil: day })]),
      decision: entitledTo('dependant', day),
    },
    {
      name: 'daughter of two insured parents, never sighted: one reason',
      case: woman(dependant('daughter'), dependant('daughter', {}, principalWith(insured))),
      decision: referredFor(['DAUGHTER_NO_ID_SIGHT'], ['T-21', 'T-04', 'T-32', 'T-35']),
    },
    {
      name: 'daughter of two parents, of whom one is not entitled: the other refers',
      case: woman(dependant('daughter', {}, principalWith(lapsed)), dependant('daughter')),
      decision: referredFor(['DAUGHTER_NO_ID_SIGHT'], ['T-21', 'T-04', 'T-32', 'T-35']),
    },
    {
      name: 'nothing entitles: the reasons of all, in the order given',
      case: woman(wifeOfTheLapsed, pension('1399/06/11'), onBenefit(yesterday)),
      decision: refusedFor(
        ['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH', 'PENSION_NOT_STARTED', 'UNEMPLOYMENT_BENEFIT_ENDED'],
        yesterday,
        ['T-21', 'T-09'],
      ),
    },
    {
      name: 'nothing entitles: the same in another order',
      case: woman(onBenefit(yesterday), wifeOfTheLapsed, pension('1399/06/11')),
      decision: refusedFor(
        ['UNEMPLOYMENT_BENEFIT_ENDED', 'PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH', 'PENSION_NOT_STARTED'],
        yesterday,
        ['T-21', 'T-09'],
      ),
    },
    {
      name: 'the same reason from two standings is told once, where it came first',
      case: woman(lapsed, onBenefit(yesterday), wifeOfTheLapsed, onBenefit('1399/06/08')),
      decision: refusedFor(['NOT_PAID_THROUGH', 'UNEMPLOYMENT_BENEFIT_ENDED', 'PRINCIPAL_NOT_ENTITLED'], yesterday, [
        'T-21',
        'T-09',
      ]),
    },
    {
      name: 'the death of the principal, and a lapsed contract of one’s own',
      case: woman(dependant('wife', {}, principalDied('1399/03/09', forLife)), lapsed),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'DECEASED', 'NOT_PAID_THROUGH'], yesterday, [
        'T-21',
        'T-04',
        'T-09',
      ]),
    },
    {
      name: 'linked, two standings of a son of age, one with a job: both reasons',
      case: man([dependant('son', { employed: true }), grownSon], { links: { msrt: true } }),
      decision: refusedFor(['DEPENDANT_EMPLOYED', 'SON_AGE_NO_CERT'], null, ['T-21', 'T-04', 'T-09', 'T-31', 'T-33']),
    },
    {
      name: 'the same, not linked: it refers, and the job is not told',
      case: man([dependant('son', { employed: true }), grownSon]),
      decision: referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']),
    },
  ],
};
