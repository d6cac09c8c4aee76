import {
  compulsory,
  dependant,
  entitledTo,
  forLife,
  inquiry,
  needsMaintained,
  notInForce,
  pension,
  principalDied,
  referredFor,
  refusedFor,
  voluntary,
  type Circumstances,
  type Json,
  type Table,
} from './written.cases.ts';

function widow(on: string, principal: Json, facts: Json = {}): Json {
  return inquiry(on, [dependant('wife', facts, principal)], { sex: 'female' });
}

function orphan(relation: 'son' | 'daughter', on: string, facts: Json, more: Circumstances, principal: Json): Json {
  return inquiry(on, [dependant(relation, facts, principal)], { sex: relation === 'son' ? 'male' : 'female', ...more });
}

const ofTheDead = ['PRINCIPAL_NOT_ENTITLED', 'DECEASED'] as const;
const throughTheDead = ['T-21', 'T-04', 'T-09'] as const;
const died = principalDied('1399/05/20', forLife);

export const survivors: Table = {
  subject: 'survivors: three months after the principal’s death (T-09)',
  rows: [
    {
      name: 'a widow, the day before the order',
      case: widow('1399/02/31', principalDied('1399/01/15', forLife)),
      decision: notInForce,
    },
    {
      name: 'the day before the death: the last day is judged by the death to come',
      case: widow('1399/05/19', died),
      decision: entitledTo('dependant', '1399/08/20'),
    },
    {
      name: 'the day of the death',
      case: widow('1399/05/20', died),
      decision: entitledTo('dependant', '1399/08/20'),
    },
    {
      name: 'three months after the death, to the day',
      case: widow('1399/08/20', died),
      decision: entitledTo('dependant', '1399/08/20'),
    },
    {
      name: 'a day more',
      case: widow('1399/08/21', died),
      decision: refusedFor(ofTheDead, '1399/08/20', throughTheDead),
    },
    {
      name: 'died on the 31st: three months later is the 30th',
      case: widow('1399/07/30', principalDied('1399/04/31', forLife)),
      decision: entitledTo('dependant', '1399/07/30'),
    },
    {
      name: 'the day after that',
      case: widow('1399/08/01', principalDied('1399/04/31', forLife)),
      decision: refusedFor(ofTheDead, '1399/07/30', throughTheDead),
    },
    {
      name: 'died before the order, the three months reach into it',
      case: widow('1399/03/01', principalDied('1398/12/01', forLife)),
      decision: entitledTo('dependant', '1399/03/01'),
    },
    {
      name: 'died before the order, the three months ended on its eve: no day of it was entitled',
      case: widow('1399/03/01', principalDied('1398/11/30', forLife)),
      decision: refusedFor(ofTheDead, null, throughTheDead),
    },
    {
      name: 'the principal was entitled on the eve of the death, and not a day longer',
      case: widow('1399/06/01', principalDied('1399/05/20', voluntary('1399/05/19'))),
      decision: entitledTo('dependant', '1399/08/20'),
    },
    {
      name: 'the principal’s cover had ended a day earlier: there is no grace, and the principal’s reason is told',
      case: widow('1399/06/01', principalDied('1399/05/20', voluntary('1399/05/18'))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], '1399/05/18', ['T-21', 'T-09']),
    },
    {
      name: 'the same when the three months are over: still the principal’s own reason',
      case: widow('1399/12/01', principalDied('1399/05/20', voluntary('1399/05/18'))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], '1399/05/18', ['T-21', 'T-09']),
    },
    {
      name: 'a cover that would have run on ends with the grace after the death all the same',
      case: widow('1399/08/21', principalDied('1399/05/20', voluntary('1400/05/18'))),
      decision: refusedFor(ofTheDead, '1399/08/20', throughTheDead),
    },
    {
      name: 'a pension that was to begin on the day of the death carries nobody',
      case: widow('1399/05/20', principalDied('1399/05/20', pension('1399/05/20'))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'PENSION_NOT_STARTED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'a pension that began on its eve does',
      case: widow('1399/05/20', principalDied('1399/05/20', pension('1399/05/19'))),
      decision: entitledTo('dependant', '1399/08/20'),
    },
    {
      name: 'of the standings of the dead one entitled: it carries the survivors',
      case: widow('1399/06/01', principalDied('1399/05/20', voluntary('1399/05/18'), forLife)),
      decision: entitledTo('dependant', '1399/08/20'),
    },
    {
      name: 'none of them did: their reasons in their order, as of the eve of the death',
      case: widow('1399/06/01', principalDied('1399/05/20', compulsory('1399-02'), pension('1399/05/25'))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'CONTRIBUTION_ENDED', 'PENSION_NOT_STARTED'], '1399/04/31', [
        'T-21',
        'T-08',
        'T-09',
      ]),
    },
    {
      name: 'left dependency within the three months: that is named',
      case: widow('1399/06/02', died, { endedOn: '1399/06/01' }),
      decision: refusedFor(['LEFT_DEPENDENCY'], '1399/06/01', throughTheDead),
    },
    {
      name: 'left dependency, and the three months are over: the first reason is named',
      case: widow('1399/09/01', died, { endedOn: '1399/06/01' }),
      decision: refusedFor(['LEFT_DEPENDENCY'], '1399/06/01', throughTheDead),
    },
    {
      name: 'a son who comes of age within the three months is referred',
      case: orphan('son', '1399/07/10', {}, { birthDate: '1380/07/10' }, died),
      decision: referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']),
    },
    {
      name: 'the day before he was entitled',
      case: orphan('son', '1399/07/09', {}, { birthDate: '1380/07/10' }, died),
      decision: entitledTo('dependant', '1399/07/09'),
    },
    {
      name: 'the same son when the three months are over: the death refuses, and nothing is referred',
      case: orphan('son', '1399/08/21', {}, { birthDate: '1380/07/10' }, died),
      decision: refusedFor(ofTheDead, '1399/07/09', throughTheDead),
    },
    {
      name: 'a daughter who marries is refused within the three months',
      case: orphan('daughter', '1399/06/01', { married: true }, { birthDate: '1390/01/01' }, died),
      decision: refusedFor(['DAUGHTER_MARRIED'], null, throughTheDead),
    },
    {
      name: 'a married daughter when they are over: the death is named',
      case: orphan('daughter', '1399/08/21', { married: true }, { birthDate: '1390/01/01' }, died),
      decision: refusedFor(ofTheDead, null, throughTheDead),
    },
    {
      name: 'a father within the three months: it is asked who maintained him',
      case: inquiry('1399/08/20', [dependant('father', {}, died)]),
      decision: needsMaintained(0),
    },
    {
      name: 'a father when they are over: it is not asked',
      case: inquiry('1399/08/21', [dependant('father', {}, died)]),
      decision: refusedFor(ofTheDead, null, throughTheDead),
    },
    {
      name: 'a husband under age when they are over: the death is named',
      case: inquiry('1399/08/21', [dependant('husband', { maintained: true }, died)], { birthDate: '1370/01/01' }),
      decision: refusedFor(ofTheDead, null, throughTheDead),
    },
    {
      name: 'a child born in the three months after the death: the last day was not before its birth',
      case: orphan('son', '1399/08/21', {}, { birthDate: '1399/08/21' }, died),
      decision: refusedFor(ofTheDead, null, throughTheDead),
    },
    {
      name: 'a child born on the last of them',
      case: orphan('son', '1399/08/21', {}, { birthDate: '1399/08/20' }, died),
      decision: refusedFor(ofTheDead, '1399/08/20', throughTheDead),
    },
  ],
};
