import { Form, Steps } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Day, SummaryList, type SummaryRow } from '../parts/lists.tsx';
import { useWords } from '../parts/view.tsx';
import { Key, useNamed, Who } from './fields.tsx';
import { steps } from './questions.tsx';
import type { Cause, Insurer, Kind, Member, Problem, Route } from './shapes.ts';

export interface EnrolCheckProps {
  readonly number: string;
  readonly kind: Kind;
  readonly requestId: string;
  readonly route: Route;
  readonly termMonths: number;
  readonly members: readonly (Member & { readonly insurer: Insurer | null })[];
  readonly lostCover: { readonly endedOn: string; readonly cause: Cause } | null;
  /** National ids of spouses who live apart. */
  readonly apart: readonly string[];
  readonly problem: Problem | null;
  /** Whom the problem is about. */
  readonly about: Member | null;
}

/** All that was answered, with the way to each question, before it is sent (M-19: everybody is named). */
export function EnrolCheckPage(props: EnrolCheckProps) {
  const { say } = useWords();
  const { number, kind, requestId, members, problem, about } = props;
  const address = `/enrol/applications/${number}`;
  const named = useNamed();
  return (
    <Layout title={say('enrol.check.title')} back={`${address}/lost-cover`} hasErrors={problem !== null}>
      {problem !== null && (
        <div className="faults" role="alert" tabIndex={-1} data-focus="">
          <h2>{say('enrol.check.notSent')}</h2>
          <p>{say(`enrol.problem.${problem}`)}</p>
          {about !== null && <p>{named('enrol.check.about', 'enrol.check.aboutMember', about)}</p>}
        </div>
      )}
      <Steps step={steps} steps={steps} />
      <h1>{say('enrol.check.title')}</h1>
      {kind === 'addition' && <p>{say('enrol.check.addition')}</p>}
      <Answers {...props} address={address} />
      <h2>{say('enrol.check.members')}</h2>
      {members.map((member) => (
        <MemberAnswers key={member.id} member={member} address={address} />
      ))}
      <p className="row">
        <a className="button second" href={`${address}/new-child?change`}>
          {say('enrol.check.addChild')}
        </a>
        <a className="button second" href={`${address}/new-spouse?change`}>
          {say('enrol.check.addSpouse')}
        </a>
      </p>
      <p className="note">{say('enrol.check.everybody')}</p>
      <Form action={`${address}/submit`}>
        <input type="hidden" name="requestId" value={requestId} />
        <p>{say('enrol.check.true')}</p>
        <button type="submit">{say('enrol.check.button')}</button>
      </Form>
      <p>
        <a href={`${address}/withdraw`}>{say('enrol.withdraw.link')}</a>
      </p>
    </Layout>
  );
}

interface Addressed {
  readonly address: string;
}

function Answers({ route, termMonths, lostCover, apart, address }: EnrolCheckProps & Addressed) {
  const { say, day } = useWords();
  const change = (path: string, of: string): SummaryRow['change'] => ({
    href: `${address}/${path}?change`,
    label: <Change of={of} />,
  });
  const lost =
    lostCover === null
      ? say('enrol.check.none')
      : say('enrol.check.lostCover', { cause: say(`enrol.cause.${lostCover.cause}`), day: day(lostCover.endedOn) });
  const [routeName, lostName, apartName] = [
    say('enrol.check.route'),
    say('enrol.check.lost'),
    say('enrol.check.apart'),
  ];
  const rows: SummaryRow[] = [
    { name: routeName, value: say(`enrol.route.${route}`), change: change('route', routeName) },
    { name: say('enrol.term'), value: say('enrol.term.months', { months: termMonths }) },
    { name: lostName, value: lost, change: change('lost-cover', lostName) },
    ...apart.map((id) => ({ name: apartName, value: <Key id={id} />, change: change('spouse', apartName) })),
  ];
  return <SummaryList rows={rows} />;
}

/** Who does not see the page hears what would be changed. */
function Change({ of }: { readonly of: string }) {
  const { say } = useWords();
  return (
    <>
      {say('enrol.change')}
      <span className="unseen"> {of}</span>
    </>
  );
}

function MemberAnswers({ member, address }: Addressed & { readonly member: EnrolCheckProps['members'][number] }) {
  const { say } = useWords();
  const { id, index, relation, sex, birthDate, insurer } = member;
  const path = `${address}/members/${index}`;
  const name = member.name ?? '';
  const elsewhere = say('enrol.check.elsewhere');
  return (
    <section className="box member">
      <h3>
        <Who member={member} /> <small>({say(`enrol.relation.${relation}`)})</small>
      </h3>
      <SummaryList
        rows={[
          {
            name: say('answer.nationalId'),
            value: <Key id={id} />,
            change: { href: `${path}?change`, label: <Change of={name} /> },
          },
          { name: say('enrol.sex'), value: say(`enrol.sex.${sex}`) },
          { name: say('enrol.birthDate'), value: <Day day={birthDate} /> },
          {
            name: elsewhere,
            value: insurer === null ? say('enrol.check.noneElsewhere') : say(`enrol.insurer.${insurer}`),
            change: { href: `${path}/elsewhere?change`, label: <Change of={`${elsewhere}: ${name}`} /> },
          },
        ]}
      />
      {relation !== 'head' && (
        <Form action={`${address}/remove-member`}>
          <input type="hidden" name="member" value={id} />
          <button className="plain" type="submit">
            {say('enrol.check.remove', { name })}
          </button>
        </Form>
      )}
    </section>
  );
}
