import type { FastifyReply, FastifyRequest } from 'fastify';
import { findInquiry } from '../../../decisions/index.ts';
import { TrackingCodes } from '../../../inquiry/index.ts';
import { Fault } from '../../../platform/index.ts';
import { objectionsOf } from '../routes/objections.ts';
import { requireCsrfToken } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import type { FieldFault, PageProps } from './pages.ts';
import { fieldOf, getPerson, goTo, numberOf, requestIdOf, showPage, type PageDesk } from './visit.ts';

type Typed = Pick<PageProps['newObjection'], 'text' | 'contact' | 'trackingCode'>;

const longestText = 4_000;
const longestContact = 200;

/** Objections of a person, by the person (T-29, T-30). */
export function addObjectionPages(scope: App, desk: PageDesk): void {
  const objections = objectionsOf(desk.web);
  scope.get('/objections', async (request, reply) => {
    const person = getPerson(request);
    const found = await objections.listOfPerson(person, { kind: 'self', person });
    return showPage(desk, request, reply, 'objections', {
      objections: found.map(({ caseNumber, state, openedAt }) => ({
        ...{ caseNumber, state },
        openedAt: openedAt.toISOString(),
      })),
    });
  });
  addOpening(scope, desk, objections);
  scope.get('/objections/:caseNumber', async (request, reply) => {
    const { caseNumber } = request.params as { readonly caseNumber: string };
    const found = await objections.read(caseNumber, { kind: 'self', person: getPerson(request) });
    const { state, openedAt, text, contact, trackingCode, decision, events } = found;
    const isNew = new URL(request.url, 'http://here').searchParams.has('new') && events.length === 1;
    const objection = {
      ...{ caseNumber: found.caseNumber, state, text, openedAt: openedAt.toISOString() },
      ...(contact !== undefined && { contact }),
      ...(trackingCode !== undefined && { trackingCode }),
      ...(decision !== undefined && {
        decision: { reason: decision.reason, decidedAt: decision.decidedAt.toISOString() },
      }),
      events: events.map(({ at, what, reason }) => ({
        ...{ at: at.toISOString(), what },
        ...(reason !== undefined && { reason }),
      })),
    };
    return showPage(desk, request, reply, 'objection', { objection, isNew });
  });
}

function addOpening(scope: App, desk: PageDesk, objections: ReturnType<typeof objectionsOf>): void {
  scope.get('/objections/new', (request, reply) => {
    getPerson(request);
    const code = new URL(request.url, 'http://here').searchParams.get('code') ?? '';
    return show(desk, request, reply, { text: '', contact: '', trackingCode: /^\d{1,16}$/.test(code) ? code : '' });
  });
  scope.post('/objections/new', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const person = getPerson(request);
    const typed: Typed = {
      text: fieldOf(request, 'text').replaceAll('\r\n', '\n'),
      contact: fieldOf(request, 'contact'),
      trackingCode: numberOf(request, 'trackingCode'),
    };
    const faults = faultsOf(typed);
    if (faults.length > 0) return show(desk, request, reply, typed, faults);
    try {
      const opened = await objections.open({
        actor: { kind: 'self', person },
        person: (await subjectOfAnswer(desk, typed.trackingCode)) ?? person,
        text: typed.text,
        requestId: requestIdOf(request),
        ...(typed.contact !== '' && { contact: typed.contact }),
        ...(typed.trackingCode !== '' && { trackingCode: typed.trackingCode }),
      });
      return await goTo(reply, `/insured/objections/${opened.caseNumber}?new`);
    } catch (error) {
      const isOfCode = error instanceof Fault && (error.code === 'NOT_FOUND' || error.code === 'NOT_YOURS');
      if (!isOfCode) throw error;
      return show(desk, request, reply, typed, [{ field: 'trackingCode', problem: 'errors.trackingCode.wrong' }]);
    }
  });
}

/** An objection to an answer is about whom the answer is about; whether one may is for the desk to say. */
async function subjectOfAnswer({ web }: PageDesk, trackingCode: string): Promise<bigint | undefined> {
  const id = trackingCode === '' ? undefined : new TrackingCodes(web.keys.trackingKey).findId(trackingCode);
  return id === undefined ? undefined : (await findInquiry(web.pool, id))?.person;
}

function faultsOf({ text, contact }: Typed): readonly FieldFault[] {
  return [
    ...(text === '' ? [{ field: 'text', problem: 'errors.text.missing' } as const] : []),
    ...(text.length > longestText ? [{ field: 'text', problem: 'errors.text.tooLong' } as const] : []),
    ...(contact.length > longestContact ? [{ field: 'contact', problem: 'errors.contact.tooLong' } as const] : []),
  ];
}

function show(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
  faults: readonly FieldFault[] = [],
): Promise<FastifyReply> {
  // What is sent again after a mistake is the same sending: made twice, it opens one case.
  const requestId = requestIdOf(request);
  const status = faults.length === 0 ? 200 : 400;
  return showPage(desk, request, reply, 'newObjection', { ...typed, requestId, faults }, { status });
}

/** What was typed before the session had ended. */
export function showKeptObjection(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  { text = '', contact = '', trackingCode = '' }: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const props = { text, contact, trackingCode, requestId: crypto.randomUUID(), faults: [] };
  return showPage(desk, request, reply, 'newObjection', props, { path: '/insured/objections/new' });
}
