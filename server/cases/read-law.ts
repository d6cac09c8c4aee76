import {
  allClauses,
  findDay,
  findHijriDay,
  parameters,
  shippedBook,
  sources,
  type Book,
  type Clause,
  type ClauseId,
  type Day,
  type FigureName,
  type Source,
  type Words,
} from '@estehqaq/law';

/** A sentence of a regulation as it is read, with the rules that stand beside it. */
export interface ProvisionText {
  readonly clause: ClauseId;
  readonly source: Pick<Source, 'fa' | 'en' | 'provenance'>;
  readonly fa: string;
  readonly en: string;
  readonly doubts: readonly string[];
  readonly rules: readonly {
    readonly found: (Words & { readonly reference: Words }) | null;
    readonly exceptionTo: readonly ClauseId[];
    readonly facts: readonly string[];
    readonly figures: readonly string[];
    readonly inForce: Clause['inForce'];
  }[];
}

/** The clauses with this id, or all: none where there is no such clause. */
export function findProvisions(id?: string): ProvisionText[] {
  const ids = new Set(
    allClauses.map((clause) => clause.cite).filter((cite) => id === undefined || cite === id.toUpperCase()),
  );
  return [...ids].map((cite) => {
    const handled = allClauses.filter((clause) => clause.cite === cite);
    const rules = handled.filter((clause) => clause.kind === 'rule');
    const [first] = handled;
    const source = sources.find(({ instrument }) => cite.startsWith(instrument));
    if (first === undefined || source === undefined) throw new RangeError(`${cite} has no source`);
    return {
      clause: cite,
      source: { fa: source.fa, en: source.en, provenance: source.provenance },
      fa: first.fa,
      en: first.en,
      doubts: first.doubts ?? [],
      rules: rules.map(({ rule, exceptionTo, facts, figures, inForce }) => ({
        found: rule ?? null,
        exceptionTo: exceptionTo.map((general) => general.cite),
        facts,
        figures,
        inForce,
      })),
    };
  });
}

export interface ParameterOnDay {
  readonly name: FigureName;
  readonly fa: string;
  readonly en: string;
  readonly unit: string;
  readonly rows: readonly {
    readonly from: string;
    readonly value: unknown;
    readonly reference: Words;
    readonly provenance: string;
  }[];
}

/** Every figure with all its rows; or, for a day, with the row in force on it, if there is one. */
export function parametersOn(day?: Day, book: Book = shippedBook): ParameterOnDay[] {
  return (Object.keys(parameters) as FigureName[]).map((name) => {
    const { name: words, unit } = parameters[name];
    const known = book.rows[name];
    const inForce = day === undefined ? known : known.filter((row) => row.fromDay <= day).slice(-1);
    const rows = inForce.map(({ from, value, reference, provenance }) => ({ from, value, reference, provenance }));
    return { name, fa: words.fa, en: words.en, unit, rows };
  });
}

/** `2019-10-23` is Gregorian, `1398/08/01` Solar Hijri. */
export function findDayInEitherCalendar(text: string): Day | undefined {
  return text.includes('/') ? findHijriDay(text) : findDay(text);
}
