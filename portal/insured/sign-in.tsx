import { ErrorSummary, Field, Form, Steps, type FieldFault } from '../parts/form.tsx';
import { Layout, Telephone } from '../parts/layout.tsx';
import { useWords } from '../parts/view.tsx';

const steps = 2;

export function StartPage() {
  const { say } = useWords();
  const [before = '', after = ''] = say('start.without.text', { number: '\u0000' }).split('\u0000');
  return (
    <Layout title={say('start.title')}>
      <h1>{say('start.title')}</h1>
      <p className="lead">{say('start.lead')}</p>
      <h2>{say('start.needs')}</h2>
      <ul>
        <li>{say('start.needs.id')}</li>
        <li>{say('start.needs.mobile')}</li>
      </ul>
      <p>
        <a className="button" href="/insured/sign-in">
          {say('start.button')}
        </a>
      </p>
      <h2>{say('start.can.title')}</h2>
      <ul>
        <li>{say('start.can.dependants')}</li>
        <li>{say('start.can.asked')}</li>
        <li>{say('start.can.object')}</li>
        <li>{say('start.can.proof')}</li>
      </ul>
      <h2>{say('start.without')}</h2>
      <p>
        {before}
        <Telephone />
        {after}
      </p>
    </Layout>
  );
}

export interface SignInProps {
  readonly nationalId: string;
  readonly faults: readonly FieldFault[];
  /** Why the page is shown. */
  readonly because: 'asked' | 'expired' | 'ended' | 'out';
  /** What was typed in a form of a session that had ended; sealed. */
  readonly kept: string | undefined;
}

export function SignInPage({ nationalId, faults, because, kept }: SignInProps) {
  const { say } = useWords();
  return (
    <Layout title={say('signIn.title')} back="/insured" hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      {because !== 'asked' && (
        <p className="note" role="status">
          {say(`signIn.${because}`)}
        </p>
      )}
      <Steps step={1} steps={steps} />
      <Form action="/insured/sign-in">
        <Field
          name="nationalId"
          label={say('signIn.title')}
          hint={say('signIn.nationalId.hint')}
          value={nationalId}
          faults={faults}
          isNumber
          isHeading
          autoComplete="username"
          maxLength={40}
        />
        <Kept kept={kept} />
        <button type="submit">{say('signIn.button')}</button>
      </Form>
    </Layout>
  );
}

export interface CodeProps {
  readonly nationalId: string;
  readonly faults: readonly FieldFault[];
  readonly kept: string | undefined;
}

export function CodePage({ nationalId, faults, kept }: CodeProps) {
  const { say, isDemo } = useWords();
  return (
    <Layout title={say('code.title')} back="/insured/sign-in" hasErrors={faults.length > 0}>
      <ErrorSummary faults={faults} />
      <Steps step={2} steps={steps} />
      {isDemo && (
        <p className="note">
          <a href="/demo/messages" target="_blank" rel="noreferrer">
            {say('code.demo')}
          </a>
        </p>
      )}
      <Form action="/insured/sign-in/code">
        <input type="hidden" name="nationalId" value={nationalId} />
        <Field
          name="code"
          label={say('code.title')}
          hint={say('code.lead')}
          faults={faults}
          isNumber
          isHeading
          autoComplete="one-time-code"
          maxLength={20}
        />
        <Kept kept={kept} />
        <button type="submit">{say('code.button')}</button>
      </Form>
      <details>
        <summary>{say('code.again')}</summary>
        <p>{say('code.again.text')}</p>
        <Form action="/insured/sign-in">
          <input type="hidden" name="nationalId" value={nationalId} />
          <Kept kept={kept} />
          <button className="second" type="submit">
            {say('code.again.button')}
          </button>
        </Form>
      </details>
    </Layout>
  );
}

function Kept({ kept }: { readonly kept: string | undefined }) {
  return kept === undefined ? null : <input type="hidden" name="kept" value={kept} />;
}
