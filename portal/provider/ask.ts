import type { InquiryAnswer } from '../parts/answer.tsx';

/** The web API as the desk of a provider asks it. */

export interface Question {
  /** The same one gets the same answer, however often it is asked. */
  readonly requestId: string;
  readonly asked: { readonly kind: 'nationalId' | 'trackingCode'; readonly digits: string };
  readonly setting: 'outpatient' | 'inpatient';
}

/** No more than a provider is told: no day but that of the answer, and of reasons their kind alone. */
export interface ProviderAnswer extends Omit<InquiryAnswer, 'entitledUntil' | 'endedOn'> {
  readonly reasons: readonly string[];
}

export type Refusal = 'tooMany' | 'forbidden' | 'notContracted' | 'unexpected';

export type Result =
  | { readonly kind: 'answered'; readonly answer: ProviderAnswer }
  | { readonly kind: 'undetermined'; readonly isOffline: boolean; readonly trackingCode: string | undefined }
  | { readonly kind: 'wrong'; readonly problem: 'errors.nationalId.wrong' | 'errors.provider.notYourCode' }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly seconds: number }
  /** Nobody is signed in any more. */
  | { readonly kind: 'signedOut' }
  /** The page belongs to a session before this one. */
  | { readonly kind: 'outdated' };

export interface Clerk {
  readonly user: string;
  readonly csrfToken: string;
}

/** After which no answer is awaited any more; the server gives up before. */
const longestWaitMs = 20_000;

export async function ask({ asked, setting, requestId }: Question, csrfToken: string): Promise<Result> {
  const signal = AbortSignal.timeout(longestWaitMs);
  try {
    const reply =
      asked.kind === 'trackingCode'
        ? await fetch(`/v1/inquiries/${asked.digits}`, { signal, cache: 'no-store' })
        : await fetch('/v1/inquiries', {
            method: 'POST',
            signal,
            headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
            body: JSON.stringify({ nationalId: asked.digits, setting, requestId }),
          });
    return await readReply(reply);
  } catch {
    return { kind: 'undetermined', isOffline: !signal.aborted, trackingCode: undefined };
  }
}

interface Problem {
  readonly code?: string;
  readonly trackingCode?: string;
}

async function readReply(reply: Response): Promise<Result> {
  if (reply.ok) {
    const { trackingCode, outcome, on, setting, reasons } = (await reply.json()) as ProviderAnswer;
    return { kind: 'answered', answer: { trackingCode, outcome, on, setting, reasons } };
  }
  const { code, trackingCode } = await reply.json().then(
    (body) => body as Problem,
    (): Problem => ({}),
  );
  if (reply.status >= 500) return { kind: 'undetermined', isOffline: false, trackingCode };
  switch (code) {
    case 'UNAUTHENTICATED':
      return { kind: 'signedOut' };
    case 'FORGED_REQUEST':
      return { kind: 'outdated' };
    case 'INVALID_NATIONAL_ID':
      return { kind: 'wrong', problem: 'errors.nationalId.wrong' };
    case 'NOT_FOUND':
      return { kind: 'wrong', problem: 'errors.provider.notYourCode' };
    case 'RATE_LIMITED':
      return { kind: 'refused', why: 'tooMany', seconds: Number(reply.headers.get('retry-after') ?? 0) };
    case 'NOT_YOURS':
      return { kind: 'refused', why: 'forbidden', seconds: 0 };
    case 'NOT_CONTRACTED':
      return { kind: 'refused', why: 'notContracted', seconds: 0 };
    case undefined:
    default:
      return { kind: 'refused', why: 'unexpected', seconds: 0 };
  }
}

/** Who is signed in now; undefined: no clerk, or nobody can be asked. */
export async function findClerk(): Promise<Clerk | undefined> {
  try {
    const reply = await fetch('/v1/identity/session', {
      cache: 'no-store',
      signal: AbortSignal.timeout(longestWaitMs),
    });
    if (!reply.ok) return undefined;
    const { as, user, csrfToken } = (await reply.json()) as Partial<Clerk> & { readonly as: string };
    return as === 'clerk' && user !== undefined && csrfToken !== undefined ? { user, csrfToken } : undefined;
  } catch {
    return undefined;
  }
}
