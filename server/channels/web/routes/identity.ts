import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Session } from '../../../identity/index.ts';
import { Fault, findNationalId, meaningOf, nationalIdText } from '../../../platform/index.ts';
import { signInTexts } from '../../sign-in-texts.ts';
import { staffRoles, type TokenHolder } from '../../tokens.ts';
import { getHolder, limitedByAddress, networkOf, type Limiting } from '../asker.ts';
import { askerOf, askers } from '../roles.ts';
import { closed, nationalId, problems, texts } from '../shapes.ts';
import { forged, isFromOwnPage, signInBrowser, signOutBrowser, type SignIn } from '../sign-in.ts';
import type { App } from '../typed-app.ts';

const instant = Type.String({ format: 'date-time' });

const listedSession = Type.Object({
  id: Type.String(),
  isThisOne: Type.Boolean(),
  as: Type.Enum([...askers]),
  device: Type.Union([Type.String(), Type.Null()], { description: 'As the browser named itself' }),
  createdAt: instant,
  seenAt: instant,
  expiresAt: instant,
});

const signedIn = Type.Object({
  as: Type.Enum([...askers]),
  nationalId: Type.Optional(Type.String({ description: 'Of a person, one’s own' })),
  user: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  roles: Type.Optional(Type.Array(Type.Enum([...staffRoles]), { description: 'Those that can be chosen' })),
  provider: Type.Optional(Type.String()),
  expiresAt: Type.Optional(instant),
  csrfToken: Type.Optional(
    Type.String({
      description: 'Goes into x-csrf-token, or the field csrf, of every changing request of this session',
    }),
  ),
});

const ended = Type.Object({ ended: Type.Boolean() });

const described = { tags: ['identity'] };
const sessions = { ...described, security: [{ session: [] }, { bearer: [] }] };

/** Persons sign in with a code: for everybody. */
export function addPersonSignIn(app: App, signIn: SignIn, limits: Limiting): void {
  const { identity } = signIn;
  app.post(
    '/v1/identity/codes',
    {
      onRequest: limitedByAddress(limits),
      schema: {
        ...described,
        summary: 'Send a one-time code to the registered mobile of this person',
        description:
          'The answer is the same whether or not the person is known and has a registered mobile. A code is good for two minutes and five tries; a new one takes the place of the one before.',
        body: Type.Object({ nationalId }, closed),
        response: {
          202: Type.Object({ message: texts, secondsToLive: Type.Integer() }),
          ...problems(403, 413, 415),
        },
      },
    },
    async (request, reply) => {
      requireOwnPageOrNone(signIn, request);
      await identity.requestCode({ person: getPerson(request.body.nationalId), network: networkOf(request.ip) });
      return reply.code(202).send({ message: signInTexts.codeRequested, secondsToLive: 120 });
    },
  );
  app.post(
    '/v1/identity/sessions',
    {
      onRequest: limitedByAddress(limits),
      schema: {
        ...described,
        summary: 'Sign in with the code',
        description: 'Sets the cookie of the session.',
        body: Type.Object({ nationalId, code: Type.String({ minLength: 1, maxLength: 20 }) }, closed),
        response: { 201: signedIn, ...problems(401, 403, 413, 415) },
      },
    },
    async (request, reply) => {
      requireOwnPageOrNone(signIn, request);
      const opened = await identity.openPersonSession({
        person: getPerson(request.body.nationalId),
        network: networkOf(request.ip),
        code: request.body.code,
        device: request.headers['user-agent'],
      });
      signInBrowser(signIn, reply, opened);
      return reply.code(201).send(await tellSession(signIn, opened.holder, opened));
    },
  );
}

/** What whoever is signed in sees and ends; all of it one's own. */
export function addSessions(app: App, signIn: SignIn): void {
  addOwnSession(app, signIn);
  const { identity } = signIn;
  app.get(
    '/v1/identity/sessions',
    {
      schema: {
        ...sessions,
        summary: 'Where I am signed in, the newest first',
        response: { 200: Type.Object({ sessions: Type.Array(listedSession) }), ...problems(401, 403) },
      },
    },
    async (request) => {
      const found = await identity.listSessions(getHolder(request));
      return { sessions: found.map((each) => tellListed(each, request.session)) };
    },
  );
  app.delete(
    '/v1/identity/sessions/:id',
    {
      schema: {
        ...sessions,
        summary: 'End one of my sessions, at once',
        params: Type.Object({ id: Type.String({ pattern: '^[\\da-f]{16}$' }) }),
        response: { 200: ended, ...problems(401, 403, 404) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const ended = await identity.endSession(getHolder(request), id);
      if (ended === undefined) throw new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
      if (request.session?.id === id) signOutBrowser(signIn, reply);
      return { ended: true };
    },
  );
}

function addOwnSession(app: App, signIn: SignIn): void {
  const { identity } = signIn;
  app.get(
    '/v1/identity/session',
    {
      schema: {
        ...sessions,
        summary: 'Who I am here, and the token that changing requests carry',
        response: { 200: signedIn, ...problems(401, 403) },
      },
    },
    (request) => tellSession(signIn, getHolder(request), request.session),
  );
  app.delete(
    '/v1/identity/session',
    {
      schema: {
        ...sessions,
        summary: 'Sign out',
        response: { 200: ended, ...problems(401, 403) },
      },
    },
    async (request, reply) => {
      const { session } = request;
      if (session !== null) await identity.endSession(session.holder, session.id);
      signOutBrowser(signIn, reply);
      return { ended: true };
    },
  );
  app.put(
    '/v1/identity/session/role',
    {
      schema: {
        ...sessions,
        summary: 'Act in another of my roles',
        description: 'For staff with several. The cookie is a new one, and so is the token of forms.',
        body: Type.Object({ role: Type.Enum([...staffRoles]) }, closed),
        response: { 200: signedIn, ...problems(401, 403, 413, 415) },
      },
    },
    async (request, reply) => {
      const { session } = request;
      if (session === null) throw new Fault('NOT_YOURS', meaningOf('NOT_YOURS'));
      const opened = await identity.changeRole(session, request.body.role);
      signInBrowser(signIn, reply, opened);
      return tellSession(signIn, opened.holder, opened);
    },
  );
}

/** Nobody is signed in by a page of others; programs that are no browsers say nothing of pages. */
function requireOwnPageOrNone(signIn: SignIn, request: FastifyRequest): void {
  const isOfBrowser = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
  if (isOfBrowser && !isFromOwnPage(signIn, request)) throw forged(signIn);
}

async function tellSession(
  { identity }: SignIn,
  holder: TokenHolder,
  session: Session | null,
): Promise<Static<typeof signedIn>> {
  const account = session === null ? undefined : await identity.findAccountOf(session);
  return {
    as: askerOf(holder),
    ...(holder.kind === 'self' && { nationalId: nationalIdText(holder.person) }),
    ...(holder.kind !== 'self' && holder.user !== undefined && { user: holder.user }),
    ...(holder.kind === 'provider' && { provider: holder.code }),
    ...(account !== undefined && { name: account.displayName }),
    ...(account !== undefined && holder.kind === 'staff' && { roles: [...account.roles] }),
    ...(session !== null && { expiresAt: session.expiresAt.toISOString(), csrfToken: session.csrfToken }),
  };
}

function tellListed(session: Session, own: Session | null): Static<typeof listedSession> {
  const { id, holder, device, createdAt, seenAt, expiresAt } = session;
  return {
    id,
    isThisOne: id === own?.id,
    as: askerOf(holder),
    device,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

function getPerson(written: string): bigint {
  const person = findNationalId(written);
  if (person === undefined) throw new Fault('INVALID_NATIONAL_ID', meaningOf('INVALID_NATIONAL_ID'));
  return person;
}
