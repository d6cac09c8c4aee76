import type { ReactNode } from 'react';
import { formatRials, hijriDate } from '../parts/format.ts';
import { NationalId } from '../parts/lists.tsx';
import { useWords, type MessageId } from '../parts/view.tsx';
import type { Faults, Member, Terms, Values } from './shapes.ts';

interface RadiosProps {
  readonly name: string;
  readonly legend: string;
  readonly hint?: string;
  readonly values: Values;
  readonly faults: Faults;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
  /** The legend is the page’s heading. */
  readonly isHeading?: boolean;
}

/** One question with its possible answers, none of them chosen for anybody. */
export function Radios({ name, legend, hint, values, faults, options, isHeading = false }: RadiosProps) {
  return (
    <Group name={name} legend={legend} hint={hint} faults={faults} isHeading={isHeading}>
      {options.map((option, index) => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            id={index === 0 ? name : undefined}
            name={name}
            value={option.value}
            defaultChecked={option.value === values[name]}
          />
          <span>
            {option.label}
            {option.hint !== undefined && <small className="hint"> {option.hint}</small>}
          </span>
        </label>
      ))}
    </Group>
  );
}

interface GroupProps {
  readonly name: string;
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly faults: Faults;
  readonly isHeading?: boolean;
  readonly children: ReactNode;
}

function Group({ name, legend, hint, faults, isHeading = false, children }: GroupProps) {
  const { say } = useWords();
  const fault = faults.find(({ field }) => field === name);
  const described = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(fault === undefined ? [] : [`${name}-fault`]),
  ];
  return (
    <fieldset
      className={fault === undefined ? undefined : 'faulty'}
      aria-describedby={described.length === 0 ? undefined : described.join(' ')}
    >
      <legend>{isHeading ? <h1 className="label">{legend}</h1> : legend}</legend>
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
      {children}
    </fieldset>
  );
}

interface DayFieldsProps {
  readonly legend: string;
  readonly hint: string;
  readonly values: Values;
  readonly faults: Faults;
}

/** A day that is known, in three boxes of the Solar Hijri calendar. */
export function DayFields({ legend, hint, values, faults }: DayFieldsProps) {
  const { say, digits } = useWords();
  const isFaulty = faults.some(({ field }) => field === 'day');
  const typed = typedDay(values);
  return (
    <Group name="day" legend={legend} hint={hint} faults={faults}>
      <div className="day-fields">
        {(['day', 'month', 'year'] as const).map((part) => (
          <div key={part}>
            <label htmlFor={part}>{say(`enrol.${part}`)}</label>
            <input
              type="text"
              id={part}
              name={part}
              className={part === 'year' ? 'code year' : 'code'}
              dir="ltr"
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
              defaultValue={digits(typed[part])}
              aria-invalid={isFaulty ? true : undefined}
            />
          </div>
        ))}
      </div>
    </Group>
  );
}

/** As it was typed; else as it was saved. */
function typedDay({ day, month, year, isoDay }: Values): Readonly<Record<'day' | 'month' | 'year', string>> {
  if (day !== undefined || isoDay === undefined) return { day: day ?? '', month: month ?? '', year: year ?? '' };
  const saved = hijriDate(isoDay);
  return { day: String(saved.day), month: String(saved.month), year: String(saved.year) };
}

/** What a clause says, folded: the number first, then its own words. */
export function Clauses({ clauses }: Pick<Terms, 'clauses'>) {
  const { say, language } = useWords();
  if (clauses.length === 0) return null;
  return (
    <section>
      <h2>{say('answer.why')}</h2>
      <p>{say('enrol.why')}</p>
      {clauses.map(({ clause, fa, en, source }) => (
        <details key={clause}>
          <summary>
            {say('answer.clause', { clause: '' })}
            <bdi className="code">{clause}</bdi>
          </summary>
          <blockquote lang="fa" dir="rtl">
            {fa}
          </blockquote>
          {language === 'en' && <p>{en}</p>}
          <p className="hint">{source[language]}</p>
        </details>
      ))}
    </section>
  );
}

export function Rials({ rials }: { readonly rials: number }) {
  const { language } = useWords();
  return <bdi>{formatRials(BigInt(rials), language)}</bdi>;
}

/** By name, else by number; a newborn without one is said to be so. */
export function Who({ member: { id, name } }: { readonly member: Pick<Member, 'id' | 'name'> }) {
  return name === null ? <Key id={id} /> : name;
}

export function Key({ id }: { readonly id: string }) {
  const { say } = useWords();
  return id.includes('-') ? say('enrol.newborn') : <NationalId nationalId={id} />;
}

/** Texts with a telling name where one is known, and without it where not. */
export function useNamed(): (id: MessageId, without: MessageId, member: Pick<Member, 'name'> | null) => string {
  const { say } = useWords();
  return (id, without, member) =>
    member === null || member.name === null ? say(without) : say(id, { name: member.name });
}
