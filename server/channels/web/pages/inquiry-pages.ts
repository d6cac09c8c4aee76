import type { FastifyReply, FastifyRequest } from 'fastify';
import { findProvisions } from '../../../cases/index.ts';
import { findInquiry } from '../../../decisions/index.ts';
import { mayAsk, TrackingCodes, type InquiryAnswer } from '../../../inquiry/index.ts';
import { readNames } from '../../../membership/index.ts';
import { Fault, findNationalId, meaningOf, nationalIdText, todayInTehran } from '../../../platform/index.ts';
import { reasonTexts } from '../../texts.ts';
import { subjectOf } from '../../tokens.ts';
import { requireCsrfToken } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { shown, type Found } from './found-answer.ts';
import type { FieldFault, PageProps } from './pages.ts';
import { sendProofFile, showProof } from './proof-pages.ts';
import { fieldOf, getPerson, goTo, requestIdOf, settingOf, showPage, type PageDesk } from './visit.ts';

/** What a person asks about oneself and one's dependants, and who else has asked. */
export function addInquiryPages(scope: App, desk: PageDesk): void {
  addAsking(scope, desk);
  addDependants(scope, desk);
  addAnswer(scope, desk);
  addAsked(scope, desk);
}

function addAsking(scope: App, desk: PageDesk): void {
  scope.get('/home', async (request, reply) => {
    const person = getPerson(request);
    const name = await nameOf(desk, person);
    return showPage(desk, request, reply, 'home', { name, requestId: crypto.randomUUID() });
  });
  scope.get('/inquiries', (_request, reply) => goTo(reply, '/insured/home'));
  scope.post('/inquiries', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const answer = await ask(desk, request, getPerson(request));
    return goTo(reply, `/insured/inquiries/${answer.trackingCode}`);
  });
}

function ask({ web }: PageDesk, request: FastifyRequest, person: bigint): Promise<InquiryAnswer> {
  return web.inquiry.ask({
    asker: { kind: 'self', person: getPerson(request) },
    person,
    setting: settingOf(request),
    channel: 'web',
    requestId: requestIdOf(request),
  });
}

type DependantTyped = Omit<PageProps['dependants'], 'requestId'>;

function addDependants(scope: App, desk: PageDesk): void {
  const show = (request: FastifyRequest, reply: FastifyReply, typed: DependantTyped): Promise<FastifyReply> => {
    const status = typed.faults.length === 0 ? 200 : 400;
    return showPage(desk, request, reply, 'dependants', { ...typed, requestId: crypto.randomUUID() }, { status });
  };
  scope.get('/dependants', (request, reply) => {
    getPerson(request);
    return show(request, reply, { nationalId: '', setting: 'outpatient', faults: [] });
  });
  scope.post('/dependants', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const subject = subjectOf({ kind: 'self', person: getPerson(request) });
    const turn = desk.wrongIds.pass(subject);
    if (turn !== undefined) await turn;
    const typed = { nationalId: fieldOf(request, 'nationalId'), setting: settingOf(request) };
    const refuse = (problem: FieldFault['problem']): Promise<FastifyReply> => {
      desk.wrongIds.count(subject);
      return show(request, reply, { ...typed, faults: [{ field: 'nationalId', problem }] });
    };
    const person = findNationalId(typed.nationalId);
    if (typed.nationalId === '') return refuse('errors.nationalId.missing');
    if (person === undefined) return refuse('errors.nationalId.wrong');
    try {
      const answer = await ask(desk, request, person);
      return await goTo(reply, `/insured/inquiries/${answer.trackingCode}`);
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_YOURS') return refuse('errors.dependant.notYours');
      throw error;
    }
  });
}

/** What was typed before the session had ended. */
export function showKeptDependant(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const { nationalId = '', setting } = fields;
  const chosen = setting === 'inpatient' ? 'inpatient' : 'outpatient';
  const props = { nationalId, setting: chosen, faults: [], requestId: crypto.randomUUID() } as const;
  return showPage(desk, request, reply, 'dependants', props, { path: '/insured/dependants' });
}

/** What stands under the code of the address. @throws Fault NOT_FOUND, also where it is another's business */
async function getAnswer(desk: PageDesk, request: FastifyRequest): Promise<Found> {
  const own = getPerson(request);
  const { pool, keys, inquiry } = desk.web;
  const { code = '' } = request.params as { readonly code?: string };
  const answer = await inquiry.verify(code, { kind: 'self', person: own });
  const id = new TrackingCodes(keys.trackingKey).findId(code);
  const person = id === undefined ? undefined : (await findInquiry(pool, id))?.person;
  if (answer === undefined || person === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
  const isAll = await isToldAll(desk, own, person);
  const name = person === own ? await nameOf(desk, person) : null;
  return { answer, person, about: { name, nationalId: nationalIdText(person) }, isAll };
}

async function isToldAll({ web }: PageDesk, own: bigint, person: bigint): Promise<boolean> {
  try {
    return (await mayAsk(web.pool, { kind: 'self', person: own }, person, todayInTehran(web.clock))) === 'all';
  } catch (error) {
    // Who was a dependant when it was asked need not be one any more.
    if (error instanceof Fault && error.code === 'NOT_YOURS') return false;
    throw error;
  }
}

function addAnswer(scope: App, desk: PageDesk): void {
  scope.get('/inquiries/:code', async (request, reply) => {
    const found = await getAnswer(desk, request);
    const { answer, about, isAll } = found;
    return showPage(desk, request, reply, 'answer', {
      answer: shown(answer),
      about,
      reasons: answer.reasons.flatMap((reason) => reasonTexts[reason] ?? []),
      clauses: answer.clauses.flatMap((clause) => findProvisions(clause)),
      canObject: isAll,
      canProve: isAll && isProvable(desk, answer),
    });
  });
  const getProvable = async (request: FastifyRequest): Promise<Found> => {
    const found = await getAnswer(desk, request);
    if (!found.isAll || !isProvable(desk, found.answer)) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
    return found;
  };
  scope.get('/inquiries/:code/proof', async (request, reply) =>
    showProof(desk, request, reply, await getProvable(request)),
  );
  scope.get('/inquiries/:code/proof.pdf', async (request, reply) =>
    sendProofFile(desk, request, reply, await getProvable(request)),
  );
}

/** A proof is good for its day; there is none of what was another day, nor of a refusal. */
function isProvable({ web }: PageDesk, { outcome, on }: InquiryAnswer): boolean {
  const today = new Date(todayInTehran(web.clock) * 86_400_000).toISOString().slice(0, 10);
  return outcome === 'ENTITLED' && on === today;
}

const askedOnPage = 20;

function addAsked(scope: App, desk: PageDesk): void {
  scope.get('/asked', async (request, reply) => {
    const before = new URL(request.url, 'http://here').searchParams.get('before');
    const found = await desk.web.inquiry.whoAsked(getPerson(request), {
      limit: askedOnPage + 1,
      ...(before !== null && { before }),
    });
    const page = found.slice(0, askedOnPage);
    return showPage(desk, request, reply, 'asked', {
      inquiries: page.map(({ trackingCode, askedAt, asker, channel, outcome }) => ({
        ...{ trackingCode, asker, channel, outcome },
        askedAt: askedAt.toISOString(),
      })),
      olderThan: found.length > askedOnPage ? page.at(-1)?.trackingCode : undefined,
      isFirst: before === null,
    });
  });
}

async function nameOf({ web }: PageDesk, person: bigint): Promise<string | null> {
  const name = (await readNames(web.pool, [person])).get(person);
  const known = [name?.firstName, name?.lastName].flatMap((part) => part ?? []).join(' ');
  return known === '' ? null : known;
}
