import {
  compulsory,
  dependant,
  entitledTo,
  inquiry,
  needsMaintained,
  notInForce,
  pension,
  principalWith,
  refusedFor,
  voluntary,
  type Json,
  type Row,
  type Table,
} from './written.cases.ts';

const throughThePrincipal = ['T-21', 'T-04', 'T-09'] as const;
const maintained = { maintained: true };

function asWoman(on: string, standing: Json, birthDate = '1350/01/01'): Json {
  return inquiry(on, [standing], { sex: 'female', birthDate });
}

function asMan(on: string, standing: Json, birthDate = '1350/01/01'): Json {
  return inquiry(on, [standing], { birthDate });
}

export const wives: Table = {
  subject: 'wives, and what all dependants share (T-04, T-09)',
  rows: [
    {
      name: 'the wife of a pensioner, the day before the order',
      case: asWoman('1399/02/31', dependant('wife')),
      decision: notInForce,
    },
    {
      name: 'the wife of a pensioner: no last day',
      case: asWoman('1399/03/01', dependant('wife')),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'the wife of an insured man: to the last day of his',
      case: asWoman('1399/04/31', dependant('wife', {}, principalWith(compulsory('1399-02')))),
      decision: entitledTo('dependant', '1399/04/31'),
    },
    {
      name: 'the day after the last day of his',
      case: asWoman('1399/05/01', dependant('wife', {}, principalWith(compulsory('1399-02')))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'CONTRIBUTION_ENDED'], '1399/04/31', ['T-21', 'T-08', 'T-09']),
    },
    {
      name: 'a wife with a job and a pension of her own: neither is asked',
      case: asWoman(
        '1399/05/01',
        dependant('wife', { employed: true, ownPension: true, married: true, maintained: false }),
      ),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'on the last day of dependency',
      case: asWoman('1399/05/10', dependant('wife', { endedOn: '1399/05/10' })),
      decision: entitledTo('dependant', '1399/05/10'),
    },
    {
      name: 'the day after the last day of dependency',
      case: asWoman('1399/05/11', dependant('wife', { endedOn: '1399/05/10' })),
      decision: refusedFor(['LEFT_DEPENDENCY'], '1399/05/10', throughThePrincipal),
    },
    {
      name: 'left dependency, and the principal is not entitled either: the first reason alone',
      case: asWoman('1399/05/11', dependant('wife', { endedOn: '1399/05/10' }, principalWith(voluntary('1399/05/09')))),
      decision: refusedFor(['LEFT_DEPENDENCY'], '1399/05/09', ['T-21', 'T-09']),
    },
    {
      name: 'left dependency before the order: no day of it was entitled',
      case: asWoman('1399/05/11', dependant('wife', { endedOn: '1399/02/31' })),
      decision: refusedFor(['LEFT_DEPENDENCY'], null, throughThePrincipal),
    },
    {
      name: 'a principal of whose standings one entitles',
      case: asWoman('1399/05/11', dependant('wife', {}, principalWith(voluntary('1399/05/09'), pension('1399/05/11')))),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'a principal of whose standings none entitles: a reason for each, in their order',
      case: asWoman('1399/05/10', dependant('wife', {}, principalWith(pension('1399/05/11'), voluntary('1399/05/09')))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'PENSION_NOT_STARTED', 'NOT_PAID_THROUGH'], '1399/05/09', [
        'T-21',
        'T-09',
      ]),
    },
    {
      name: 'the same reason twice is told once',
      case: asWoman(
        '1399/05/10',
        dependant('wife', {}, principalWith(voluntary('1399/05/08'), voluntary('1399/05/09'))),
      ),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], '1399/05/09', ['T-21', 'T-09']),
    },
  ],
};

export const husbands: Table = {
  subject: 'husbands of insured women (T-09)',
  rows: [
    {
      name: 'a maintained husband, the day before the order',
      case: asMan('1399/02/31', dependant('husband', maintained), '1330/01/01'),
      decision: notInForce,
    },
    {
      name: 'maintained, on his 60th birthday',
      case: asMan('1399/06/15', dependant('husband', maintained), '1339/06/15'),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'maintained, the day before his 60th birthday',
      case: asMan('1399/06/14', dependant('husband', maintained), '1339/06/15'),
      decision: refusedFor(['SPOUSE_RULE'], null, throughThePrincipal),
    },
    {
      name: 'maintained and disabled at 30',
      case: asMan('1399/06/14', dependant('husband', { ...maintained, disabled: true }), '1369/06/15'),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'of age, and known not to be maintained',
      case: asMan('1399/06/15', dependant('husband', { maintained: false }), '1339/06/15'),
      decision: refusedFor(['SPOUSE_RULE'], null, throughThePrincipal),
    },
    {
      name: 'disabled, and known not to be maintained',
      case: asMan('1399/06/15', dependant('husband', { maintained: false, disabled: true }), '1369/06/15'),
      decision: refusedFor(['SPOUSE_RULE'], null, throughThePrincipal),
    },
    {
      name: 'of age, and nobody knows whether he is maintained',
      case: asMan('1399/06/15', dependant('husband'), '1339/06/15'),
      decision: needsMaintained(0),
    },
    {
      name: 'disabled, and nobody knows whether he is maintained',
      case: asMan('1399/06/15', dependant('husband', { disabled: true }), '1369/06/15'),
      decision: needsMaintained(0),
    },
    {
      name: 'the day before his 60th birthday it is not asked whether he is maintained',
      case: asMan('1399/06/14', dependant('husband'), '1339/06/15'),
      decision: refusedFor(['SPOUSE_RULE'], null, throughThePrincipal),
    },
    {
      name: 'of age, but the principal is not entitled: it is not asked either',
      case: asMan('1399/06/15', dependant('husband', {}, principalWith(voluntary('1399/06/14'))), '1339/06/15'),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], null, ['T-21', 'T-09']),
    },
    {
      name: 'of age, but has left dependency: it is not asked either',
      case: asMan('1399/06/15', dependant('husband', { endedOn: '1399/06/14' }), '1339/06/15'),
      decision: refusedFor(['LEFT_DEPENDENCY'], null, throughThePrincipal),
    },
    {
      name: 'a husband who has a job and a pension: neither is asked',
      case: asMan(
        '1399/06/15',
        dependant('husband', { ...maintained, employed: true, ownPension: true }),
        '1339/06/15',
      ),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'born on 30 Esfand, on 29 Esfand 60 years later (an ordinary year)',
      case: asMan('1402/12/29', dependant('husband', maintained), '1342/12/30'),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'born on 30 Esfand, on the day before that',
      case: asMan('1402/12/28', dependant('husband', maintained), '1342/12/30'),
      decision: refusedFor(['SPOUSE_RULE'], null, throughThePrincipal),
    },
  ],
};

function parent(relation: 'father' | 'mother', on: string, facts: Json, birthDate: string, principal?: Json): Json {
  return inquiry(on, [dependant(relation, facts, principal)], {
    sex: relation === 'father' ? 'male' : 'female',
    birthDate,
  });
}

const theBirthday = '1399/06/15';
const dayBefore = '1399/06/14';

function ofParents(relation: 'father' | 'mother', age: number, born: string): readonly Row[] {
  const refused = refusedFor(['PARENT_RULE'], null, throughThePrincipal);
  return [
    {
      name: `a maintained ${relation}, the day before the order`,
      case: parent(relation, '1399/02/31', maintained, '1310/01/01'),
      decision: notInForce,
    },
    {
      name: `${relation}, maintained, on the ${String(age)}th birthday`,
      case: parent(relation, theBirthday, maintained, born),
      decision: entitledTo('dependant', null),
    },
    {
      name: `${relation}, maintained, the day before it`,
      case: parent(relation, dayBefore, maintained, born),
      decision: refused,
    },
    {
      name: `${relation}, maintained, disabled long before it`,
      case: parent(relation, dayBefore, { ...maintained, disabled: true }, '1370/01/01'),
      decision: entitledTo('dependant', null),
    },
    {
      name: `${relation}, disabled, but not maintained`,
      case: parent(relation, dayBefore, { maintained: false, disabled: true }, '1370/01/01'),
      decision: refused,
    },
    {
      name: `${relation} of age with a pension`,
      case: parent(relation, theBirthday, { ...maintained, ownPension: true }, born),
      decision: refused,
    },
    {
      name: `disabled ${relation} with a pension`,
      case: parent(relation, theBirthday, { ...maintained, disabled: true, ownPension: true }, born),
      decision: refused,
    },
    {
      name: `${relation} of age, not maintained`,
      case: parent(relation, theBirthday, { maintained: false }, born),
      decision: refused,
    },
  ];
}

/** It is asked who maintains a parent where all else of the rule holds, and only there. */
function keepOfParents(relation: 'father' | 'mother', born: string): readonly Row[] {
  const refused = refusedFor(['PARENT_RULE'], null, throughThePrincipal);
  return [
    {
      name: `${relation} of age, and nobody knows who maintains`,
      case: parent(relation, theBirthday, {}, born),
      decision: needsMaintained(0),
    },
    {
      name: `disabled ${relation}, and nobody knows who maintains`,
      case: parent(relation, dayBefore, { disabled: true }, '1370/01/01'),
      decision: needsMaintained(0),
    },
    {
      name: `${relation} not of age: it is not asked who maintains`,
      case: parent(relation, dayBefore, {}, born),
      decision: refused,
    },
    {
      name: `${relation} of age with a pension: it is not asked who maintains`,
      case: parent(relation, theBirthday, { ownPension: true }, born),
      decision: refused,
    },
    {
      name: `${relation} of age, but through nobody who is entitled: it is not asked who maintains`,
      case: parent(relation, theBirthday, {}, born, principalWith(voluntary(dayBefore))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], null, ['T-21', 'T-09']),
    },
    {
      name: `${relation} with a job, married: neither is asked`,
      case: parent(relation, theBirthday, { ...maintained, employed: true, married: true }, born),
      decision: entitledTo('dependant', null),
    },
  ];
}

export const fathers: Table = {
  subject: 'fathers (T-09)',
  rows: [...ofParents('father', 60, '1339/06/15'), ...keepOfParents('father', '1339/06/15')],
};

export const mothers: Table = {
  subject: 'mothers (T-09)',
  rows: [...ofParents('mother', 55, '1344/06/15'), ...keepOfParents('mother', '1344/06/15')],
};
