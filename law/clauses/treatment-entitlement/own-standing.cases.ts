import {
  compulsory,
  entitledTo,
  forLife,
  inquiry,
  notInForce,
  onBenefit,
  pension,
  refusedFor,
  selfEmployed,
  voluntary,
  type Row,
  type Table,
} from './written.cases.ts';

/** The last day of a month two months after the last listed one, and the day after it. */
function graceEnds(lastMonth: string, lastDay: string, dayAfter: string): readonly Row[] {
  return [
    {
      name: `last listed for ${lastMonth}, on ${lastDay}`,
      case: inquiry(lastDay, [compulsory(lastMonth)]),
      decision: entitledTo('insured', lastDay),
    },
    {
      name: `last listed for ${lastMonth}, on ${dayAfter}`,
      case: inquiry(dayAfter, [compulsory(lastMonth)]),
      decision: refusedFor(['CONTRIBUTION_ENDED'], lastDay, ['T-21', 'T-08']),
    },
  ];
}

export const compulsorilyInsured: Table = {
  subject: 'compulsorily insured: two months of grace (T-04, T-08)',
  rows: [
    {
      name: 'listed for Ordibehesht, the day before the order',
      case: inquiry('1399/02/31', [compulsory('1399-02')]),
      decision: notInForce,
    },
    {
      name: 'listed for Esfand: the grace ended on the eve of the order, so no day of it was entitled',
      case: inquiry('1399/03/01', [compulsory('1398-12')]),
      decision: refusedFor(['CONTRIBUTION_ENDED'], null, ['T-21', 'T-08']),
    },
    {
      name: 'listed for Farvardin: the whole of Khordad',
      case: inquiry('1399/03/01', [compulsory('1399-01')]),
      decision: entitledTo('insured', '1399/03/31'),
    },
    ...graceEnds('1399-02', '1399/04/31', '1399/05/01'),
    ...graceEnds('1399-05', '1399/07/30', '1399/08/01'),
    ...graceEnds('1399-10', '1399/12/30', '1400/01/01'),
    ...graceEnds('1400-10', '1400/12/29', '1401/01/01'),
    ...graceEnds('1399-12', '1400/02/31', '1400/03/01'),
    {
      name: 'the contribution ended years ago: the last day is told all the same',
      case: inquiry('1405/06/06', [compulsory('1399-04')]),
      decision: refusedFor(['CONTRIBUTION_ENDED'], '1399/06/31', ['T-21', 'T-08']),
    },
    {
      name: 'listed for the last month that can be written: the day lies beyond 1499',
      case: inquiry('1499/12/29', [compulsory('1499-12')]),
      decision: entitledTo('insured', '1500/02/31'),
    },
  ],
};

export const contracts: Table = {
  subject: 'voluntary insurance and the self-employed (T-09)',
  rows: [
    {
      name: 'paid for a year, the day before the order',
      case: inquiry('1399/02/31', [voluntary('1399/12/30')]),
      decision: notInForce,
    },
    {
      name: 'voluntary, on the last day paid for',
      case: inquiry('1399/06/31', [voluntary('1399/06/31')]),
      decision: entitledTo('insured', '1399/06/31'),
    },
    {
      name: 'voluntary, the day after',
      case: inquiry('1399/07/01', [voluntary('1399/06/31')]),
      decision: refusedFor(['NOT_PAID_THROUGH'], '1399/06/31', ['T-21', 'T-09']),
    },
    {
      name: 'self-employed, on the last day paid for',
      case: inquiry('1399/12/30', [selfEmployed('1399/12/30')]),
      decision: entitledTo('insured', '1399/12/30'),
    },
    {
      name: 'self-employed, the day after',
      case: inquiry('1400/01/01', [selfEmployed('1399/12/30')]),
      decision: refusedFor(['NOT_PAID_THROUGH'], '1399/12/30', ['T-21', 'T-09']),
    },
    {
      name: 'voluntary without the treatment option, though paid for',
      case: inquiry('1399/06/31', [voluntary('1399/06/31', false)]),
      decision: refusedFor(['NO_TREATMENT_OPTION'], null, ['T-21', 'T-09']),
    },
    {
      name: 'self-employed without the treatment option, though paid for',
      case: inquiry('1399/06/31', [selfEmployed('1399/06/31', false)]),
      decision: refusedFor(['NO_TREATMENT_OPTION'], null, ['T-21', 'T-09']),
    },
    {
      name: 'neither the treatment option nor paid for: the option is named',
      case: inquiry('1399/07/01', [voluntary('1399/06/31', false)]),
      decision: refusedFor(['NO_TREATMENT_OPTION'], null, ['T-21', 'T-09']),
    },
    {
      name: 'paid for until the eve of the order: no day of it was entitled',
      case: inquiry('1399/03/01', [voluntary('1399/02/31')]),
      decision: refusedFor(['NOT_PAID_THROUGH'], null, ['T-21', 'T-09']),
    },
    {
      name: 'paid for until the first day of the order, the day after',
      case: inquiry('1399/03/02', [voluntary('1399/03/01')]),
      decision: refusedFor(['NOT_PAID_THROUGH'], '1399/03/01', ['T-21', 'T-09']),
    },
  ],
};

export const unemployed: Table = {
  subject: 'the unemployed on benefit (T-09)',
  rows: [
    {
      name: 'on benefit, the day before the order',
      case: inquiry('1399/02/31', [onBenefit('1399/05/31')]),
      decision: notInForce,
    },
    {
      name: 'on the last day of the benefit',
      case: inquiry('1399/05/31', [onBenefit('1399/05/31')]),
      decision: entitledTo('insured', '1399/05/31'),
    },
    {
      name: 'the day after',
      case: inquiry('1399/06/01', [onBenefit('1399/05/31')]),
      decision: refusedFor(['UNEMPLOYMENT_BENEFIT_ENDED'], '1399/05/31', ['T-21', 'T-09']),
    },
  ],
};

const ofEveryPension: readonly Row[] = ['oldAge', 'disability', 'survivor'].flatMap((kind) => [
  {
    name: `${kind} pension, on its last day`,
    case: inquiry('1399/08/30', [pension('1399/05/01', '1399/08/30', kind)]),
    decision: entitledTo('pensioner', '1399/08/30'),
  },
  {
    name: `${kind} pension, the day after its last day`,
    case: inquiry('1399/09/01', [pension('1399/05/01', '1399/08/30', kind)]),
    decision: refusedFor(['PENSION_ENDED'], '1399/08/30', ['T-21', 'T-09']),
  },
]);

export const pensioners: Table = {
  subject: 'pensioners (T-04, T-09)',
  rows: [
    {
      name: 'a pensioner for life, the day before the order',
      case: inquiry('1399/02/31', [forLife]),
      decision: notInForce,
    },
    {
      name: 'a pensioner for life has no last day',
      case: inquiry('1399/03/01', [forLife]),
      decision: entitledTo('pensioner', null),
    },
    {
      name: 'the day before the pension begins',
      case: inquiry('1399/04/31', [pension('1399/05/01')]),
      decision: refusedFor(['PENSION_NOT_STARTED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'the first day of the pension',
      case: inquiry('1399/05/01', [pension('1399/05/01')]),
      decision: entitledTo('pensioner', null),
    },
    {
      name: 'a pension of one day, on that day',
      case: inquiry('1399/05/01', [pension('1399/05/01', '1399/05/01')]),
      decision: entitledTo('pensioner', '1399/05/01'),
    },
    {
      name: 'a pension written the wrong way round: before its first day it has not begun, though its last day is over',
      case: inquiry('1399/06/05', [pension('1399/06/10', '1399/06/01')]),
      decision: refusedFor(['PENSION_NOT_STARTED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'the same from its first day: it has ended, and there was no entitled day',
      case: inquiry('1399/06/10', [pension('1399/06/10', '1399/06/01')]),
      decision: refusedFor(['PENSION_ENDED'], null, ['T-21', 'T-09']),
    },
    ...ofEveryPension,
  ],
};

export const theDeceased: Table = {
  subject: 'death (T-09)',
  rows: [
    {
      name: 'dead already, the day before the order',
      case: inquiry('1399/02/31', [forLife], { diedOn: '1399/02/01' }),
      decision: notInForce,
    },
    {
      name: 'the day before the death: a death to come is not looked at, not for the last day either',
      case: inquiry('1399/05/09', [forLife], { diedOn: '1399/05/10' }),
      decision: entitledTo('pensioner', null),
    },
    {
      name: 'the day before the death, insured to a later day: that day is told',
      case: inquiry('1399/05/09', [compulsory('1399-04')], { diedOn: '1399/05/10' }),
      decision: entitledTo('insured', '1399/06/31'),
    },
    {
      name: 'the day of the death',
      case: inquiry('1399/05/10', [forLife], { diedOn: '1399/05/10' }),
      decision: refusedFor(['DECEASED'], '1399/05/09', ['T-21', 'T-09']),
    },
    {
      name: 'years after the death',
      case: inquiry('1404/05/10', [forLife], { diedOn: '1399/05/10' }),
      decision: refusedFor(['DECEASED'], '1399/05/09', ['T-21', 'T-09']),
    },
    {
      name: 'died on the first day of the order: no day of it was entitled',
      case: inquiry('1399/03/01', [forLife], { diedOn: '1399/03/01' }),
      decision: refusedFor(['DECEASED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'died on its second day: the first was entitled',
      case: inquiry('1399/03/02', [forLife], { diedOn: '1399/03/02' }),
      decision: refusedFor(['DECEASED'], '1399/03/01', ['T-21', 'T-09']),
    },
    {
      name: 'died after the contribution had ended: one reason, and the earlier last day',
      case: inquiry('1399/06/06', [compulsory('1399-02')], { diedOn: '1399/06/01' }),
      decision: refusedFor(['DECEASED'], '1399/04/31', ['T-21', 'T-09']),
    },
    {
      name: 'died and on no record at all',
      case: inquiry('1399/06/06', [], { diedOn: '1399/06/01' }),
      decision: refusedFor(['DECEASED'], null, ['T-21', 'T-09']),
    },
    {
      name: 'died, inpatient: the overlap is not looked at',
      case: inquiry('1399/06/06', [forLife], {
        diedOn: '1399/06/01',
        setting: 'inpatient',
        otherCovers: 'unavailable',
      }),
      decision: refusedFor(['DECEASED'], '1399/05/31', ['T-21', 'T-09']),
    },
  ],
};
