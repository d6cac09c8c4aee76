import type { ClauseId } from '../../words/clause-id.ts';
import {
  compulsory,
  dependant,
  entitledTo,
  inquiry,
  notInForce,
  principalWith,
  referredFor,
  refusedFor,
  voluntary,
  type Circumstances,
  type Json,
  type Table,
} from './written.cases.ts';

const scienceMinistry = { links: { msrt: true } } as const;
const deedsRegistry = { links: { sabtAsnad: true } } as const;
const throughThePrincipal: readonly ClauseId[] = ['T-21', 'T-04', 'T-09'];

function son(on: string, facts: Json, more: Circumstances = {}, principal?: Json): Json {
  return inquiry(on, [dependant('son', facts, principal)], { birthDate: '1380/06/10', ...more });
}

function daughter(on: string, facts: Json, more: Circumstances = {}, principal?: Json): Json {
  return inquiry(on, [dependant('daughter', facts, principal)], { sex: 'female', birthDate: '1384/06/10', ...more });
}

const sonRefers = referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']);
const daughterRefers = referredFor(['DAUGHTER_NO_ID_SIGHT'], ['T-21', 'T-04', 'T-32', 'T-35']);

function sonRefused(endedOn: string | null): Table['rows'][number]['decision'] {
  return refusedFor(['SON_AGE_NO_CERT'], endedOn, ['T-21', 'T-04', 'T-31', 'T-33']);
}

function daughterRefused(endedOn: string | null): Table['rows'][number]['decision'] {
  return refusedFor(['DAUGHTER_NO_ID_SIGHT'], endedOn, ['T-21', 'T-04', 'T-32', 'T-34']);
}

export const sons: Table = {
  subject: 'sons (T-31, T-33, T-35, T-37)',
  rows: [
    {
      name: 'a small boy, the day before the order',
      case: son('1399/02/31', {}, { birthDate: '1395/01/01' }),
      decision: notInForce,
    },
    {
      name: 'the vector of the domain: born on 1380/03/01, of age on the first day of the order',
      case: son('1399/03/01', {}, { birthDate: '1380/03/01' }),
      decision: sonRefers,
    },
    {
      name: 'born a day later: entitled on that day alone',
      case: son('1399/03/01', {}, { birthDate: '1380/03/02' }),
      decision: entitledTo('dependant', '1399/03/01'),
    },
    {
      name: 'the day before his 19th birthday',
      case: son('1399/06/09', {}),
      decision: entitledTo('dependant', '1399/06/09'),
    },
    { name: 'his 19th birthday', case: son('1399/06/10', {}), decision: sonRefers },
    {
      name: 'his 19th birthday, the science ministry linked',
      case: son('1399/06/10', {}, scienceMinistry),
      decision: sonRefused('1399/06/09'),
    },
    {
      name: 'his 19th birthday, the deeds registry linked: that is no link of his',
      case: son('1399/06/10', {}, deedsRegistry),
      decision: sonRefers,
    },
    {
      name: 'the son of an insured woman, his 19th birthday: nothing is asked about the class of the principal',
      case: son('1399/06/10', {}, {}, principalWith(compulsory('1399-06'))),
      decision: sonRefers,
    },
    {
      name: 'on the last day of his certificate',
      case: son('1399/11/30', { studyCertificateUntil: '1399/11/30' }),
      decision: entitledTo('dependant', '1399/11/30'),
    },
    { name: 'the day after it', case: son('1399/12/01', { studyCertificateUntil: '1399/11/30' }), decision: sonRefers },
    {
      name: 'a certificate counts with the link on, too',
      case: son('1399/11/30', { studyCertificateUntil: '1399/11/30' }, scienceMinistry),
      decision: entitledTo('dependant', '1399/11/30'),
    },
    {
      name: 'the day after it with the link on',
      case: son('1399/12/01', { studyCertificateUntil: '1399/11/30' }, scienceMinistry),
      decision: sonRefused('1399/11/30'),
    },
    {
      name: 'a certificate that ends before his birthday: his age carries him on',
      case: son('1399/05/01', { studyCertificateUntil: '1399/05/01' }),
      decision: entitledTo('dependant', '1399/06/09'),
    },
    {
      name: 'disabled at 40',
      case: son('1399/06/10', { disabled: true }, { birthDate: '1359/01/01' }),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'a boy with a job',
      case: son('1399/06/09', { employed: true }),
      decision: refusedFor(['DEPENDANT_EMPLOYED'], null, throughThePrincipal),
    },
    {
      name: 'of age and with a job: the job refuses, and nothing is referred',
      case: son('1399/06/10', { employed: true }),
      decision: refusedFor(['DEPENDANT_EMPLOYED'], null, throughThePrincipal),
    },
    {
      name: 'of age, with a job, and the link on: the job is named',
      case: son('1399/06/10', { employed: true }, scienceMinistry),
      decision: refusedFor(['DEPENDANT_EMPLOYED'], null, throughThePrincipal),
    },
    {
      name: 'disabled, with a certificate and a job: the job refuses',
      case: son('1399/06/10', { employed: true, disabled: true, studyCertificateUntil: '1400/01/01' }),
      decision: refusedFor(['DEPENDANT_EMPLOYED'], null, throughThePrincipal),
    },
    {
      name: 'a married son: it is not asked',
      case: son('1399/06/09', { married: true }),
      decision: entitledTo('dependant', '1399/06/09'),
    },
    {
      name: 'a son with a pension whom nobody maintains: neither is asked',
      case: son('1399/06/09', { ownPension: true, maintained: false }),
      decision: entitledTo('dependant', '1399/06/09'),
    },
    {
      name: 'of age, and the principal is not entitled: that refuses, and nothing is referred',
      case: son('1399/06/10', {}, {}, principalWith(voluntary('1399/06/09'))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], '1399/06/09', ['T-21', 'T-09']),
    },
    {
      name: 'of age, and has left dependency: that refuses, and nothing is referred',
      case: son('1399/06/10', { endedOn: '1399/05/31' }),
      decision: refusedFor(['LEFT_DEPENDENCY'], '1399/05/31', throughThePrincipal),
    },
    {
      name: 'born on 30 Esfand of a leap year: of age on 29 Esfand of an ordinary one',
      case: son('1402/12/29', {}, { birthDate: '1383/12/30', ...scienceMinistry }),
      decision: sonRefused('1402/12/28'),
    },
    {
      name: 'the day before that',
      case: son('1402/12/28', {}, { birthDate: '1383/12/30', ...scienceMinistry }),
      decision: entitledTo('dependant', '1402/12/28'),
    },
    {
      name: 'born on 31 Khordad, the day before the 19th birthday',
      case: son('1399/03/30', {}, { birthDate: '1380/03/31' }),
      decision: entitledTo('dependant', '1399/03/30'),
    },
    {
      name: 'born today',
      case: son('1399/03/30', {}, { birthDate: '1399/03/30' }),
      decision: entitledTo('dependant', '1418/03/29'),
    },
  ],
};

export const daughters: Table = {
  subject: 'daughters (T-32, T-34, T-35, T-37)',
  rows: [
    {
      name: 'a small girl, the day before the order',
      case: daughter('1399/02/31', {}, { birthDate: '1395/01/01' }),
      decision: notInForce,
    },
    {
      name: 'the day before her 15th birthday',
      case: daughter('1399/06/09', {}),
      decision: entitledTo('dependant', '1399/06/09'),
    },
    { name: 'her 15th birthday', case: daughter('1399/06/10', {}), decision: daughterRefers },
    {
      name: 'her 15th birthday, the deeds registry linked',
      case: daughter('1399/06/10', {}, deedsRegistry),
      decision: daughterRefused('1399/06/09'),
    },
    {
      name: 'her 15th birthday, the science ministry linked: that is no link of hers',
      case: daughter('1399/06/10', {}, scienceMinistry),
      decision: daughterRefers,
    },
    {
      name: 'sighted today',
      case: daughter('1399/07/20', { idSightedOn: '1399/07/20' }),
      decision: entitledTo('dependant', '1400/07/20'),
    },
    {
      name: 'sighted tomorrow: today it is not known yet',
      case: daughter('1399/07/19', { idSightedOn: '1399/07/20' }),
      decision: daughterRefers,
    },
    {
      name: 'sighted a year ago to the day',
      case: daughter('1400/07/20', { idSightedOn: '1399/07/20' }),
      decision: entitledTo('dependant', '1400/07/20'),
    },
    {
      name: 'sighted a year and a day ago',
      case: daughter('1400/07/21', { idSightedOn: '1399/07/20' }),
      decision: daughterRefers,
    },
    {
      name: 'sighted a year and a day ago, the registry linked',
      case: daughter('1400/07/21', { idSightedOn: '1399/07/20' }, deedsRegistry),
      decision: daughterRefused('1400/07/20'),
    },
    {
      name: 'sighted tomorrow, the registry linked: the last entitled day was the eve of her 15th birthday',
      case: daughter('1399/07/19', { idSightedOn: '1399/07/20' }, deedsRegistry),
      decision: daughterRefused('1399/06/09'),
    },
    {
      name: 'sighted on 30 Esfand: it serves to 29 Esfand of the ordinary year after',
      case: daughter('1400/12/29', { idSightedOn: '1399/12/30' }, deedsRegistry),
      decision: entitledTo('dependant', '1400/12/29'),
    },
    {
      name: 'the day after that',
      case: daughter('1401/01/01', { idSightedOn: '1399/12/30' }, deedsRegistry),
      decision: daughterRefused('1400/12/29'),
    },
    {
      name: 'sighted on her 14th birthday: her age carries her to the eve of the 15th, the sighting to the day itself',
      case: daughter('1399/06/01', { idSightedOn: '1398/06/10' }),
      decision: entitledTo('dependant', '1399/06/10'),
    },
    {
      name: 'to be sighted on her 15th birthday: no gap between age and sighting',
      case: daughter('1399/06/01', { idSightedOn: '1399/06/10' }),
      decision: entitledTo('dependant', '1400/06/10'),
    },
    {
      name: 'to be sighted a day after it: a gap of one day, which ends the run',
      case: daughter('1399/06/01', { idSightedOn: '1399/06/11' }),
      decision: entitledTo('dependant', '1399/06/09'),
    },
    {
      name: 'disabled at 40',
      case: daughter('1399/06/10', { disabled: true }, { birthDate: '1359/01/01' }),
      decision: entitledTo('dependant', null),
    },
    {
      name: 'a girl known to be married',
      case: daughter('1399/06/09', { married: true }),
      decision: refusedFor(['DAUGHTER_MARRIED'], null, throughThePrincipal),
    },
    {
      name: 'married and with a job: the marriage is named',
      case: daughter('1399/06/09', { married: true, employed: true }),
      decision: refusedFor(['DAUGHTER_MARRIED'], null, throughThePrincipal),
    },
    {
      name: 'with a job',
      case: daughter('1399/06/09', { employed: true }),
      decision: refusedFor(['DEPENDANT_EMPLOYED'], null, throughThePrincipal),
    },
    {
      name: 'never sighted and married: the marriage refuses, and nothing is referred',
      case: daughter('1399/06/10', { married: true }),
      decision: refusedFor(['DAUGHTER_MARRIED'], null, throughThePrincipal),
    },
    {
      name: 'never sighted, with a job, the registry linked: the job is named',
      case: daughter('1399/06/10', { employed: true }, deedsRegistry),
      decision: refusedFor(['DEPENDANT_EMPLOYED'], null, throughThePrincipal),
    },
    {
      name: 'disabled, sighted and married: the marriage refuses',
      case: daughter('1399/06/10', { married: true, disabled: true, idSightedOn: '1399/06/10' }),
      decision: refusedFor(['DAUGHTER_MARRIED'], null, throughThePrincipal),
    },
    {
      name: 'a study certificate is no sighting',
      case: daughter('1399/06/10', { studyCertificateUntil: '1400/01/01' }),
      decision: daughterRefers,
    },
    {
      name: 'a sighting is no study certificate',
      case: son('1399/06/10', { idSightedOn: '1399/06/10' }),
      decision: sonRefers,
    },
    {
      name: 'never sighted, and the principal is not entitled: that refuses, and nothing is referred',
      case: daughter('1399/06/10', {}, {}, principalWith(voluntary('1399/06/09'))),
      decision: refusedFor(['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'], '1399/06/09', ['T-21', 'T-09']),
    },
    {
      name: 'born on 29 Esfand of an ordinary year: 15 on 29 Esfand',
      case: daughter('1401/12/29', {}, { birthDate: '1386/12/29' }),
      decision: daughterRefers,
    },
    {
      name: 'born on 30 Esfand 1387: 15 on 29 Esfand 1402',
      case: daughter('1402/12/29', {}, { birthDate: '1387/12/30', ...deedsRegistry }),
      decision: daughterRefused('1402/12/28'),
    },
  ],
};
