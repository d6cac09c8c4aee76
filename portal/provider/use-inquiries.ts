import { useCallback, useRef, useState } from 'react';
import { ask, findClerk, type Clerk, type ProviderAnswer, type Question, type Refusal, type Result } from './ask.ts';
import { useConnection, type Connection } from './use-connection.ts';
import { readTyped, type BoxFault } from './what-was-typed.ts';

/** What has come of a question, and when. */
export type Settled =
  | { readonly kind: 'answered'; readonly question: Question; readonly at: string; readonly answer: ProviderAnswer }
  | {
      readonly kind: 'undetermined';
      readonly question: Question;
      readonly at: string;
      readonly isOffline: boolean;
      readonly trackingCode: string | undefined;
    };

export type Shown =
  | Settled
  | { readonly kind: 'nothing' }
  | { readonly kind: 'waiting'; readonly question: Question }
  | { readonly kind: 'signedOut'; readonly question: Question }
  | { readonly kind: 'refused'; readonly question: Question; readonly why: Refusal; readonly seconds: number };

export interface Inquiries extends Pick<Connection, 'offlineSince'> {
  readonly shown: Shown;
  /** The newest first; in memory alone, and gone with the page. */
  readonly recent: readonly Settled[];
  readonly fault: BoxFault | undefined;
  readonly ask: (text: string, setting: Question['setting']) => void;
  /** The same question under the same request id. */
  readonly askAgain: () => void;
  readonly show: (settled: Settled) => void;
}

const mostRecent = 30;

export interface Start {
  readonly clerk: Clerk | undefined;
  /** The page came out of the browser's store, without a session. */
  readonly isLost: boolean;
}

export function useInquiries({ clerk: signedIn, isLost }: Start): Inquiries {
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' });
  const [recent, setRecent] = useState<readonly Settled[]>([]);
  const [fault, setFault] = useState<BoxFault>();
  /** What was asked last: whatever else comes in is no more than remembered. */
  const latest = useRef<Question>(undefined);
  const underWay = useRef(new Set<string>());

  // Another clerk at the same desk does not see what the one before has asked.
  const forget = useCallback(() => {
    setRecent([]);
  }, []);
  const putAsClerk = useClerk(signedIn, forget);

  const settle = useCallback((question: Question, result: Result) => {
    const isLatest = latest.current?.requestId === question.requestId;
    const isSettled = result.kind === 'answered' || result.kind === 'undetermined';
    const settled: Settled | undefined = isSettled ? { ...result, question, at: new Date().toISOString() } : undefined;
    if (settled !== undefined) setRecent((before) => remember(before, settled));
    if (!isLatest) return;
    setFault(result.kind === 'wrong' ? result.problem : undefined);
    setShown(settled ?? shownOf(question, result));
  }, []);

  const put = useCallback(
    async (question: Question, tell: Connection['tell']): Promise<void> => {
      latest.current = question;
      setFault(undefined);
      setShown({ kind: 'waiting', question });
      if (underWay.current.has(question.requestId)) return;
      underWay.current.add(question.requestId);
      const result = await putAsClerk(question);
      underWay.current.delete(question.requestId);
      tell(!(result.kind === 'undetermined' && result.isOffline));
      settle(question, result);
    },
    [putAsClerk, settle],
  );

  const isWaitingForLine = shown.kind === 'undetermined' && shown.isOffline;
  const unanswered = 'question' in shown && shown.kind !== 'answered' ? shown.question : undefined;
  const onBack = useCallback(() => {
    if (isWaitingForLine && unanswered !== undefined) void put(unanswered, () => undefined);
  }, [isWaitingForLine, unanswered, put]);
  const { offlineSince, tell } = useConnection(isLost, onBack);

  return {
    ...{ shown, recent, fault, offlineSince },
    ask: (text, setting) => {
      const typed = readTyped(text);
      if (!('digits' in typed)) {
        setFault(typed.kind === 'empty' ? 'errors.provider.missing' : 'errors.provider.neither');
        setShown({ kind: 'nothing' });
        latest.current = undefined;
        return;
      }
      const { kind, digits } = typed;
      const isSame =
        unanswered?.asked.kind === kind && unanswered.asked.digits === digits && unanswered.setting === setting;
      const requestId = isSame ? unanswered.requestId : crypto.randomUUID();
      void put({ requestId, asked: { kind, digits }, setting }, tell);
    },
    askAgain: () => {
      if (unanswered !== undefined) void put(unanswered, tell);
    },
    show: (settled) => {
      latest.current = settled.question;
      setFault(undefined);
      setShown(settled);
    },
  };
}

/** Asks as whoever is signed in; and once more where that is somebody else, or anew, since the page was loaded. */
function useClerk(signedIn: Clerk | undefined, onAnother: () => void): (question: Question) => Promise<Result> {
  const clerk = useRef(signedIn);
  return useCallback(
    async (question) => {
      const renew = async (): Promise<void> => {
        const found = await findClerk();
        if (found !== undefined && clerk.current !== undefined && found.user !== clerk.current.user) onAnother();
        clerk.current = found ?? clerk.current;
      };
      if (clerk.current === undefined) await renew();
      const result = await ask(question, clerk.current?.csrfToken ?? '');
      if (result.kind !== 'outdated' && result.kind !== 'signedOut') return result;
      await renew();
      return ask(question, clerk.current?.csrfToken ?? '');
    },
    [onAnother],
  );
}

function shownOf(question: Question, result: Result): Shown {
  if (result.kind === 'refused') return { ...result, question };
  if (result.kind === 'signedOut' || result.kind === 'outdated') return { kind: 'signedOut', question };
  return { kind: 'nothing' };
}

/** One line for each question, also when it was asked several times. */
function remember(before: readonly Settled[], settled: Settled): readonly Settled[] {
  const others = before.filter(({ question }) => question.requestId !== settled.question.requestId);
  return [settled, ...others].slice(0, mostRecent);
}
