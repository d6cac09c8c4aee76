import {
  Answer,
  useFacts,
  Verdict,
  type AnswerProps,
  type InquiryAnswer,
  type Outcome,
  type Told,
} from '../parts/answer.tsx';
import { Choice, ErrorSummary, Field, Form, type FieldFault } from '../parts/form.tsx';
import { formatDayInTable, inTehranTime } from '../parts/format.ts';
import { Layout } from '../parts/layout.tsx';
import { Code, SummaryList, Table } from '../parts/lists.tsx';
import { useWords, type MessageId } from '../parts/view.tsx';

export interface HomeProps {
  readonly name: string | null;
  /** Of the inquiry that the form makes: sent twice, it is made once. */
  readonly requestId: string;
}

export function HomePage({ name, requestId }: HomeProps) {
  const { say } = useWords();
  const title = name === null ? say('home.title') : say('home.hello', { name });
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <section className="box">
        <h2>{say('home.ask.title')}</h2>
        <Form action="/insured/inquiries" className="row">
          <input type="hidden" name="requestId" value={requestId} />
          <button type="submit" name="setting" value="outpatient">
            {say('home.ask.outpatient')}
          </button>
          <button className="second" type="submit" name="setting" value="inpatient">
            {say('home.ask.inpatient')}
          </button>
        </Form>
        <p className="hint">{say('home.ask.hint')}</p>
      </section>
      <h2>{say('home.more')}</h2>
      <ul className="doors">
        {(['dependants', 'asked', 'objections', 'notices', 'sessions'] as const).map((door) => (
          <li key={door}>
            <a href={`/insured/${door}`}>{say(`home.${door}`)}</a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

export interface DependantsProps {
  readonly requestId: string;
  readonly nationalId: string;
  readonly setting: 'outpatient' | 'inpatient';
  readonly faults: readonly FieldFault[];
}

export function DependantsPage({ requestId, nationalId, setting, faults }: DependantsProps) {
  const { say } = useWords();
  const title = say('dependants.title');
  return (
    <Layout title={title} back="/insured/home" hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <h1>{title}</h1>
      <p>{say('dependants.lead')}</p>
      <Form action="/insured/dependants">
        <input type="hidden" name="requestId" value={requestId} />
        <Field
          name="nationalId"
          label={say('dependants.nationalId')}
          hint={say('signIn.nationalId.hint')}
          value={nationalId}
          faults={faults}
          isNumber
          maxLength={40}
        />
        <Choice
          name="setting"
          legend={say('dependants.setting')}
          value={setting}
          options={[
            { value: 'outpatient', label: say('setting.outpatient') },
            { value: 'inpatient', label: say('setting.inpatient') },
          ]}
        />
        <button type="submit">{say('dependants.button')}</button>
      </Form>
    </Layout>
  );
}

export interface AnswerPageProps extends AnswerProps {
  /** Whether it can be objected to and proved by who reads it. */
  readonly canObject: boolean;
  readonly canProve: boolean;
}

export function AnswerPage({ canObject, canProve, ...props }: AnswerPageProps) {
  const { say } = useWords();
  const code = encodeURIComponent(props.answer.trackingCode);
  return (
    <Layout title={say('answer.title')} back="/insured/home">
      <Answer {...props} />
      <ul className="doors unprinted">
        {canObject && (
          <li>
            <a href={`/insured/objections/new?code=${code}`}>{say('answer.object')}</a>
          </li>
        )}
        {canProve && (
          <li>
            <a href={`/insured/inquiries/${code}/proof`}>{say('answer.proof')}</a>
          </li>
        )}
        <li>
          <a href="/insured/home">{say('answer.again')}</a>
        </li>
      </ul>
    </Layout>
  );
}

export interface AskedProps {
  readonly inquiries: readonly {
    readonly trackingCode: string;
    readonly askedAt: string;
    readonly asker: {
      readonly kind: 'provider' | 'self' | 'principal' | 'staff';
      readonly code?: string;
      readonly name?: string;
    };
    readonly channel: string;
    readonly outcome: Outcome;
  }[];
  /** The code after which the older ones come; absent on the last page. */
  readonly olderThan: string | undefined;
  readonly isFirst: boolean;
}

const channels: readonly string[] = ['web', 'app', 'sms', 'ussd', 'fhir'];

export function AskedPage({ inquiries, olderThan, isFirst }: AskedProps) {
  const words = useWords();
  const { say, digits, language } = words;
  const asker = ({ kind, code = '', name }: AskedProps['inquiries'][number]['asker']): string =>
    kind === 'provider' ? (name ?? say('asker.provider', { code: digits(code) })) : say(`asker.${kind}`);
  const title = say('asked.title');
  return (
    <Layout title={title} back="/insured/home">
      <h1>{title}</h1>
      <p>{say('asked.lead')}</p>
      {inquiries.length === 0 ? (
        <p className="empty">{say('asked.none')}</p>
      ) : (
        <Table
          caption={title}
          columns={[say('asked.when'), say('asked.who'), say('asked.channel'), say('asked.outcome'), say('asked.code')]}
          rows={inquiries.map((each) => {
            const { day, time } = inTehranTime(each.askedAt);
            return {
              key: each.trackingCode,
              cells: [
                <time key="at" dateTime={each.askedAt}>
                  <bdi dir="ltr">{formatDayInTable(day, language)}</bdi> <bdi dir="ltr">{digits(time)}</bdi>
                </time>,
                asker(each.asker),
                say(channels.includes(each.channel) ? (`channel.${each.channel}` as MessageId) : 'channel.other'),
                say(`outcome.${each.outcome}`),
                <Code key="code" code={each.trackingCode} />,
              ],
            };
          })}
        />
      )}
      <ul className="pages">
        {!isFirst && (
          <li>
            <a href="/insured/asked">{say('asked.newest')}</a>
          </li>
        )}
        {olderThan !== undefined && (
          <li>
            <a href={`/insured/asked?before=${encodeURIComponent(olderThan)}`}>{say('asked.older')}</a>
          </li>
        )}
      </ul>
    </Layout>
  );
}

export interface ProofProps {
  readonly answer: InquiryAnswer;
  readonly about: Told;
  /** ISO; what was known then is what is proved. */
  readonly knownAt: string;
  /** The signed text as modules of a QR code: an SVG path on a grid of this size. */
  readonly qr: { readonly size: number; readonly path: string };
}

/** For paper of size A5. */
export function ProofPage({ answer, about, knownAt, qr }: ProofProps) {
  const words = useWords();
  const { say, digits } = words;
  const { day, time } = inTehranTime(knownAt);
  return (
    <Layout title={say('proof.title')} back={`/insured/inquiries/${answer.trackingCode}`} isPrinted>
      <article className="answer proof">
        <p className="proof-title">{say('proof.title')}</p>
        <Verdict outcome={answer.outcome} />
        <SummaryList rows={useFacts(answer, about)} />
        <figure>
          <svg viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`} role="img" aria-label={say('proof.qr')} className="qr">
            <rect x="-4" y="-4" width={qr.size + 8} height={qr.size + 8} className="paper" />
            <path d={qr.path} />
          </svg>
          <figcaption>
            <p>{say('proof.known', { day: words.day(day), time: digits(time) })}</p>
            <p>{say('proof.good', { day: words.day(answer.on) })}</p>
            <p>{say('proof.check')}</p>
          </figcaption>
        </figure>
      </article>
      <p className="row unprinted">
        <a className="button" href={`/insured/inquiries/${answer.trackingCode}/proof.pdf`}>
          {say('proof.file')}
        </a>
        <button className="second" type="button" data-print="" hidden>
          {say('app.print')}
        </button>
      </p>
    </Layout>
  );
}
