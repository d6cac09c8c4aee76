import type { FastifyReply, FastifyRequest } from 'fastify';
import { findInquiry } from '../../../decisions/index.ts';
import { TrackingCodes, type InquiryAnswer } from '../../../inquiry/index.ts';
import { Fault, findNationalId, meaningOf, nationalIdText } from '../../../platform/index.ts';
import { subjectOf, type TokenHolder } from '../../tokens.ts';
import { outsideCode } from '../problems.ts';
import { requireCsrfToken } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { sealForm, unsealForm } from './kept-form.ts';
import type { PageProps } from './pages.ts';
import { fieldOf, goTo, numberOf, requestIdOf, settingOf, showPage, type PageDesk } from './visit.ts';

const desk = '/provider';

/** The desk of a provider's clerk: one box and its answer, whole also without scripts. */
export function addProviderPages(scope: App, parts: PageDesk): void {
  scope.setErrorHandler((error, request, reply) => answerFault(parts, error, request, reply));
  const showNotFound = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    showPage(parts, request, reply, 'providerNote', { note: 'notFound' }, { status: 404, path: desk });
  scope.setNotFoundHandler(showNotFound);
  scope.get('/', (request, reply) => {
    getClerk(request);
    const sealed = new URL(request.url, 'http://here').searchParams.get('kept');
    const { asked = '', setting } = (sealed === null ? undefined : unsealForm(parts.web, sealed)?.fields) ?? {};
    const kept = { typed: asked, setting: setting === 'inpatient' ? 'inpatient' : 'outpatient' } as const;
    return showDesk(parts, request, reply, kept);
  });
  scope.post('/', { preValidation: requireCsrfToken(parts.signIn) }, (request, reply) => ask(parts, request, reply));
  scope.get('/inquiries/:code', async (request, reply) => {
    const { code = '' } = request.params as { readonly code?: string };
    const answer = await readAgain(parts, request, code);
    if (answer === undefined) return showNotFound(request, reply);
    const { setting } = answer;
    return showDesk(parts, request, reply, { setting, answered: await shown(parts, answer) });
  });
  scope.get('/signed-in', (request, reply) => showPage(parts, request, reply, 'providerNote', { note: 'signedIn' }));
  scope.get('/offline', (request, reply) => {
    // It is kept by the browser: nothing of a session may stand in it.
    request.session = null;
    return showDesk(parts, request, reply, {});
  });
}

type Clerk = TokenHolder & { readonly kind: 'provider'; readonly user: string };

/** @throws Fault UNAUTHENTICATED for nobody, NOT_YOURS for anybody else */
function getClerk({ session }: FastifyRequest): Clerk {
  if (session === null) throw new Fault('UNAUTHENTICATED', meaningOf('UNAUTHENTICATED'));
  const { holder } = session;
  if (holder.kind !== 'provider' || holder.user === undefined) throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
  return { ...holder, user: holder.user };
}

type BoxFault = NonNullable<PageProps['provider']['fault']>;

/** The answer has an address of its own: asking for the page again asks nobody about anybody. */
async function ask(parts: PageDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const clerk = getClerk(request);
  const { inquiry } = parts.web;
  const subject = subjectOf(clerk);
  const [written, setting, requestId] = [numberOf(request, 'asked'), settingOf(request), requestIdOf(request)];
  const typed = fieldOf(request, 'asked');
  const refuse = (fault: BoxFault): Promise<FastifyReply> => {
    if (written !== '') parts.wrongIds.count(subject);
    return showDesk(parts, request, reply, { typed, setting, fault }, 400);
  };
  if (written === '') return refuse('errors.provider.missing');
  if (/^\d{16}$/.test(written)) {
    const answer = await readAgain(parts, request, written);
    return answer === undefined
      ? showDesk(parts, request, reply, { typed, setting, fault: 'errors.provider.notYourCode' }, 404)
      : goTo(reply, `${desk}/inquiries/${written}`);
  }
  await parts.wrongIds.pass(subject);
  const person = findNationalId(typed);
  if (person === undefined) {
    return refuse(/^\d{8,12}$/.test(written) ? 'errors.nationalId.wrong' : 'errors.provider.neither');
  }
  try {
    const answer = await inquiry.ask({ asker: clerk, person, setting, channel: 'web', requestId });
    if (answer.outcome === 'UNKNOWN_PERSON') parts.wrongIds.count(subject);
    return await goTo(reply, `${desk}/inquiries/${answer.trackingCode}`);
  } catch (error) {
    const code = outsideCode(error);
    if (code !== 'COULD_NOT_DETERMINE' && code !== 'OVERLOADED') throw error;
    const { trackingCode } = error as { readonly trackingCode?: string };
    // The form goes out with the request id that it came with: sent again, it is the same question.
    return showDesk(parts, request, reply, { typed, setting, requestId, undetermined: { trackingCode } }, 503);
  }
}

async function readAgain(
  { web, wrongIds }: PageDesk,
  request: FastifyRequest,
  code: string,
): Promise<InquiryAnswer | undefined> {
  const clerk = getClerk(request);
  await wrongIds.pass(subjectOf(clerk));
  const answer = await web.inquiry.verify(code, clerk);
  if (answer === undefined) wrongIds.count(subjectOf(clerk));
  return answer;
}

/** As much as a provider is told, and about whom it was asked. */
async function shown({ web }: PageDesk, answer: InquiryAnswer): Promise<PageProps['provider']['answered']> {
  const { trackingCode, outcome, on, setting, reasons } = answer;
  const id = new TrackingCodes(web.keys.trackingKey).findId(trackingCode);
  const person = id === undefined ? undefined : (await findInquiry(web.pool, id))?.person;
  const nationalId = person === undefined ? undefined : nationalIdText(person);
  return { answer: { trackingCode, outcome, on, setting, reasons }, nationalId };
}

async function showDesk(
  parts: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  more: Partial<PageProps['provider']>,
  status = 200,
): Promise<FastifyReply> {
  const { session } = request;
  const clerk = session === null ? undefined : getClerk(request);
  const props: PageProps['provider'] = {
    clerk: clerk && { user: clerk.user, provider: clerk.code },
    requestId: crypto.randomUUID(),
    typed: '',
    setting: 'outpatient',
    fault: undefined,
    answered: undefined,
    undetermined: undefined,
    ...more,
  };
  const path = request.method === 'GET' ? request.url : desk;
  return showPage(parts, request, reply, 'provider', props, { status, path });
}

type Refusal = Extract<PageProps['providerNote'], { note: 'refused' }>['why'];

/** Whoever is not signed in signs in first, and finds again what was typed; the rest is said. */
async function answerFault(
  parts: PageDesk,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const code = outsideCode(error);
  if (code === 'UNAUTHENTICATED')
    return goTo(reply, `/login/provider?next=${encodeURIComponent(wayBack(parts, request))}`);
  const [why, status] = (
    {
      NOT_YOURS: ['forbidden', 403],
      NOT_CONTRACTED: ['notContracted', 403],
      FORGED_REQUEST: ['unexpected', 403],
      RATE_LIMITED: ['tooMany', 429],
    } as Partial<Record<typeof code, readonly [Refusal, number]>>
  )[code] ?? ['unexpected', 500];
  if (status >= 500) parts.web.log.error({ err: error, route: request.routeOptions.url }, code);
  const { retryAfterSeconds: seconds = 0 } = error as { readonly retryAfterSeconds?: number };
  if (seconds > 0) void reply.header('retry-after', String(seconds));
  return showPage(parts, request, reply, 'providerNote', { note: 'refused', why, seconds }, { status, path: desk });
}

function wayBack({ web }: PageDesk, request: FastifyRequest): string {
  if (request.method !== 'POST') return request.url;
  const fields = { asked: fieldOf(request, 'asked').slice(0, 60), setting: settingOf(request) };
  return `${desk}?kept=${sealForm(web, { path: desk, fields })}`;
}
