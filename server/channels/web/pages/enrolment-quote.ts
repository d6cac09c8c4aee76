import type { FastifyReply, FastifyRequest } from 'fastify';
import { findProvisions } from '../../../cases/index.ts';
import type { Quote, Sketch, ToldApplication } from '../../../enrolment/index.ts';
import { Fault, todayInTehran } from '../../../platform/index.ts';
import type { App } from '../typed-app.ts';
import { numberIn } from './enrolment-answers.ts';
import type { EnrolmentDesk } from './enrolment-forms.ts';
import type { EnrolmentFault, TermsShown, Values } from './enrolment-props.ts';
import { showPage } from './visit.ts';

const mostSpouses = 4;
const mostChildren = 20;
const lastDecile = 10;

/**
 * What would I pay, without saying who I am: nothing is kept, all that was answered stands in the address, and so going
 * back, and asking twice, is the same.
 */
export function addQuotePages(scope: App, desk: EnrolmentDesk): void {
  scope.get('/quote', (request, reply) => show(desk, request, reply, 'members', valuesOf(request)));
  scope.get('/quote/route', (request, reply) => {
    const values = valuesOf(request);
    const faults = faultsOfMembers(values);
    return show(desk, request, reply, faults.length === 0 ? 'route' : 'members', values, faults);
  });
  scope.get('/quote/answer', (request, reply) => {
    const values = valuesOf(request);
    if (faultsOfMembers(values).length > 0)
      return show(desk, request, reply, 'members', values, faultsOfMembers(values));
    const faults = faultsOfRoute(values);
    if (faults.length > 0) return show(desk, request, reply, 'route', values, faults);
    return showAnswer(desk, request, reply, values);
  });
}

function valuesOf({ url }: FastifyRequest): Values {
  return Object.fromEntries(
    [...new URL(url, 'http://here').searchParams].map(([name, value]) => [name, value.slice(0, 40).trim()] as const),
  );
}

function faultsOfMembers({ spouses, children }: Values): readonly EnrolmentFault[] {
  const counted = [
    ['spouses', spouses, mostSpouses],
    ['children', children, mostChildren],
  ] as const;
  return counted.flatMap(([field, text, most]) => {
    const count = text === '' ? 0 : numberIn(text);
    return count === undefined || count > most ? [{ field, problem: 'errors.enrol.count' } as const] : [];
  });
}

function faultsOfRoute({ route, decile = '' }: Values): readonly EnrolmentFault[] {
  if (route !== 'selfDeclared' && route !== 'meansTest') return [{ field: 'route', problem: 'errors.enrol.choose' }];
  const found = decile === '' ? 1 : (numberIn(decile) ?? 0);
  const isKnown = route === 'selfDeclared' || (found >= 1 && found <= lastDecile);
  return isKnown ? [] : [{ field: 'decile', problem: 'errors.enrol.decile' }];
}

function show(
  desk: EnrolmentDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  step: 'members' | 'route',
  values: Values,
  faults: readonly EnrolmentFault[] = [],
): Promise<FastifyReply> {
  return showPage(
    desk,
    request,
    reply,
    'enrolQuote',
    { step, values, faults },
    { status: faults.length === 0 ? 200 : 400 },
  );
}

function showAnswer(
  desk: EnrolmentDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  values: Values,
): Promise<FastifyReply> {
  const quoted = quoteOrNone(desk, sketchOf(desk, values));
  return showPage(desk, request, reply, 'enrolQuoted', {
    values,
    terms: quoted === undefined ? unpriced : showTerms(quoted.decision),
    validUntil: quoted?.validUntil ?? null,
    figuresMissing: quoted === undefined,
  });
}

function quoteOrNone({ enrolment }: EnrolmentDesk, sketch: Sketch): Quote | undefined {
  try {
    return enrolment.quote(sketch);
  } catch (error) {
    if (error instanceof Fault && error.code === 'FIGURES_NOT_CONFIRMED') return undefined;
    throw error;
  }
}

const unpriced: TermsShown = {
  ...{ outcome: 'TERMS', regime: null, group: null, payablePercent: null, payable: null, stateShare: null },
  ...{ perCapitaMonthly: null, termMonths: null, members: 0, waitingDays: 0, coverFrom: null, coverUntil: null },
  ...{ entitledFrom: null, reasons: [], isRateCarriedForward: false, clauses: [] },
};

/** Ages decide nothing where everybody is in application: a grown-up and a child stand for all. */
function sketchOf({ web }: EnrolmentDesk, { spouses, children, route, decile, termMonths }: Values): Sketch {
  const yearsAgo = (years: number): string => isoDay(todayInTehran(web.clock) - Math.round(years * 365.25));
  const known = numberIn(decile);
  const member = (relation: 'head' | 'spouse' | 'child') => ({
    ...{ relation, birthDate: yearsAgo(relation === 'child' ? 8 : 35), baseCover: null },
    ...{ hospitalisedFromBirth: false, emergency: false, inApplication: true },
  });
  const many = (relation: 'spouse' | 'child', count: string | undefined) =>
    Array.from({ length: numberIn(count) ?? 0 }, () => member(relation));
  const isTested = route === 'meansTest';
  return {
    route: isTested ? 'meansTest' : 'selfDeclared',
    termMonths: ([1, 6, 12] as const).find((months) => String(months) === termMonths) ?? 12,
    meansTest:
      isTested && known !== undefined ? { determinedOn: yearsAgo(0), incomeMonthly: null, decile: known } : null,
    ...{ lostCover: null, renewal: null },
    members: [member('head'), ...many('spouse', spouses), ...many('child', children)],
  };
}

function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function showTerms(decision: ToldApplication['decisions'][number]['decision']): TermsShown {
  const { outcome, regime, group, payablePercent, payable, stateShare, perCapitaMonthly, termMonths } = decision;
  const [first] = decision.members;
  return {
    ...{ outcome, regime, group, payablePercent, payable, stateShare, perCapitaMonthly, termMonths },
    members: decision.members.length,
    waitingDays: Math.max(0, ...decision.members.map((member) => member.waitingDays)),
    coverFrom: first?.coverFrom ?? null,
    coverUntil: first?.coverUntil ?? null,
    entitledFrom: first?.entitledFrom ?? null,
    reasons: decision.reasons,
    isRateCarriedForward: decision.notices.includes('RATE_CARRIED_FORWARD'),
    clauses: decision.clauses.flatMap((clause) =>
      findProvisions(clause).map(({ clause: cite, fa, en, source }) => ({ clause: cite, fa, en, source })),
    ),
  };
}
