import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeclaredMember, Enrolment, HouseholdDocument, ToldApplication } from '../../../enrolment/index.ts';
import { readNames } from '../../../membership/index.ts';
import { Fault, meaningOf, nationalIdText } from '../../../platform/index.ts';
import { requireCsrfToken } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { fieldsOf, newMember, readDescription, showMember } from './enrolment-answers.ts';
import type { EnrolmentFault, Values } from './enrolment-props.ts';
import { childrenOf, findAsked, questions, stepOf, type Asked } from './enrolment-questions.ts';
import type { KeptForm } from './kept-form.ts';
import { getPerson, goTo, requestIdOf, showPage, type PageDesk } from './visit.ts';

/** With enrolment, which not every installation has. */
export interface EnrolmentDesk extends PageDesk {
  readonly enrolment: Enrolment;
}

export const home = '/enrol/home';
const applyPath = '/enrol/apply';
const questionPath = /^\/enrol\/applications\/(\d{13})\/(.+)$/;

export const addressOf = (number: string): string => `/enrol/applications/${number}`;
export const selfOf = (request: FastifyRequest) => ({ kind: 'self', person: getPerson(request) }) as const;

/** The questions, one a page; each answer is in the application as soon as it is given. */
export function addEnrolmentForms(scope: App, desk: EnrolmentDesk): void {
  const guarded = { preValidation: requireCsrfToken(desk.signIn) };
  addOpening(scope, desk, guarded);
  for (const path of [
    '/applications/:number/:question',
    '/applications/:number/members/:index',
    '/applications/:number/members/:index/elsewhere',
  ]) {
    scope.get(path, async (request, reply) => {
      const { draft, asked } = await findQuestion(desk, request);
      if (draft.state !== 'draft') return goTo(reply, addressOf(draft.number));
      return showQuestion(desk, request, reply, { draft, asked, values: questions[asked.kind].saved(draft, asked) });
    });
    scope.post(path, guarded, (request, reply) => takeAnswer(desk, request, reply));
  }
  scope.post('/applications/:number/remove-member', guarded, async (request, reply) => {
    const { number } = request.params as { readonly number: string };
    const draft = await desk.enrolment.read(number, selfOf(request));
    const { document } = draft;
    const gone = document.members.find(({ id }) => id === fieldsOf(request.body)['member']);
    if (gone !== undefined && gone.relation !== 'head') {
      // A newborn without a number goes with the mother by whose number it is known.
      const members = document.members.filter(({ id }) => id !== gone.id && !id.startsWith(`${gone.id}-`));
      await save(desk, request, draft, { ...document, members });
    }
    return goTo(reply, addressOf(number));
  });
}

type Guarded = { readonly preValidation: ReturnType<typeof requireCsrfToken> };

/** The head's own description opens the application. */
function addOpening(scope: App, desk: EnrolmentDesk, guarded: Guarded): void {
  scope.get('/apply', async (request, reply) => {
    const person = getPerson(request);
    const found = (await readNames(desk.web.pool, [person])).get(person);
    const values = { firstName: found?.firstName ?? '', lastName: found?.lastName ?? '' };
    return showOpening(desk, request, reply, { ...values, requestId: crypto.randomUUID() });
  });
  scope.post('/apply', guarded, async (request, reply) => {
    const person = getPerson(request);
    const values = fieldsOf(request.body);
    const read = readDescription(values, desk.web.clock);
    if ('faults' in read) return showOpening(desk, request, reply, values, read.faults);
    const members = [newMember(nationalIdText(person), 'head', read.read)];
    const document = { route: 'selfDeclared', termMonths: 12, members, lostCover: null, separatedSpouses: [] } as const;
    try {
      const opened = await desk.enrolment.createDraft({
        ...{ actor: selfOf(request), document, requestId: requestIdOf(request) },
      });
      return await goTo(reply, `${addressOf(opened.number)}/members/0/elsewhere`);
    } catch (error) {
      const isOpen = error instanceof Fault && ['APPLICATION_OPEN', 'REQUEST_ID_REUSED'].includes(error.code);
      const isElsewhere = error instanceof Fault && error.code === 'MEMBER_ELSEWHERE';
      if (isOpen || isElsewhere)
        return goTo(reply, `${home}?problem=${isOpen ? 'APPLICATION_OPEN' : 'MEMBER_ELSEWHERE'}`);
      throw error;
    }
  });
}

function showOpening(
  desk: EnrolmentDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  values: Values,
  faults: readonly EnrolmentFault[] = [],
): Promise<FastifyReply> {
  const person = getPerson(request);
  const nationalId = nationalIdText(person);
  const asked = { kind: 'head', action: applyPath, back: home, member: null, relation: 'head', children: [] } as const;
  const props = { ...asked, step: stepOf('head', 'head'), values: { ...values, nationalId }, faults };
  return showPage(desk, request, reply, 'enrolQuestion', props, {
    status: faults.length === 0 ? 200 : 400,
    path: applyPath,
  });
}

interface Found {
  readonly draft: ToldApplication;
  readonly asked: Asked;
}

/** @throws Fault NOT_FOUND, also for another’s application */
async function findQuestion(desk: EnrolmentDesk, request: FastifyRequest, path = request.url): Promise<Found> {
  const actor = selfOf(request);
  const [, number = '', question = ''] = questionPath.exec(path.split('?')[0] ?? '') ?? [];
  const draft = await desk.enrolment.read(number, actor);
  const asked = findAsked(question, draft);
  if (asked === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
  return { draft, asked };
}

async function takeAnswer(desk: EnrolmentDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { draft, asked } = await findQuestion(desk, request);
  const address = addressOf(draft.number);
  if (draft.state !== 'draft') return goTo(reply, address);
  const values = fieldsOf(request.body);
  const question = questions[asked.kind];
  const answered = question.answer(values, draft, asked, desk.web.clock);
  if ('faults' in answered) {
    return showQuestion(desk, request, reply, { draft, asked, values, faults: answered.faults });
  }
  const document = answered.read;
  try {
    if (document !== draft.document) await save(desk, request, draft, document);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'APPLICATION_INVALID') throw error;
    const faults = [{ field: 'nationalId', problem: 'errors.enrol.mother' }] as const;
    return showQuestion(desk, request, reply, { draft, asked, values, faults });
  }
  const next = question.next(values, document, asked);
  const isAdded = asked.kind === 'person' && asked.index === undefined;
  const isFinished = isChange(request) && !isAdded && !/new-|apart|members\/\d+$/.test(next);
  return goTo(reply, isFinished ? address : `${address}${next}${isChange(request) && next !== '' ? '?change' : ''}`);
}

/** Whether a single answer is being changed, after all were given. */
function isChange({ url }: FastifyRequest): boolean {
  return new URL(url, 'http://here').searchParams.has('change');
}

async function save(
  { enrolment }: EnrolmentDesk,
  request: FastifyRequest,
  { number }: ToldApplication,
  document: HouseholdDocument,
): Promise<void> {
  await enrolment.changeDraft({ actor: selfOf(request), number, document });
}

interface Shown extends Found {
  readonly values: Values;
  readonly faults?: readonly EnrolmentFault[];
}

function showQuestion(
  desk: EnrolmentDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  { draft, asked, values, faults = [] }: Shown,
): Promise<FastifyReply> {
  const { kind, index } = asked;
  const question = questions[kind];
  const own: DeclaredMember | undefined = index === undefined ? undefined : draft.document.members[index];
  const relation = own?.relation ?? asked.relation ?? 'child';
  const address = addressOf(draft.number);
  const back = question.back(draft, asked);
  const action = questionPath.test(request.url.split('?')[0] ?? '') ? request.url : `${address}${pathOf(asked)}`;
  const props = {
    ...{ kind, action, values, faults, relation, step: stepOf(kind, relation) },
    back: isChange(request) ? address : back.startsWith('/enrol/') ? back : `${address}${back}`,
    member: own === undefined || index === undefined ? null : showMember(own, index),
    children: childrenOf(draft),
  };
  return showPage(desk, request, reply, 'enrolQuestion', props, {
    status: faults.length === 0 ? 200 : 400,
    path: action,
  });
}

function pathOf({ kind, index, relation = 'child' }: Asked): string {
  if (index !== undefined) return `/members/${index}${kind === 'elsewhere' ? '/elsewhere' : ''}`;
  if (kind === 'person') return `/new-${relation}`;
  return kind === 'lostCover' ? '/lost-cover' : `/${kind}`;
}

/** What was typed before the session had ended. */
export async function showKeptAnswer(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  { path, fields = {} }: KeptForm,
): Promise<FastifyReply> {
  const { enrolment } = desk.web;
  if (enrolment === undefined) return goTo(reply, '/insured/home');
  const whole = { ...desk, enrolment };
  const values = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'csrf'));
  if (path === applyPath) return showOpening(whole, request, reply, values);
  const [, number, question = ''] = questionPath.exec(path) ?? [];
  // What was only a button is pressed again.
  if (number === undefined) return goTo(reply, home);
  const draft = await enrolment.read(number, selfOf(request));
  const asked = draft.state === 'draft' ? findAsked(question, draft) : undefined;
  if (asked === undefined) return goTo(reply, addressOf(number));
  return showQuestion(whole, request, reply, { draft, asked, values });
}
