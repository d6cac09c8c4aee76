import {
  compulsory,
  dependant,
  entitledTo,
  forLife,
  inquiry,
  notInForce,
  onBenefit,
  pension,
  principalDied,
  principalWith,
  refusedFor,
  voluntary,
  type Json,
  type Table,
} from './written.cases.ts';

const day = '1399/06/10';

function person(...standings: readonly Json[]): Json {
  return inquiry(day, standings);
}

export const entitledUntil: Table = {
  subject: 'the last entitled day (T-24)',
  rows: [
    {
      name: 'before the order no last day is told',
      case: inquiry('1399/02/31', [onBenefit(day)]),
      decision: notInForce,
    },
    { name: 'one standing', case: person(onBenefit(day)), decision: entitledTo('insured', day) },
    {
      name: 'another begins the day after: the run goes on to its last day',
      case: person(onBenefit(day), pension('1399/06/11', '1399/09/30')),
      decision: entitledTo('insured', '1399/09/30'),
    },
    {
      name: 'another begins two days after: the run ends today',
      case: person(onBenefit(day), pension('1399/06/12', '1399/09/30')),
      decision: entitledTo('insured', day),
    },
    {
      name: 'another begins the day after and has no end',
      case: person(pension('1399/06/11'), onBenefit(day)),
      decision: entitledTo('insured', null),
    },
    {
      name: 'three in a chain, given in any order',
      case: person(
        pension('1399/08/01', '1400/01/15'),
        onBenefit(day),
        pension('1399/06/11', '1399/07/30', 'survivor'),
      ),
      decision: entitledTo('insured', '1400/01/15'),
    },
    {
      name: 'a chain whose middle is missing a day',
      case: person(
        pension('1399/08/02', '1400/01/15'),
        onBenefit(day),
        pension('1399/06/11', '1399/07/30', 'survivor'),
      ),
      decision: entitledTo('insured', '1399/07/30'),
    },
    {
      name: 'standings that overlap: the later last day',
      case: person(onBenefit('1399/06/20'), compulsory('1399-05')),
      decision: entitledTo('insured', '1399/07/30'),
    },
    {
      name: 'a standing within another changes nothing',
      case: person(pension('1399/06/15', '1399/06/20'), onBenefit('1399/09/30')),
      decision: entitledTo('insured', '1399/09/30'),
    },
    {
      name: 'the principal’s standings chained: through one and then the other',
      case: inquiry(day, [dependant('wife', {}, principalWith(onBenefit(day), pension('1399/06/11', '1399/10/30')))], {
        sex: 'female',
      }),
      decision: entitledTo('dependant', '1399/10/30'),
    },
    {
      name: 'the principal’s standings with a day between them',
      case: inquiry(day, [dependant('wife', {}, principalWith(onBenefit(day), pension('1399/06/12', '1399/10/30')))], {
        sex: 'female',
      }),
      decision: entitledTo('dependant', day),
    },
    {
      name: 'the principal’s cover ends, and the principal dies the day after: the survivors’ three months follow without a gap',
      case: inquiry(day, [dependant('wife', {}, principalDied('1399/06/11', onBenefit(day)))], { sex: 'female' }),
      decision: entitledTo('dependant', '1399/09/11'),
    },
    {
      name: 'the principal dies two days after the cover ended: there are no three months',
      case: inquiry(day, [dependant('wife', {}, principalDied('1399/06/12', onBenefit(day)))], { sex: 'female' }),
      decision: entitledTo('dependant', day),
    },
    {
      name: 'the survivor’s pension begins the day after the three months: no false end',
      case: inquiry(
        day,
        [dependant('wife', {}, principalDied('1399/05/01', forLife)), pension('1399/08/02', null, 'survivor')],
        { sex: 'female' },
      ),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'it begins a day later: the end of the three months is told',
      case: inquiry(
        day,
        [dependant('wife', {}, principalDied('1399/05/01', forLife)), pension('1399/08/03', null, 'survivor')],
        { sex: 'female' },
      ),
      decision: entitledTo('dependant', '1399/08/01'),
    },
    {
      name: 'a husband who will be 60 the day after another standing ends',
      case: inquiry(day, [onBenefit(day), dependant('husband', { maintained: true })], { birthDate: '1339/06/11' }),
      decision: entitledTo('insured', null),
    },
    {
      name: 'a husband who will be 60 a day later than that',
      case: inquiry(day, [onBenefit(day), dependant('husband', { maintained: true })], { birthDate: '1339/06/12' }),
      decision: entitledTo('insured', day),
    },
    {
      name: 'a father of whom it is not known who maintains him carries nothing on',
      case: inquiry(day, [onBenefit(day), dependant('father')]),
      decision: entitledTo('insured', day),
    },
    {
      name: 'a son of age who is referred carries nothing on',
      case: inquiry(day, [onBenefit(day), dependant('son')], { birthDate: '1370/01/01' }),
      decision: entitledTo('insured', day),
    },
  ],
};

export const endedOn: Table = {
  subject: 'the last day that was entitled (T-24)',
  rows: [
    {
      name: 'before the order nothing had ended',
      case: inquiry('1399/02/31', [onBenefit('1399/02/30')]),
      decision: notInForce,
    },
    {
      name: 'ended yesterday',
      case: person(onBenefit('1399/06/09')),
      decision: refusedFor(['UNEMPLOYMENT_BENEFIT_ENDED'], '1399/06/09', ['T-21', 'T-09']),
    },
    {
      name: 'ended on the first day of the order',
      case: person(onBenefit('1399/03/01')),
      decision: refusedFor(['UNEMPLOYMENT_BENEFIT_ENDED'], '1399/03/01', ['T-21', 'T-09']),
    },
    {
      name: 'ended on its eve',
      case: person(onBenefit('1399/02/31')),
      decision: refusedFor(['UNEMPLOYMENT_BENEFIT_ENDED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'the later of two last days',
      case: person(onBenefit('1399/05/09'), voluntary('1399/04/09')),
      decision: refusedFor(['UNEMPLOYMENT_BENEFIT_ENDED', 'NOT_PAID_THROUGH'], '1399/05/09', ['T-21', 'T-09']),
    },
    {
      name: 'in a gap between two standings: the day before the gap',
      case: person(onBenefit('1399/05/09'), pension('1399/06/11')),
      decision: refusedFor(['UNEMPLOYMENT_BENEFIT_ENDED', 'PENSION_NOT_STARTED'], '1399/05/09', ['T-21', 'T-09']),
    },
    {
      name: 'a sighting that is over, and an earlier day of her childhood: the later of the two',
      case: inquiry(day, [dependant('daughter', { idSightedOn: '1398/05/15' })], {
        sex: 'female',
        birthDate: '1384/04/01',
        links: { sabtAsnad: true },
      }),
      decision: refusedFor(['DAUGHTER_NO_ID_SIGHT'], '1399/05/15', ['T-21', 'T-04', 'T-32', 'T-34']),
    },
    {
      name: 'a sighting to come: the eve of the 15th birthday',
      case: inquiry(day, [dependant('daughter', { idSightedOn: '1399/06/11' })], {
        sex: 'female',
        birthDate: '1384/04/01',
        links: { sabtAsnad: true },
      }),
      decision: refusedFor(['DAUGHTER_NO_ID_SIGHT'], '1399/03/31', ['T-21', 'T-04', 'T-32', 'T-34']),
    },
    {
      name: 'born a month ago, through a cover that ended before the birth: nothing ended',
      case: inquiry(day, [dependant('son', {}, principalWith(onBenefit('1399/05/09')))], { birthDate: '1399/05/10' }),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'UNEMPLOYMENT_BENEFIT_ENDED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'born on the last day of that cover',
      case: inquiry(day, [dependant('son', {}, principalWith(onBenefit('1399/05/09')))], { birthDate: '1399/05/09' }),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'UNEMPLOYMENT_BENEFIT_ENDED'], '1399/05/09', ['T-21', 'T-09']),
    },
    {
      name: 'a referral before today is no entitlement: the last day lies before it',
      case: inquiry(day, [dependant('son', { endedOn: '1399/06/01' })], { birthDate: '1380/05/01' }),
      decision: refusedFor(['LEFT_DEPENDENCY'], '1399/04/31', ['T-21', 'T-04', 'T-09']),
    },
    {
      name: 'days on which facts were missing are no entitlement either',
      case: inquiry(day, [dependant('father', { endedOn: '1399/06/01' })]),
      decision: refusedFor(['LEFT_DEPENDENCY'], null, ['T-21', 'T-04', 'T-09']),
    },
    {
      name: 'the principal’s cover had a gap, then ended: the last of both',
      case: inquiry(
        day,
        [dependant('wife', {}, principalWith(onBenefit('1399/04/01'), pension('1399/05/01', '1399/05/20')))],
        { sex: 'female' },
      ),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'UNEMPLOYMENT_BENEFIT_ENDED', 'PENSION_ENDED'], '1399/05/20', [
        'T-21',
        'T-09',
      ]),
    },
    {
      name: 'died in the gap between two standings: the day before the gap',
      case: inquiry(day, [onBenefit('1399/04/01'), pension('1399/06/01')], { diedOn: '1399/05/15' }),
      decision: refusedFor(['DECEASED'], '1399/04/01', ['T-21', 'T-09']),
    },
    {
      name: 'died on the day of birth: there was no day before it',
      case: inquiry(day, [dependant('son')], { birthDate: '1399/05/15', diedOn: '1399/05/15' }),
      decision: refusedFor(['DECEASED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'died the day after it',
      case: inquiry(day, [dependant('son')], { birthDate: '1399/05/15', diedOn: '1399/05/16' }),
      decision: refusedFor(['DECEASED'], '1399/05/15', ['T-21', 'T-09']),
    },
  ],
};
