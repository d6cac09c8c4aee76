import type { ReactNode } from 'react';
import { CsrfField } from './layout.tsx';
import { useWords, type MessageId } from './view.tsx';

/** What is wrong in a field, by the name of its text. */
export interface FieldFault {
  readonly field: string;
  readonly problem: Extract<MessageId, `errors.${string}`>;
}

interface FormProps {
  readonly action: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A form of this site: it is sent once, also when its button is pressed twice. */
export function Form({ action, children, className }: FormProps) {
  return (
    <form method="post" action={action} noValidate className={className} data-once="">
      <CsrfField />
      {children}
    </form>
  );
}

/** On top of a page with faults: what is wrong, and the way to each field. */
export function ErrorSummary({ faults }: { readonly faults: readonly FieldFault[] }) {
  const { say } = useWords();
  if (faults.length === 0) return null;
  return (
    <div className="faults" role="alert" aria-labelledby="faults-title" tabIndex={-1} data-focus="">
      <h2 id="faults-title">{say('errors.title')}</h2>
      <ul>
        {faults.map(({ field, problem }) => (
          <li key={field}>
            <a href={`#${field}`}>{say(problem)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What was typed before. */
  readonly value?: string | undefined;
  readonly faults: readonly FieldFault[];
  /** Digits alone: written from left to right, typed in any script. */
  readonly isNumber?: boolean;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly lines?: number;
  /** The label is the page's heading. */
  readonly isHeading?: boolean;
}

/** One box with its label, its hint and what is wrong in it. */
export function Field(props: FieldProps) {
  const { name, label, hint, value = '', faults, isNumber = false, autoComplete = 'off', lines = 1 } = props;
  const { say } = useWords();
  const fault = faults.find(({ field }) => field === name);
  const described = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(fault === undefined ? [] : [`${name}-fault`]),
  ];
  const box = {
    id: name,
    name,
    defaultValue: value,
    autoComplete,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
    'aria-invalid': fault === undefined ? undefined : true,
    maxLength: props.maxLength,
  };
  const labelled = <label htmlFor={name}>{label}</label>;
  return (
    <div className={fault === undefined ? 'field' : 'field faulty'}>
      {props.isHeading === true ? <h1 className="label">{labelled}</h1> : labelled}
      {hint !== undefined && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p className="fault" id={`${name}-fault`}>
          {say(fault.problem)}
        </p>
      )}
      {lines > 1 ? (
        <textarea {...box} rows={lines} dir="auto" />
      ) : (
        <input
          {...box}
          type="text"
          {...(isNumber ? { inputMode: 'numeric', dir: 'ltr', className: 'code', spellCheck: false } : { dir: 'auto' })}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly legend: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export function Choice({ name, legend, value, options }: ChoiceProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label className="choice" key={option.value}>
          <input type="radio" name={name} value={option.value} defaultChecked={option.value === value} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** «گام ۲ از ۳» */
export function Steps({ step, steps }: { readonly step: number; readonly steps: number }) {
  const { say } = useWords();
  return <p className="steps">{say('app.step', { step, steps })}</p>;
}
