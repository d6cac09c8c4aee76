import { ErrorSummary, Field, Form, Steps } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { SummaryList } from '../parts/lists.tsx';
import { useWords, type MessageId, type Words } from '../parts/view.tsx';
import { DayFields, Key, Radios, useNamed, Who } from './fields.tsx';
import { causes, insurers, type Faults, type Member, type QuestionKind, type Relation, type Values } from './shapes.ts';
import { RouteChoice } from './start.tsx';

/** Of an application; the last one is the page on which all answers are looked at. */
export const steps = 6;

export interface EnrolQuestionProps {
  readonly kind: QuestionKind;
  readonly action: string;
  readonly back: string;
  readonly step: number;
  readonly values: Values;
  readonly faults: Faults;
  /** Of whom the question is; nobody yet where a member is added. */
  readonly member: Member | null;
  /** Of whom is added. */
  readonly relation: Relation;
  readonly children: readonly Member[];
}

export function EnrolQuestionPage(props: EnrolQuestionProps) {
  const words = useWords();
  const { action, back, step, faults, values } = props;
  const { requestId } = values;
  return (
    <Layout title={words.say(titleOf(props))} back={back} hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <Steps step={step} steps={steps} />
      <Form action={action}>
        {requestId !== undefined && <input type="hidden" name="requestId" value={requestId} />}
        <Question {...props} />
        <button type="submit">{words.say('enrol.next')}</button>
      </Form>
      <p className="hint">{words.say('enrol.kept')}</p>
    </Layout>
  );
}

function titleOf({ kind, relation }: EnrolQuestionProps): MessageId {
  switch (kind) {
    case 'person':
      return relation === 'spouse' ? 'enrol.person.spouse' : 'enrol.person.child';
    case 'elsewhere':
      return relation === 'head' ? 'enrol.elsewhere.own' : 'enrol.elsewhere.other';
    case 'head':
    case 'route':
    case 'spouse':
    case 'apart':
    case 'children':
    case 'lostCover':
      return `enrol.${kind}`;
  }
}

function Question(props: EnrolQuestionProps) {
  switch (props.kind) {
    case 'head':
      return <Head {...props} />;
    case 'elsewhere':
      return <Elsewhere {...props} />;
    case 'route':
      return <RouteChoice {...props} />;
    case 'spouse':
      return <Spouse {...props} />;
    case 'apart':
      return <Apart {...props} />;
    case 'person':
      return <Person {...props} />;
    case 'children':
      return <Children {...props} />;
    case 'lostCover':
      return <LostCover {...props} />;
  }
}

function Head({ values, faults }: EnrolQuestionProps) {
  const { say } = useWords();
  const { nationalId } = values;
  return (
    <>
      <h1>{say('enrol.head')}</h1>
      <p>{say('enrol.head.lead')}</p>
      {nationalId !== undefined && (
        <SummaryList rows={[{ name: say('answer.nationalId'), value: <Key id={nationalId} /> }]} />
      )}
      <Description values={values} faults={faults} />
    </>
  );
}

function Description({ values, faults }: Pick<EnrolQuestionProps, 'values' | 'faults'>) {
  const { say } = useWords();
  return (
    <>
      {(['firstName', 'lastName'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          label={say(`enrol.${name}`)}
          value={values[name]}
          faults={faults}
          maxLength={120}
        />
      ))}
      <Radios
        name="sex"
        legend={say('enrol.sex')}
        values={values}
        faults={faults}
        options={(['female', 'male'] as const).map((value) => ({ value, label: say(`enrol.sex.${value}`) }))}
      />
      <DayFields legend={say('enrol.birthDate')} hint={say('enrol.birthDate.hint')} values={values} faults={faults} />
    </>
  );
}

function Person({ values, faults, relation }: EnrolQuestionProps) {
  const { say } = useWords();
  const isChild = relation === 'child';
  const fault = faults.find(({ field }) => field === 'newborn');
  return (
    <>
      <h1>{say(isChild ? 'enrol.person.child' : 'enrol.person.spouse')}</h1>
      <Field
        name="nationalId"
        label={say('enrol.person.nationalId')}
        hint={say('signIn.nationalId.hint')}
        value={values['nationalId']}
        faults={faults}
        isNumber
        maxLength={40}
      />
      {isChild && (
        <div className={fault === undefined ? undefined : 'faulty'}>
          {fault !== undefined && <p className="fault">{say(fault.problem)}</p>}
          <label className="choice">
            <input
              type="checkbox"
              id="newborn"
              name="newborn"
              value="yes"
              defaultChecked={values['newborn'] === 'yes'}
            />
            <span>{say('enrol.person.newborn')}</span>
          </label>
        </div>
      )}
      <Description values={values} faults={faults} />
    </>
  );
}

function Elsewhere({ values, faults, member, relation }: EnrolQuestionProps) {
  const { say } = useWords();
  const named = useNamed();
  const legend =
    relation === 'head' ? say('enrol.elsewhere.own') : named('enrol.elsewhere.named', 'enrol.elsewhere.other', member);
  return (
    <Radios
      name="elsewhere"
      legend={legend}
      hint={say('enrol.elsewhere.hint')}
      values={values}
      faults={faults}
      isHeading
      options={[
        { value: 'no', label: say('enrol.no') },
        ...insurers.map((value) => ({ value, label: say(`enrol.insurer.${value}`) })),
        { value: 'unknown', label: say('enrol.unknown'), hint: say('enrol.elsewhere.unknown') },
      ]}
    />
  );
}

function Spouse({ values, faults }: EnrolQuestionProps) {
  const { say } = useWords();
  return (
    <Radios
      name="spouse"
      legend={say('enrol.spouse')}
      hint={say('enrol.spouse.hint')}
      values={values}
      faults={faults}
      isHeading
      options={[...yesOrNo(say), { value: 'apart', label: say('enrol.spouse.apart') }]}
    />
  );
}

function Apart({ values, faults }: EnrolQuestionProps) {
  const { say } = useWords();
  return (
    <>
      <h1>{say('enrol.apart')}</h1>
      <p>{say('enrol.apart.lead')}</p>
      <Field
        name="nationalId"
        label={say('enrol.person.nationalId')}
        hint={say('signIn.nationalId.hint')}
        value={values['nationalId']}
        faults={faults}
        isNumber
        maxLength={40}
      />
      <Field
        name="reason"
        label={say('enrol.apart.reason')}
        hint={say('enrol.apart.reason.hint')}
        value={values['reason']}
        faults={faults}
      />
    </>
  );
}

function Children({ values, faults, children }: EnrolQuestionProps) {
  const { say } = useWords();
  return (
    <>
      {children.length > 0 && (
        <section className="box">
          <h2>{say('enrol.children.named')}</h2>
          <ul>
            {children.map((child) => (
              <li key={child.id}>
                <Who member={child} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Radios
        name="another"
        legend={say(children.length === 0 ? 'enrol.children' : 'enrol.children.more')}
        hint={say('enrol.children.hint')}
        values={values}
        faults={faults}
        isHeading
        options={yesOrNo(say)}
      />
    </>
  );
}

function LostCover({ values, faults }: EnrolQuestionProps) {
  const { say } = useWords();
  return (
    <>
      <Radios
        name="lost"
        legend={say('enrol.lostCover')}
        hint={say('enrol.lostCover.hint')}
        values={values}
        faults={faults}
        isHeading
        options={[...yesOrNo(say), { value: 'unknown', label: say('enrol.unknown') }]}
      />
      <section className="box">
        <h2>{say('enrol.lostCover.if')}</h2>
        <Radios
          name="cause"
          legend={say('enrol.lostCover.cause')}
          values={values}
          faults={faults}
          options={causes.map((value) => ({ value, label: say(`enrol.cause.${value}`) }))}
        />
        <DayFields
          legend={say('enrol.lostCover.day')}
          hint={say('enrol.lostCover.day.hint')}
          values={values}
          faults={faults}
        />
        <Field
          name="evidence"
          label={say('enrol.lostCover.evidence')}
          hint={say('enrol.lostCover.evidence.hint')}
          value={values['evidence']}
          faults={faults}
        />
      </section>
    </>
  );
}

function yesOrNo(say: Words['say']) {
  return [
    { value: 'yes', label: say('enrol.yes') },
    { value: 'no', label: say('enrol.no') },
  ];
}
