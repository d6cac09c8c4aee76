import { useEffect, useRef, useState } from 'react';
import { inTehranTime, maskNationalId } from '../parts/format.ts';
import { useWords, type MessageId } from '../parts/view.tsx';
import type { Question } from './ask.ts';
import { AnswerShown, AskForm, Refused, Undetermined } from './parts.tsx';
import { Recent } from './recent.tsx';
import { Shortcuts, useShortcuts } from './shortcuts.tsx';
import { useInquiries, type Inquiries, type Shown, type Start } from './use-inquiries.ts';
import { Waiting } from './waiting.tsx';
import { readTyped } from './what-was-typed.ts';

export interface DeskProps extends Start {
  /** What was typed before the script was there. */
  readonly typed: string;
  readonly setting: Question['setting'];
}

/** One box, one answer, and what was asked before. */
export function Desk({ clerk, isLost, typed, setting }: DeskProps) {
  const { say } = useWords();
  const inquiries = useInquiries({ clerk, isLost });
  const { shown, recent, fault, offlineSince } = inquiries;
  const box = useRef<HTMLInputElement>(null);
  const inpatient = useRef<HTMLInputElement>(null);
  const [areOn, setAreOn] = useState(true);
  const [said, setSaid] = useState<MessageId>();
  useBoxAfter(shown, box);

  const code = shown.kind === 'answered' ? shown.answer.trackingCode : undefined;
  const copy = (): void => {
    if (code === undefined) return;
    void navigator.clipboard.writeText(code).then(() => {
      setSaid('app.copied');
    });
  };
  const printAnswer = (): void => {
    if (code !== undefined) print();
  };
  useShortcuts(areOn, {
    focus: () => box.current?.select(),
    copy,
    print: printAnswer,
    inpatient: () => {
      inpatient.current?.click();
      setSaid(inpatient.current?.checked === true ? 'provider.said.inpatient' : 'provider.said.outpatient');
    },
  });
  const submit = (): void => {
    setSaid(undefined);
    inquiries.ask(box.current?.value ?? '', inpatient.current?.checked === true ? 'inpatient' : 'outpatient');
  };
  return (
    <div className="desk">
      <div>
        {offlineSince !== undefined && <Offline since={offlineSince} />}
        <AskForm requestId="" onSubmit={submit} {...{ typed, setting, fault, box, inpatient }} />
        <p role="status" className="said">
          {said !== undefined && say(said)}
        </p>
        <Outcome inquiries={inquiries} onCopy={copy} onPrint={printAnswer} />
        <Spoken shown={shown} />
      </div>
      <aside className="unprinted" aria-label={say('provider.beside')}>
        <Recent
          recent={recent}
          onShow={(settled) => {
            setSaid(undefined);
            inquiries.show(settled);
          }}
        />
        <Shortcuts areOn={areOn} onSwitch={setAreOn} />
      </aside>
    </div>
  );
}

/** The box is ready for the next one after each answer; what led to none stays in it, and so does what is typed since. */
function useBoxAfter(shown: Shown, box: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    if (shown.kind === 'waiting' || box.current === null) return;
    box.current.focus();
    if ('question' in shown && isNext(box.current.value, shown.question)) return;
    if (shown.kind === 'answered') box.current.value = '';
    else box.current.select();
  }, [shown, box]);
}

function isNext(text: string, { asked }: Question): boolean {
  const typed = readTyped(text);
  return 'digits' in typed ? typed.digits !== asked.digits : typed.kind !== 'empty';
}

interface OutcomeProps {
  readonly inquiries: Inquiries;
  readonly onCopy: () => void;
  readonly onPrint: () => void;
}

function Outcome({ inquiries: { shown, askAgain }, onCopy, onPrint }: OutcomeProps) {
  const { say } = useWords();
  switch (shown.kind) {
    case 'nothing':
      return null;
    case 'waiting':
      return <Waiting key={shown.question.requestId} setting={shown.question.setting} />;
    case 'answered':
      return (
        <AnswerShown
          answer={shown.answer}
          nationalId={nationalIdOf(shown.question)}
          actions={
            <span className="row unprinted">
              <button type="button" className="copy" onClick={onCopy}>
                {say('app.copy')} <kbd>c</kbd>
              </button>
              <button type="button" className="copy" onClick={onPrint}>
                {say('app.print')} <kbd>p</kbd>
              </button>
            </span>
          }
        />
      );
    case 'undetermined':
      return (
        <Undetermined
          nationalId={nationalIdOf(shown.question)}
          isOffline={shown.isOffline}
          trackingCode={shown.trackingCode}
          actions={
            <button type="button" onClick={askAgain}>
              {say('provider.again')}
            </button>
          }
        />
      );
    case 'signedOut':
      return <SignedOut onSignedIn={askAgain} />;
    case 'refused':
      return <Refused why={shown.why} seconds={shown.seconds} />;
  }
}

function nationalIdOf({ asked }: Question): string | undefined {
  return asked.kind === 'nationalId' ? asked.digits : undefined;
}

/** The page stays, and with it what was typed; the sign-in is beside it. */
function SignedOut({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { say } = useWords();
  return (
    <div className="note" role="alert">
      <h2>{say('provider.signedOut.title')}</h2>
      <p>{say('provider.signedOut.what')}</p>
      <p className="row">
        <a className="button" href="/login/provider?next=/provider/signed-in" target="_blank" rel="noopener">
          {say('provider.signedOut.signIn')}
        </a>
        <button type="button" className="second" onClick={onSignedIn}>
          {say('provider.signedOut.goOn')}
        </button>
      </p>
    </div>
  );
}

function Offline({ since }: { readonly since: string }) {
  const { say, digits } = useWords();
  return (
    <p className="note" role="status">
      {say('provider.offline', { time: digits(inTehranTime(since).time) })}
    </p>
  );
}

/** The answer in one sentence, for those who hear it. */
function Spoken({ shown }: { readonly shown: Shown }) {
  const { say, digits } = useWords();
  const outcome = shown.kind === 'answered' ? shown.answer.outcome : 'COULD_NOT_DETERMINE';
  const isSpoken = shown.kind === 'answered' || shown.kind === 'undetermined';
  const about = isSpoken ? nationalIdOf(shown.question) : undefined;
  return (
    <p className="unseen" aria-live="assertive">
      {isSpoken && `${say(`outcome.${outcome}`)} ${about === undefined ? '' : digits(maskNationalId(about).slice(-2))}`}
    </p>
  );
}
