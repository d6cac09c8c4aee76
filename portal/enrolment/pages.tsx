import { ErrorSummary, Form } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Code, Day, SummaryList, Table } from '../parts/lists.tsx';
import { useWords } from '../parts/view.tsx';
import { Key, Rials } from './fields.tsx';
import type { Awaited, Cover, Faults, Kind, Problem, State } from './shapes.ts';
import { RouteChoice } from './start.tsx';

export interface EnrolHomeProps {
  readonly applications: readonly {
    readonly number: string;
    readonly kind: Kind;
    readonly state: State;
    readonly stateSince: string;
    readonly awaits: Awaited;
  }[];
  readonly covers: readonly Cover[];
  /** The draft that is to be gone on with, and where. */
  readonly draft: { readonly number: string; readonly path: string } | null;
  readonly mayApply: boolean;
  readonly mayRenew: boolean;
  readonly problem: Problem | null;
}

/** All of one's household: covers, applications, and what can be done. */
export function EnrolHomePage(props: EnrolHomeProps) {
  const { say } = useWords();
  const { applications, covers, draft, mayApply, mayRenew, problem } = props;
  const isFirst = applications.length === 0 && covers.length === 0;
  return (
    <Layout title={say('enrol.home.title')} back="/enrol">
      <h1>{say('enrol.home.title')}</h1>
      {problem !== null && (
        <div className="faults" role="alert" tabIndex={-1} data-focus="">
          <p>{say(`enrol.problem.${problem}`)}</p>
        </div>
      )}
      {isFirst && <p>{say('enrol.home.none')}</p>}
      {draft !== null && (
        <div className="note">
          <p>{say('enrol.home.draft')}</p>
          <p>
            <a className="button" href={draft.path}>
              {say('enrol.home.goOn')}
            </a>
          </p>
        </div>
      )}
      {mayRenew && (
        <div className="note">
          <p>{say('enrol.home.renewal')}</p>
          <p>
            <a className="button" href="/enrol/renew">
              {say('enrol.home.renew')}
            </a>
          </p>
        </div>
      )}
      {mayApply && !mayRenew && (
        <>
          {covers.length > 0 && <p>{say('enrol.home.addition')}</p>}
          <p>
            <a className={covers.length > 0 ? 'button second' : 'button'} href="/enrol/apply">
              {say(covers.length > 0 ? 'enrol.home.addMember' : 'enrol.home.apply')}
            </a>
          </p>
        </>
      )}
      {covers.map((cover) => (
        <CoverOf key={cover.coveredFrom} cover={cover} />
      ))}
      {applications.length > 0 && <Applications applications={applications} />}
    </Layout>
  );
}

function CoverOf({ cover: { coveredFrom, coveredUntil, members } }: { readonly cover: Cover }) {
  const { say } = useWords();
  return (
    <section>
      <h2>{say('enrol.cover')}</h2>
      <SummaryList
        rows={[
          { name: say('enrol.terms.from'), value: <Day day={coveredFrom} /> },
          { name: say('enrol.terms.until'), value: <Day day={coveredUntil} /> },
        ]}
      />
      <Table
        caption={say('enrol.cover')}
        columns={[
          say('enrol.cover.member'),
          say('enrol.cover.entitled'),
          say('enrol.terms.wait'),
          say('enrol.cover.booklet'),
        ]}
        rows={members.map((member) => ({
          key: member.id,
          cells: [
            member.name ?? <Key id={member.id} />,
            <Day key="from" day={member.entitledFrom} />,
            say('enrol.terms.waitOf', { days: member.waitingDays }),
            <Code key="booklet" code={member.booklet} />,
          ],
        }))}
      />
    </section>
  );
}

function Applications({ applications }: Pick<EnrolHomeProps, 'applications'>) {
  const { say, when } = useWords();
  const title = say('enrol.home.applications');
  return (
    <section>
      <h2>{title}</h2>
      <Table
        caption={title}
        columns={[say('enrol.number'), say('enrol.home.kind'), say('enrol.home.state'), say('enrol.home.since')]}
        rows={applications.map(({ number, kind, state, stateSince }) => ({
          key: number,
          cells: [
            <a key="number" href={`/enrol/applications/${number}`}>
              <Code code={number} />
            </a>,
            say(`enrol.kind.${kind}`),
            say(`enrol.state.${state}`),
            when(stateSince),
          ],
        }))}
      />
    </section>
  );
}

export interface EnrolPayProps {
  readonly number: string;
  readonly amount: number;
  readonly redirectTo: string;
}

/** The last page of ours before the gateway: where one goes, and how much is paid there. */
export function EnrolPayPage({ number, amount, redirectTo }: EnrolPayProps) {
  const { say } = useWords();
  return (
    <Layout title={say('enrol.pay.title')} back={`/enrol/applications/${number}`}>
      <h1>{say('enrol.pay.title')}</h1>
      <p className="amount">
        <Rials rials={amount} />
      </p>
      <p>{say('enrol.pay.text')}</p>
      <p>
        <bdi className="code" dir="ltr">
          {new URL(redirectTo).host}
        </bdi>
      </p>
      <p>
        <a className="button" href={redirectTo} rel="noreferrer">
          {say('enrol.pay.button')}
        </a>
      </p>
      <p className="hint">{say('enrol.pay.minutes')}</p>
    </Layout>
  );
}

export interface EnrolPaidProps {
  readonly state: 'paid' | 'notPaid' | 'unknown' | 'goesBack' | 'refundDue' | 'refunded' | 'notOurs';
  /** The gateway’s, of the money. */
  readonly reference: string | null;
}

const secondsToNextLook = 15;

/** Back from the gateway: not known is never shown as not paid. */
export function EnrolPaidPage({ state, reference }: EnrolPaidProps) {
  const { say } = useWords();
  const title = say(`enrol.paid.${state}.title`);
  return (
    <Layout title={title} reloadAfter={state === 'unknown' ? secondsToNextLook : undefined}>
      <div className={state === 'paid' ? 'done' : undefined}>
        <h1>{title}</h1>
        {reference !== null && (
          <p>
            {say('enrol.paid.reference')}: <Code code={reference} canCopy />
          </p>
        )}
      </div>
      <p>{say(`enrol.paid.${state}`)}</p>
      <p>
        <a className="button" href="/enrol/home">
          {say('enrol.paid.home')}
        </a>
      </p>
    </Layout>
  );
}

export interface EnrolWithdrawProps {
  readonly number: string;
  readonly requestId: string;
}

export function EnrolWithdrawPage({ number, requestId }: EnrolWithdrawProps) {
  const { say } = useWords();
  const address = `/enrol/applications/${number}`;
  return (
    <Layout title={say('enrol.withdraw.title')} back={address}>
      <h1>{say('enrol.withdraw.title')}</h1>
      <p>{say('enrol.withdraw.text')}</p>
      <Form action={`${address}/withdraw`}>
        <input type="hidden" name="requestId" value={requestId} />
        <p className="row">
          <button type="submit">{say('enrol.withdraw.button')}</button>
          <a className="button second" href={address}>
            {say('enrol.withdraw.keep')}
          </a>
        </p>
      </Form>
    </Layout>
  );
}

export interface EnrolRenewProps {
  readonly requestId: string;
  readonly route: string;
  readonly faults: Faults;
}

/** The household as it is, covered on (M-36, M-37). */
export function EnrolRenewPage({ requestId, route, faults }: EnrolRenewProps) {
  const { say } = useWords();
  return (
    <Layout title={say('enrol.renew.title')} back="/enrol/home" hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <p>{say('enrol.renew.lead')}</p>
      <Form action="/enrol/renew">
        <input type="hidden" name="requestId" value={requestId} />
        <RouteChoice values={{ route }} faults={faults} hasTerm={false} />
        <button type="submit">{say('enrol.renew.button')}</button>
      </Form>
    </Layout>
  );
}
