import { asFault } from '../database/index.ts';
import {
  changeRole,
  findAccountOf,
  openAccountSession,
  takeOutsideAccount,
  type OutsideClaims,
} from './account-sessions.ts';
import type { Account } from './account.ts';
import { countSignIns, type CountSignIn } from './count-sign-ins.ts';
import type { Holder, StaffRole } from './holder.ts';
import {
  findLoginStep,
  takeNewPassword,
  takePassword,
  takeSecondFactor,
  type LoginProgress,
  type LoginResult,
  type LoginStep,
  type PasswordSent,
} from './login.ts';
import { checkCode, refusedCode, requestCode, sendWaitingCodes, type CodeRequest } from './one-time-code.ts';
import type { IdentityOptions, IdentityParts, OutsideIssuer } from './parts.ts';
import {
  endSessionOf,
  findSessionOf,
  listSessionsOf,
  openSession,
  type OpenedSession,
  type Session,
} from './sessions.ts';

export interface OpenPersonSession extends CodeRequest {
  readonly code: string;
  /** As the browser names itself. */
  readonly device?: string | undefined;
}

/** Who somebody is. */
export interface Identity {
  /** Asks for a one-time code; nothing of the answer says whether the person is known. */
  readonly requestCode: (request: CodeRequest) => Promise<void>;
  /** @throws Fault SIGN_IN_REFUSED, RATE_LIMITED, DATABASE_… */
  readonly openPersonSession: (request: OpenPersonSession) => Promise<OpenedSession>;
  /** Of staff and clerks whom an issuer has let in. @throws Fault SIGN_IN_REFUSED, DATABASE_… */
  readonly openAccountSession: (opening: {
    readonly user: string;
    readonly device?: string | undefined;
    readonly issuerToken?: string | undefined;
  }) => Promise<OpenedSession>;
  readonly takeOutsideAccount: (issuer: OutsideIssuer, claims: OutsideClaims) => Promise<string>;
  readonly findSession: (token: string) => Promise<Session | undefined>;
  readonly findAccountOf: (
    session: Pick<Session, 'holder'>,
  ) => Promise<Pick<Account, 'displayName' | 'roles'> | undefined>;
  readonly listSessions: (holder: Holder) => Promise<readonly Session[]>;
  readonly endSession: (holder: Holder, id: string) => Promise<{ readonly issuerToken: string | null } | undefined>;
  readonly changeRole: (session: Session, role: StaffRole) => Promise<OpenedSession>;
  /** The steps of whoever signs in with a password. */
  readonly findLoginStep: (progress: LoginProgress | undefined) => Promise<LoginStep>;
  readonly takePassword: (sent: PasswordSent) => Promise<LoginResult>;
  readonly takeSecondFactor: (progress: LoginProgress, code: string) => Promise<LoginResult>;
  readonly takeNewPassword: (
    progress: LoginProgress,
    sent: { readonly password: string; readonly repeated: string },
  ) => Promise<LoginResult>;
  /** Hands codes that wait to the outbox; done by itself after each request, and by a job where a process died. */
  readonly sendWaitingCodes: () => Promise<void>;
  /** Forgets what has ended long ago. */
  readonly forgetOld: (now: Date) => Promise<void>;
  readonly count: CountSignIn;
  readonly parts: IdentityParts;
  /** Waits for what is being handed on. */
  readonly close: () => Promise<void>;
}

export function createIdentity(options: IdentityOptions): Identity {
  const parts: IdentityParts = { ...options, count: countSignIns(options.metrics) };
  const handing = handOn(parts);
  return {
    requestCode: async (request) => {
      await requestCode(parts, request);
      void handing.begin();
    },
    openPersonSession: async ({ person, network, code, device }) => {
      if (!(await checkCode(parts, { person, network, code }))) throw refusedCode();
      return openSession(parts, { holder: { kind: 'self', person }, device });
    },
    openAccountSession: (opening) => openAccountSession(parts, opening),
    takeOutsideAccount: (issuer, claims) => takeOutsideAccount(parts, issuer, claims),
    findSession: (token) => findSessionOf(parts, token),
    findAccountOf: (session) => findAccountOf(parts, session),
    listSessions: (holder) => listSessionsOf(parts, holder),
    endSession: (holder, id) => endSessionOf(parts, holder, id),
    changeRole: (session, role) => changeRole(parts, session, role),
    findLoginStep: (progress) => findLoginStep(parts, progress),
    takePassword: (sent) => takePassword(parts, sent),
    takeSecondFactor: (progress, code) => takeSecondFactor(parts, progress, code),
    takeNewPassword: (progress, sent) => takeNewPassword(parts, progress, sent),
    sendWaitingCodes: handing.begin,
    forgetOld: (now) => forgetOld(parts, now),
    count: parts.count,
    parts,
    close: () => handing.settled(),
  };
}

interface Handing {
  readonly begin: () => Promise<void>;
  readonly settled: () => Promise<void>;
}

/** One at a time in this process; what is asked for meanwhile is taken up after it. */
function handOn(parts: IdentityParts): Handing {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    try {
      do again = false;
      while ((await sendWaitingCodes(parts)) > 0 || isWanted());
    } catch (error) {
      parts.count('code-request', 'failed');
      parts.log.error({ err: error }, 'one-time codes');
    } finally {
      running = undefined;
    }
  };
  const isWanted = (): boolean => again;
  return {
    begin: () => {
      again = true;
      running ??= run();
      return running;
    },
    settled: async () => {
      await running;
    },
  };
}

const day = 24 * 60 * 60 * 1000;
/** So long can be looked up who was signed in. */
const sessionsKeptDays = 180;

async function forgetOld({ pool }: IdentityParts, now: Date): Promise<void> {
  try {
    await pool.query('delete from identity_limit where until < $1', [now]);
    await pool.query('delete from one_time_code where expires_at < $1', [new Date(now.getTime() - day)]);
    await pool.query('delete from issuer_state where expires_at < $1', [now]);
    await pool.query('delete from session where expires_at < $1', [new Date(now.getTime() - sessionsKeptDays * day)]);
  } catch (error) {
    throw asFault(error);
  }
}
