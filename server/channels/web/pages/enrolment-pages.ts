import type { FastifyReply, FastifyRequest } from 'fastify';
import { findPayersBill } from '../../../contributions/index.ts';
import type { ToldApplication, ToldHousehold } from '../../../enrolment/index.ts';
import { Fault, meaningOf, todayInTehran } from '../../../platform/index.ts';
import { subjectOf } from '../../tokens.ts';
import { requireCsrfToken } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { fieldsOf, nameOf, showMember } from './enrolment-answers.ts';
import { addEnrolmentForms, addressOf, home, selfOf, type EnrolmentDesk } from './enrolment-forms.ts';
import type { ApplicationShown, CoverShown, EnrolmentProblem, MemberShown } from './enrolment-props.ts';
import { findResumed } from './enrolment-questions.ts';
import { addQuotePages, showTerms } from './enrolment-quote.ts';
import { getPerson, goTo, requestIdOf, showPage, type PageDesk } from './visit.ts';

/** Mandatory insurance (M-13, M-15), from the first question to the cover; absent where nobody is enrolled. */
export function addEnrolmentPages(scope: App, pageDesk: PageDesk): void {
  const { enrolment } = pageDesk.web;
  if (enrolment === undefined) return;
  const desk = { ...pageDesk, enrolment };
  scope.get('/', (request, reply) =>
    showPage(desk, request, reply, 'enrolStart', { registration: enrolment.registration() }),
  );
  addQuotePages(scope, desk);
  addHome(scope, desk);
  addApplication(scope, desk);
  addSteps(scope, desk);
  addPaying(scope, desk);
  addEnrolmentForms(scope, desk);
}

const problems = [
  ...(['APPLICATION_INVALID', 'APPLICATION_OPEN', 'APPLICATION_STATE', 'BILL_STATE', 'FIGURES_NOT_CONFIRMED'] as const),
  ...(['HOUSEHOLD_CLASHES', 'MEMBER_ELSEWHERE', 'PAYMENT_GATEWAY_SILENT', 'PAYMENT_UNDER_WAY'] as const),
] satisfies readonly EnrolmentProblem[];

/** What a page can say of what went wrong. @throws what it cannot */
function problemOf(error: unknown): EnrolmentProblem {
  const found = error instanceof Fault ? problems.find((each) => each === error.code) : undefined;
  if (found === undefined) throw error;
  return found;
}

function problemIn({ url }: FastifyRequest): EnrolmentProblem | null {
  const said = new URL(url, 'http://here').searchParams.get('problem');
  return problems.find((each) => each === said) ?? null;
}

function addHome(scope: App, desk: EnrolmentDesk): void {
  const { enrolment } = desk;
  scope.get('/home', async (request, reply) => {
    const household = await findHousehold(desk, getPerson(request));
    const applications = household?.applications ?? [];
    const open = applications.find(({ state }) => state === 'draft');
    const draft = open === undefined ? undefined : await enrolment.read(open.number, selfOf(request));
    return showPage(desk, request, reply, 'enrolHome', {
      applications: applications.map(({ stateSince, ...each }) => ({ ...each, stateSince: stateSince.toISOString() })),
      covers: household === undefined ? [] : coversOf(household),
      draft:
        draft === undefined ? null : { number: draft.number, path: `${addressOf(draft.number)}${findResumed(draft)}` },
      mayApply: !applications.some(({ state }) => isUnderWay(state)),
      mayRenew: household !== undefined && isEnding(desk, household),
      problem: problemIn(request),
    });
  });
  scope.get('/renew', (request, reply) => {
    getPerson(request);
    const props = { requestId: crypto.randomUUID(), route: '', faults: [] };
    return showPage(desk, request, reply, 'enrolRenew', props);
  });
  scope.post('/renew', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const { route = '' } = fieldsOf(request.body);
    const requestId = requestIdOf(request);
    if (route !== 'selfDeclared' && route !== 'meansTest') {
      const faults = [{ field: 'route', problem: 'errors.enrol.choose' }] as const;
      return showPage(desk, request, reply, 'enrolRenew', { requestId, route, faults }, { status: 400 });
    }
    const asked = { actor: selfOf(request), head: getPerson(request), route, termMonths: 12, requestId } as const;
    const path = await enrolment.renew(asked).then(
      ({ number }) => `${addressOf(number)}?new`,
      (error: unknown) => `${home}?problem=${problemOf(error)}`,
    );
    return goTo(reply, path);
  });
}

function isUnderWay(state: ToldApplication['state']): boolean {
  return ['draft', 'submitted', 'declared', 'tested', 'billed', 'paid'].includes(state);
}

const renewalDays = 30;

/** From a month before its end on (M-36). */
function isEnding({ web }: EnrolmentDesk, { covers, applications }: ToldHousehold): boolean {
  const last = covers
    .map(({ coveredUntil }) => coveredUntil)
    .toSorted()
    .at(-1);
  if (last === undefined || applications.some(({ state }) => isUnderWay(state))) return false;
  return Date.parse(last) / 86_400_000 - todayInTehran(web.clock) <= renewalDays;
}

async function findHousehold({ enrolment }: EnrolmentDesk, person: bigint): Promise<ToldHousehold | undefined> {
  try {
    return await enrolment.readHousehold({ kind: 'self', person }, { person });
  } catch (error) {
    if (error instanceof Fault && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function coversOf({ covers, members }: ToldHousehold): readonly CoverShown[] {
  const names = new Map(members.map((member) => [member.id, nameOf(member)]));
  return covers.map((cover) => ({
    ...{ coveredFrom: cover.coveredFrom, coveredUntil: cover.coveredUntil },
    members: cover.members.map((member) => ({ ...member, name: names.get(member.id) ?? null })),
  }));
}

function addApplication(scope: App, desk: EnrolmentDesk): void {
  scope.get('/applications/:number', async (request, reply) => {
    const told = await desk.enrolment.read(numberOf(request), selfOf(request));
    if (told.state === 'draft') return showCheck(desk, request, reply, told, {});
    return showApplication(desk, request, reply, told, problemIn(request));
  });
}

function numberOf({ params }: FastifyRequest): string {
  return (params as { readonly number: string }).number;
}

interface Refused {
  readonly problem?: EnrolmentProblem;
  readonly about?: MemberShown | undefined;
  readonly requestId?: string;
}

/** All that was answered, before it is sent. */
function showCheck(
  desk: EnrolmentDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  { number, kind, document }: ToldApplication,
  { problem, about, requestId = crypto.randomUUID() }: Refused,
): Promise<FastifyReply> {
  const { route, termMonths, members, lostCover, separatedSpouses } = document;
  const props = {
    ...{ number, kind, requestId, route, termMonths },
    members: members.map((member, index) => ({
      ...showMember(member, index),
      insurer: member.declaredCover?.insurer ?? null,
    })),
    lostCover: lostCover === null ? null : { endedOn: lostCover.endedOn, cause: lostCover.cause },
    apart: separatedSpouses.map(({ id }) => id),
    problem: problem ?? null,
    about: about ?? null,
  };
  const status = problem === undefined ? 200 : 409;
  return showPage(desk, request, reply, 'enrolCheck', props, { status, path: addressOf(number) });
}

async function showApplication(
  desk: EnrolmentDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  told: ToldApplication,
  problem: EnrolmentProblem | null,
): Promise<FastifyReply> {
  const household = await findHousehold(desk, getPerson(request));
  const bill = household?.bills.find((each) => String(each.bill) === told.bill);
  const isNew = new URL(request.url, 'http://here').searchParams.has('new');
  const application: ApplicationShown = {
    ...{ number: told.number, kind: told.kind, state: told.state, awaits: told.awaits, hold: told.hold },
    ...{ unchecked: told.unchecked, requestedOn: told.requestedOn, stateSince: told.stateSince.toISOString() },
    ...membersOf(told),
    terms: termsOf(told),
    missing: told.decisions.at(-1)?.missing ?? [],
    bill:
      bill === undefined
        ? null
        : {
            ...{ amount: Number(bill.payable), stateShare: Number(bill.stateShare), validUntil: bill.validUntil },
            isOpen: bill.state === 'open',
          },
    // That an answer was saved is nothing to tell, once all is sent.
    events: told.events.flatMap(({ at, what, by }) => (what === 'change' ? [] : [{ at: at.toISOString(), what, by }])),
    mayWithdraw: ['submitted', 'declared', 'tested', 'billed'].includes(told.state),
    mayPayMeanwhile: told.awaits === 'meansTest',
  };
  const props = { application, isNew, problem, requestId: crypto.randomUUID() };
  return showPage(desk, request, reply, 'enrolApplication', props, { path: addressOf(told.number) });
}

/** Who of those who were named is insured by it, and who else is. */
function membersOf({ document, decisions }: ToldApplication): Pick<ApplicationShown, 'members' | 'added'> {
  const decision = decisions.at(-1)?.decision;
  const insured = decision?.outcome === 'TERMS' ? decision.members.map(({ id }) => id) : undefined;
  return {
    members: document.members.map((member, index) => ({
      ...showMember(member, index),
      isLeftOut: insured !== undefined && !insured.includes(member.id),
    })),
    added: (insured ?? []).filter((each) => !document.members.some(({ id }) => id === each)),
  };
}

function termsOf({ decisions }: ToldApplication): ApplicationShown['terms'] {
  const last = decisions.at(-1);
  return last === undefined ? null : showTerms(last.decision);
}

function addSteps(scope: App, desk: EnrolmentDesk): void {
  const { enrolment } = desk;
  const guarded = { preValidation: requireCsrfToken(desk.signIn) };
  const stepOf = (request: FastifyRequest) => ({
    ...{ actor: selfOf(request), number: numberOf(request), requestId: requestIdOf(request) },
  });
  scope.post('/applications/:number/submit', guarded, async (request, reply) => {
    const step = stepOf(request);
    try {
      await enrolment.submit(step);
    } catch (error) {
      const problem = problemOf(error);
      const told = await enrolment.read(step.number, step.actor);
      // Sent before, from another page.
      if (told.state !== 'draft') return goTo(reply, addressOf(step.number));
      const about = memberIn(error, told);
      return showCheck(desk, request, reply, told, { problem, about, requestId: step.requestId });
    }
    return goTo(reply, `${addressOf(step.number)}?new`);
  });
  scope.get('/applications/:number/withdraw', async (request, reply) => {
    const { number } = await enrolment.read(numberOf(request), selfOf(request));
    return showPage(desk, request, reply, 'enrolWithdraw', { number, requestId: crypto.randomUUID() });
  });
  const take = async (reply: FastifyReply, number: string, work: Promise<unknown>): Promise<FastifyReply> => {
    const problem = await work.then(() => undefined, problemOf);
    return goTo(reply, problem === undefined ? addressOf(number) : `${addressOf(number)}?problem=${problem}`);
  };
  scope.post('/applications/:number/withdraw', guarded, (request, reply) =>
    take(reply, numberOf(request), enrolment.withdraw(stepOf(request))),
  );
  scope.post('/applications/:number/price-anew', guarded, (request, reply) =>
    take(reply, numberOf(request), enrolment.priceAnew(stepOf(request))),
  );
  scope.post('/applications/:number/pay-meanwhile', guarded, (request, reply) =>
    take(reply, numberOf(request), enrolment.payMeanwhile(stepOf(request))),
  );
}

/** The fault names members by their place. */
function memberIn(error: unknown, { document }: ToldApplication): MemberShown | undefined {
  const place = error instanceof Fault ? /\/members\/(\d+)/.exec(error.message)?.[1] : undefined;
  const member = place === undefined ? undefined : document.members[Number(place)];
  return member === undefined ? undefined : showMember(member, Number(place));
}

function addPaying(scope: App, desk: EnrolmentDesk): void {
  const { payments, pool, log } = desk.web;
  if (payments === undefined) return;
  scope.post('/applications/:number/pay', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const actor = selfOf(request);
    const { number, bill } = await desk.enrolment.read(numberOf(request), actor);
    const own = bill === null ? undefined : await findPayersBill(pool, actor.person, BigInt(bill));
    const household = await findHousehold(desk, actor.person);
    const owed = household?.bills.find((each) => String(each.bill) === bill);
    if (own === undefined || owed === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
    try {
      const { redirectTo } = await payments.request({ ...own, by: subjectOf(actor) });
      const props = { number, amount: Number(owed.payable), redirectTo };
      return await showPage(desk, request, reply, 'enrolPay', props, { path: addressOf(number) });
    } catch (error) {
      return goTo(reply, `${addressOf(number)}?problem=${problemOf(error)}`);
    }
  });
  // The payer comes back: who it is does not matter, and nothing that the browser says of the money is believed.
  scope.get('/paid', async (request, reply) => {
    const authority = new URL(request.url, 'http://here').searchParams.get('Authority') ?? '';
    const returned = await payments.returnFromGateway({ authority }).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return { state: 'notOurs', reference: null } as const;
      log.error({ err: error }, 'a payer came back');
      return { state: 'unknown', reference: null } as const;
    });
    const { state, reference } = returned;
    return showPage(desk, request, reply, 'enrolPaid', { state, reference });
  });
}
