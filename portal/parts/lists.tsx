import type { ReactNode } from 'react';
import { formatGregorian, inGroups, maskNationalId } from './format.ts';
import { useWords } from './view.tsx';

/** A code, in groups of four, from left to right also within Persian text. */
export function Code({ code, canCopy = false }: { readonly code: string; readonly canCopy?: boolean }) {
  const { digits, say } = useWords();
  return (
    <span className="code-line">
      <bdi className="code" dir="ltr">
        {inGroups(code).map((group, index) => (
          <span className="group" key={index}>
            {digits(group)}
          </span>
        ))}
      </bdi>
      {canCopy && (
        <button className="copy" type="button" data-copy={code} hidden>
          {say('app.copy')}
        </button>
      )}
    </span>
  );
}

export function NationalId({ nationalId }: { readonly nationalId: string }) {
  const { digits } = useWords();
  return (
    <bdi className="code" dir="ltr">
      {digits(maskNationalId(nationalId))}
    </bdi>
  );
}

/** A day in words; for who reads English with the Gregorian one, small. */
export function Day({ day }: { readonly day: string }) {
  const words = useWords();
  return (
    <time dateTime={day}>
      {words.day(day)}
      {words.language === 'en' && <small> ({formatGregorian(day)})</small>}
    </time>
  );
}

export interface SummaryRow {
  readonly name: string;
  readonly value: ReactNode;
  /** Where this can be changed. */
  readonly change?: { readonly href: string; readonly label: ReactNode } | undefined;
}

export function SummaryList({ rows }: { readonly rows: readonly SummaryRow[] }) {
  return (
    <dl className="summary">
      {rows.map(({ name, value, change }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          {change !== undefined && (
            <dd>
              <a href={change.href}>{change.label}</a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** On narrow screens each row is a card whose lines carry the names of their columns. */
export function Table({ caption, columns, rows }: TableProps) {
  return (
    <table>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={columns[index]} data-column={columns[index]}>
                <span>{cell}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
