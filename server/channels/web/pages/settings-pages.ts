import { listNotices } from '../../../notices/index.ts';
import { Fault, meaningOf } from '../../../platform/index.ts';
import { chooseInquirySms, readInquirySms } from '../../sms/index.ts';
import { requireCsrfToken, signOutBrowser } from '../sign-in.ts';
import type { App } from '../typed-app.ts';
import { fieldOf, getPerson, goTo, showPage, type PageDesk } from './visit.ts';

const noticesOnPage = 50;

/** What a person is told, and on which devices he is signed in. */
export function addSettingsPages(scope: App, desk: PageDesk): void {
  addNotices(scope, desk);
  addSessions(scope, desk);
}

function addNotices(scope: App, desk: PageDesk): void {
  const { pool, clock } = desk.web;
  scope.get('/notices', async (request, reply) => {
    const person = getPerson(request);
    const found = await listNotices(pool, clock, person, { limit: noticesOnPage });
    return showPage(desk, request, reply, 'notices', {
      notices: found.map(({ id, at, texts }) => ({ id: String(id), at: at.toISOString(), texts })),
      inquirySms: await readInquirySms(pool, person),
      isSaved: request.url.endsWith('?saved'),
    });
  });
  scope.post('/notices', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const inquirySms = fieldOf(request, 'inquirySms') === 'yes';
    await chooseInquirySms(pool, clock, { person: getPerson(request), inquirySms });
    return goTo(reply, '/insured/notices?saved');
  });
}

function addSessions(scope: App, desk: PageDesk): void {
  const { identity } = desk.signIn;
  scope.get('/sessions', async (request, reply) => {
    const person = getPerson(request);
    const found = await identity.listSessions({ kind: 'self', person });
    return showPage(desk, request, reply, 'sessions', {
      sessions: found.map(({ id, device, createdAt, seenAt }) => ({
        ...{ id, device, createdAt: createdAt.toISOString(), seenAt: seenAt.toISOString() },
        isThis: id === request.session?.id,
      })),
      isEnded: request.url.endsWith('?ended'),
    });
  });
  scope.post('/sessions', { preValidation: requireCsrfToken(desk.signIn) }, async (request, reply) => {
    const person = getPerson(request);
    const id = fieldOf(request, 'session');
    const ended = await identity.endSession({ kind: 'self', person }, id);
    if (ended === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
    if (request.session?.id === id) signOutBrowser(desk.signIn, reply);
    return goTo(reply, '/insured/sessions?ended');
  });
}
