import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from '../../../identity/index.ts';
import { Fault, findNationalId } from '../../../platform/index.ts';
import { networkOf } from '../asker.ts';
import { findCookie } from '../cookies.ts';
import { requireCsrfToken, sessionCookie, signInBrowser, signOutBrowser } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { showKeptAnswer } from './enrolment-forms.ts';
import { sealForm, unsealForm, type KeptForm } from './kept-form.ts';
import type { FieldFault } from './pages.ts';
import { showKeptDependant } from './inquiry-pages.ts';
import { showKeptObjection } from './objection-pages.ts';
import { fieldOf, goTo, numberOf, showPage, type PageDesk } from './visit.ts';

const home = '/insured/home';
const signInPath = '/insured/sign-in';
/** Within the pages, and nowhere else. */
const ownWay = /^\/(?:insured|enrol)\/[\w/-]*(?:\?[\w=&-]*)?$/;

/** The steps by which a person is known, and the way out. */
export function addSignInPages(scope: App, desk: PageDesk): void {
  addNationalId(scope, desk);
  addCode(scope, desk);
  scope.post('/sign-out', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const { session } = request;
    if (session !== null) await desk.signIn.identity.endSession(session.holder, session.id);
    signOutBrowser(desk.signIn, reply);
    return goTo(reply, `${signInPath}?because=out`);
  });
}

function addNationalId(scope: App, desk: PageDesk): void {
  scope.get('/sign-in', (request, reply) => {
    if (request.session !== null) return goTo(reply, home);
    const { searchParams } = new URL(request.url, 'http://here');
    const way = searchParams.get('to') ?? '';
    const written = searchParams.get('because');
    return showPage(desk, request, reply, 'signIn', {
      nationalId: '',
      faults: [],
      because: written === 'out' || written === 'ended' ? written : 'asked',
      kept: ownWay.test(way) ? sealForm(desk.web, { path: way }) : undefined,
    });
  });
  scope.post('/sign-in', async (request, reply) => {
    if (request.session !== null) return goTo(reply, home);
    const typed = fieldOf(request, 'nationalId');
    const kept = keptOf(request);
    const person = findNationalId(typed);
    if (person === undefined) {
      const problem = typed === '' ? 'errors.nationalId.missing' : 'errors.nationalId.wrong';
      const faults = [{ field: 'nationalId', problem }] as const;
      const props = { nationalId: typed, faults, because: 'asked', kept } as const;
      return showPage(desk, request, reply, 'signIn', props, { status: 400 });
    }
    await desk.signIn.identity.requestCode({ person, network: networkOf(request.ip) });
    return showPage(desk, request, reply, 'code', { nationalId: typed, faults: [], kept });
  });
}

function addCode(scope: App, desk: PageDesk): void {
  // Asked for again, in the other language or by going back: the code was for that form alone.
  scope.get('/sign-in/code', (_request, reply) => goTo(reply, signInPath));
  scope.post('/sign-in/code', async (request, reply) => {
    if (request.session !== null) return goTo(reply, home);
    const [typed, code, kept] = [fieldOf(request, 'nationalId'), numberOf(request, 'code'), keptOf(request)];
    const person = findNationalId(typed);
    if (person === undefined) return goTo(reply, signInPath);
    const again = (problem: FieldFault['problem']): Promise<FastifyReply> =>
      showPage(desk, request, reply, 'code', { nationalId: typed, faults: [{ field: 'code', problem }], kept }, wrong);
    if (code === '') return again('errors.code.missing');
    const device = deviceOf(request.headers['user-agent']);
    const opening = { person, network: networkOf(request.ip), code, ...(device !== undefined && { device }) };
    try {
      const opened = await desk.signIn.identity.openPersonSession(opening);
      signInBrowser(desk.signIn, reply, opened);
      return await goOn(desk, request, reply, opened, kept);
    } catch (error) {
      if (error instanceof Fault && error.code === 'SIGN_IN_REFUSED') return again('errors.code.wrong');
      throw error;
    }
  });
}

const wrong = { status: 400, path: signInPath };

function keptOf(request: FastifyRequest): string | undefined {
  const kept = fieldOf(request, 'kept');
  return kept === '' ? undefined : kept;
}

/** Where the sign-in had come in between: the page that was wanted, or the form with what was typed in it. */
async function goOn(
  desk: PageDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: OpenedSession,
  kept: string | undefined,
): Promise<FastifyReply> {
  const form: KeptForm | undefined = kept === undefined ? undefined : unsealForm(desk.web, kept);
  if (form?.fields === undefined) return goTo(reply, form?.path ?? home);
  request.session = opened;
  if (form.path === '/insured/objections/new') return showKeptObjection(desk, request, reply, form.fields);
  if (form.path === '/insured/dependants') return showKeptDependant(desk, request, reply, form.fields);
  if (form.path.startsWith('/enrol/')) return showKeptAnswer(desk, request, reply, form);
  return goTo(reply, form.path);
}

/** Whoever is not signed in, or not any more, signs in first; what was typed is kept. */
export async function askToSignIn(desk: PageDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const hadSession = findCookie(request, sessionCookie(desk.signIn)) !== undefined;
  if (request.method !== 'POST') {
    const because = hadSession ? '&because=ended' : '';
    return goTo(reply, `${signInPath}?to=${encodeURIComponent(request.url)}${because}`);
  }
  const path = request.url.split('?')[0] ?? home;
  const fields = Object.fromEntries(
    Object.keys(request.body ?? {}).map((name) => [name, fieldOf(request, name)] as const),
  );
  const kept = ownWay.test(path) ? sealForm(desk.web, { path, fields }) : undefined;
  const props = { nationalId: '', faults: [], because: 'expired', kept } as const;
  return showPage(desk, request, reply, 'signIn', props, { status: 401, path: signInPath });
}

const browsers = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const systems = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** What a person calls a device: its browser and its system. */
function deviceOf(userAgent: string | undefined): string | undefined {
  if (userAgent === undefined) return undefined;
  const named = [browsers, systems].flatMap((known) => {
    const found = known.find(([pattern]) => pattern.test(userAgent));
    return found === undefined ? [] : [found[1]];
  });
  return named.length === 0 ? undefined : named.join(' · ');
}
