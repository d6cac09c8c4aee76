import type { Command } from 'commander';
import {
  coverageOfTheLaw,
  findProvisions,
  InvalidParametersFile,
  parametersOn,
  readParametersFile,
  shippedBook,
  type Coverage,
  type ParameterOnDay,
  type ProvisionText,
} from '../../cases/index.ts';
import { dayOption } from './day-option.ts';

export function addLaw(program: Command): void {
  const law = program.command('law').description('read the regulations as they are coded');
  law
    .command('clauses')
    .argument('[id]', 'a clause like M-24; without it, all')
    .description('the words of the clauses, how they are read, what is in doubt, where they are kept')
    .option('--json', 'print JSON')
    .action(clauses);
  law
    .command('parameters')
    .description('the dated figures, with reference and provenance')
    .option('--on <day>', 'the figures in force on a day: 2019-10-23, or 1398/08/01 (Solar Hijri)', dayOption)
    .option('--parameters <file>', 'lay the dated rows of this JSON file over the shipped figures')
    .option('--json', 'print JSON')
    .action(figures);
  law.command('coverage').description('in whose hands each clause is').option('--json', 'print JSON').action(coverage);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function clauses(id: string | undefined, { json }: { json?: true }, command: Command): void {
  const provisions = findProvisions(id);
  if (provisions.length === 0)
    command.error(`error: there is no clause ${String(id)}; they are T-01 to T-38 and M-01 to M-64`);
  const byClause = new Map(coverageOfTheLaw().map((one) => [one.clause, one]));
  const known = provisions.map((provision) => ({ ...provision, coverage: byClause.get(provision.clause) }));
  if (json === true) print([JSON.stringify(known, null, 2)]);
  else print(known.map((provision) => provisionText(provision)));
}

function provisionText({
  clause,
  source,
  fa,
  en,
  doubts,
  rules,
  coverage: kept,
}: ProvisionText & { coverage: Coverage | undefined }): string {
  return [
    `${clause}  ${source.en} (${source.provenance})`,
    `    «${fa}»`,
    `    ${en}`,
    ...rules.flatMap(({ found }) =>
      found === null ? [] : [`    rule: ${found.fa} — ${found.en} (${found.reference.en})`],
    ),
    ...rules.flatMap((rule) => {
      const of = [
        ...(rule.exceptionTo.length > 0 ? [`exception to ${rule.exceptionTo.join(', ')}`] : []),
        ...(rule.facts.length > 0 ? [`asks for ${rule.facts.join(', ')}`] : []),
        ...(rule.figures.length > 0 ? [`reckons with ${rule.figures.join(', ')}`] : []),
      ];
      return of.length === 0 ? [] : [`    ${of.join('; ')}`];
    }),
    ...doubts.map((doubt) => `    doubt: ${doubt}`),
    ...(kept === undefined ? [] : [`    ${coverageText(kept)}`]),
    '',
  ].join('\n');
}

async function figures(
  { on, parameters, json }: { on?: ReturnType<typeof dayOption>; parameters?: string; json?: true },
  command: Command,
): Promise<void> {
  const book =
    parameters === undefined
      ? shippedBook
      : await readParametersFile(parameters).catch((error: unknown) => {
          if (error instanceof InvalidParametersFile) command.error(`error: ${error.message}`);
          throw error;
        });
  const known = parametersOn(on, book);
  if (json === true) print([JSON.stringify(known, null, 2)]);
  else print(known.flatMap(parameterText));
}

function parameterText({ name, fa, en, unit, rows }: ParameterOnDay): string[] {
  const values = rows.map(({ from, value, reference, provenance }) => {
    const written = JSON.stringify(value);
    return `    ${from}  ${written.padStart(12)}  ${provenance.padEnd(8)}${reference.en}`;
  });
  return [`${name} (${unit}) — ${fa} — ${en}`, ...(values.length > 0 ? values : ['    no value on this day']), ''];
}

function coverageText({ hands, where, how }: Coverage): string {
  return [`${hands}:`, where.join(', '), how].filter((part) => part !== '').join(' ');
}

function coverage({ json }: { json?: true }): void {
  const all = coverageOfTheLaw();
  if (json === true) {
    print([JSON.stringify(all, null, 2)]);
    return;
  }
  const covered = all.filter(({ hands, where, how }) => where.length > 0 || (hands === 'no rule' && how !== ''));
  const toCome = all.filter(({ hands }) => hands === 'to be kept by the system');
  print([
    ...all.map((one) => `${one.clause}  ${coverageText(one)}`),
    '',
    `${String(covered.length)} of ${String(all.length)} clauses are in somebody's hands, ${String(toCome.length)} of them in those of features to come`,
  ]);
  if (covered.length < all.length) process.exitCode = 1;
}
