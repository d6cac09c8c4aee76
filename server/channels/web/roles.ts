import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Fault, meaningOf } from '../../platform/index.ts';
import { staffRoles, type StaffRole, type TokenHolder } from '../tokens.ts';
import { getHolder } from './asker.ts';

/** Who asks: the insured person, the software of a provider, its clerk, or staff in one role. */
export const askers = ['self', 'provider', 'clerk', ...staffRoles] as const;
export type Asker = (typeof askers)[number];

const staff: readonly Asker[] = staffRoles;
const providers: readonly Asker[] = ['provider', 'clerk'];
const self: readonly Asker[] = ['self'];
const everybody: readonly Asker[] = askers;

const counters: readonly StaffRole[] = ['counter-operator', 'registry-clerk', 'administrator'];
const desk: readonly StaffRole[] = ['call-centre-agent', 'registry-clerk', 'administrator'];
const readers: readonly StaffRole[] = [
  'counter-operator',
  'call-centre-agent',
  'registry-clerk',
  'auditor',
  'administrator',
];
const followers: readonly StaffRole[] = ['registry-clerk', 'analyst', 'auditor', 'administrator'];
const overseers: readonly StaffRole[] = ['analyst', 'auditor', 'administrator'];

/**
 * Who may ask which route at all; what they may ask of it is the route's own. A route behind the door that has no line
 * here does not start. `anybody`: no sign-in; `gateway`: let in by its own secret, and no person at all.
 */
export const routeRoles = {
  'GET /healthz': 'anybody',
  'GET /readyz': 'anybody',
  'POST /v1/decisions': 'anybody',
  'GET /v1/enrolment/payments/return': 'anybody',
  'GET /channels/sms/http': 'gateway',
  'POST /channels/sms/http': 'gateway',
  'POST /channels/ussd/http': 'gateway',

  'POST /v1/identity/codes': 'anybody',
  'POST /v1/identity/sessions': 'anybody',
  'GET /v1/identity/session': everybody,
  'DELETE /v1/identity/session': everybody,
  'PUT /v1/identity/session/role': staff,
  'GET /v1/identity/sessions': everybody,
  'DELETE /v1/identity/sessions/:id': everybody,

  'POST /v1/inquiries': [...self, ...providers, ...readers],
  'GET /v1/inquiries/:trackingCode': [...self, ...providers, ...readers],

  'GET /v1/people/me/inquiries': self,
  'GET /v1/people/me/notices': self,
  'PUT /v1/people/me/notices': self,
  'GET /v1/people/me/notice-preference': self,
  'PUT /v1/people/me/notice-preference': self,
  'GET /v1/people/:nationalId': readers,
  'POST /v1/people/:nationalId/facts': counters,

  'POST /v1/objections': [...self, ...desk],
  'GET /v1/objections': [...self, ...desk],
  'GET /v1/objections/:caseNumber': [...self, ...desk],
  'POST /v1/objections/:caseNumber/events': [...self, ...desk],

  'GET /v1/reports/inquiries': overseers,
  'POST /v1/reports/unchecked': overseers,
  'GET /v1/notices/unreachable': desk,
  'GET /v1/notices/unreachable.csv': desk,
  'GET /v1/demo/messages': [...desk, 'counter-operator', 'analyst'],

  'POST /v1/enrolment/quote': [...self, ...staff],
  'POST /v1/enrolment/applications': [...self, ...counters],
  'POST /v1/enrolment/certificates': [...providers, 'counter-operator'],
  'GET /v1/enrolment/applications': readers,
  'POST /v1/enrolment/renewals': [...self, ...counters],
  'GET /v1/enrolment/applications/:number': [...self, ...readers],
  'POST /v1/enrolment/applications/:number/events': [...self, ...counters],
  'GET /v1/enrolment/household': [...self, ...readers],
  'POST /v1/enrolment/cover-checks': [...self, ...providers, ...readers],
  'GET /v1/enrolment/means-tests': [...self, ...readers],
  'POST /v1/enrolment/decile-contests': [...self, 'counter-operator', 'call-centre-agent', 'registry-clerk'],
  'GET /v1/enrolment/means-tests/overdue': followers,
  'GET /v1/enrolment/means-tests/batches': followers,

  'GET /v1/enrolment/bills': [...self, 'counter-operator', 'call-centre-agent', 'administrator'],
  'POST /v1/enrolment/bills/:bill/payments': self,
  'POST /v1/enrolment/bills/:bill/counter-payments': ['counter-operator'],
  'GET /v1/enrolment/refunds': ['administrator', 'auditor'],
  'POST /v1/enrolment/refunds/:refund': ['administrator'],
} as const satisfies Readonly<Record<string, 'anybody' | 'gateway' | readonly Asker[]>>;

const lines: ReadonlyMap<string, 'anybody' | 'gateway' | readonly Asker[]> = new Map(Object.entries(routeRoles));

export function askerOf(holder: TokenHolder): Asker {
  if (holder.kind === 'staff') return holder.role;
  if (holder.kind === 'self') return 'self';
  return holder.user === undefined ? 'provider' : 'clerk';
}

function namesOf(method: string | string[], url: string): readonly string[] {
  // To ask for the head of a page is to ask for the page.
  return [method].flat().map((each) => `${each === 'HEAD' ? 'GET' : each} ${url}`);
}

/** Of every route behind the door. */
export function requireLine({ method, url }: Pick<RouteOptions, 'method' | 'url'>): void {
  for (const name of namesOf(method, url)) {
    if (typeof lines.get(name) !== 'object') throw new RangeError(`${name} has no line in channels/web/roles.ts`);
  }
}

/** After the asker is known, before the body is read. */
export function requireAllowed(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const [name = ''] = namesOf(request.method, request.routeOptions.url ?? '');
  const allowed = lines.get(name);
  const isAllowed = typeof allowed === 'object' && allowed.includes(askerOf(getHolder(request)));
  done(isAllowed ? undefined : new Fault('NOT_YOURS', meaningOf('NOT_YOURS')));
}
