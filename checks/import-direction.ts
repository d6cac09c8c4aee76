import { posix } from 'node:path';
import ts from 'typescript';
import { isTest, type TextFile } from './tracked-files.ts';

/** Who may import whom: the features of the server from left to right. A feature imports only what stands to its right. */
const columns: readonly (readonly string[])[] = [
  ['channels'],
  // Plays the days of years over everything below: it runs the jobs, and the command line starts it.
  ['rehearsal'],
  ['jobs'],
  ['inquiry', 'enrolment', 'objections', 'identity'],
  ['cases', 'contributions', 'decisions', 'notices'],
  ['membership'],
  ['database', 'registries'],
  ['platform', 'config.ts'],
];

const mayImportLaw = ['cases', 'inquiry', 'enrolment', 'contributions', 'decisions', 'membership', 'rehearsal'];
const mayImportAnything = ['bench', 'checks'];

const lawDoor = 'law/index.ts';
/** What tests may enter beside a feature's door. */
const databaseForTests = 'server/database/testing.ts';
const main = 'server/main.ts';
/** What wires; the second one the commands that need the law alone, so that they load nothing else. */
const mains = [main, 'server/law-main.ts'];
const launcher = 'server/estehqaq.js';

const packages = new Map([
  ['@estehqaq/law', lawDoor],
  ['@estehqaq/portal', 'portal/index.ts'],
  ['estehqaq', main],
]);

export interface Imports {
  readonly file: string;
  /** As written; a computed name is `null`. */
  readonly imports: readonly (string | null)[];
}

export function readImports({ path, text }: TextFile): Imports {
  const imports: (string | null)[] = [];
  const literal = (node: ts.Node | undefined): string | null =>
    node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) imports.push(literal(node.moduleSpecifier));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      imports.push(literal(node.moduleSpecifier));
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      imports.push(literal(node.argument.literal));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      imports.push(literal(node.arguments[0]));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return { file: path, imports };
}

/** Every breach of the table above, as a sentence. */
export function findBreaches(sources: readonly Imports[]): string[] {
  const breaches = sources.flatMap(({ file, imports }) =>
    imports.flatMap((specifier) => {
      const fault = specifier === null ? 'a computed name cannot be checked' : faultOf(file, specifier);
      return fault === undefined ? [] : [`${file} imports ${specifier ?? 'something'}: ${fault}`];
    }),
  );
  return [...breaches, ...findCircles(sources)];
}

function faultOf(file: string, specifier: string): string | undefined {
  if (/^\.(?!.*\.(?:tsx?|json|css|svg)$)/.test(specifier)) return 'imports name the file, with .ts';
  const target = resolve(file, specifier);
  const from = workspaceOf(file);
  if (mains.includes(target ?? '') && file !== launcher) return 'nothing imports main.ts';
  if (mayImportAnything.includes(from) || isFree(file)) return undefined;
  if (specifier.startsWith('.') && target !== undefined && workspaceOf(target) !== from) {
    return 'a relative path leaves its workspace';
  }
  if (from === 'law') return lawFault(file, target);
  if (target === undefined || file === launcher) return undefined;
  if (from === 'portal') return workspaceOf(target) === 'portal' ? undefined : 'the portal knows the web API alone';
  return serverFault(file, target);
}

/** Files in no workspace, and those that wire. */
function isFree(file: string): boolean {
  return workspaceOf(file) === file || mains.includes(file);
}

function lawFault(file: string, target: string | undefined): string | undefined {
  if (target !== undefined) return workspaceOf(target) === 'law' ? undefined : 'the law imports nothing but the law';
  return isTest(file) ? undefined : 'the law imports nothing but the law';
}

/** A test, or a file beside tests that serves them alone. */
function isForTests(file: string): boolean {
  return isTest(file) || /\/testing(?:-\w+)*\.ts$/.test(file);
}

function serverFault(file: string, target: string): string | undefined {
  const from = featureOf(file);
  if (workspaceOf(target) === 'law') {
    if (!mayImportLaw.includes(from)) return `${from} may not import the law`;
    return target === lawDoor ? undefined : 'the law is entered by its index.ts';
  }
  if (target === databaseForTests && isForTests(file)) return undefined;
  if (workspaceOf(target) === 'portal') return 'the server does not know the portal';
  const to = featureOf(target);
  if (to === from) return undefined;
  const fromColumn = columnOf(from);
  const toColumn = columnOf(to);
  if (fromColumn < 0) return `${from} has no place in the table of checks/import-direction.ts`;
  if (toColumn < 0) return `${to} has no place in the table of checks/import-direction.ts`;
  if (toColumn <= fromColumn) return `${to} does not stand to the right of ${from}`;
  return target === `server/${to}` || target === `server/${to}/index.ts`
    ? undefined
    : `${to} is entered by its index.ts`;
}

/** The path that a specifier means, from the root; undefined for other people's packages and Node's own. */
function resolve(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : findOwnPackage(specifier);
}

function findOwnPackage(specifier: string): string | undefined {
  for (const [name, door] of packages) {
    if (specifier === name) return door;
    if (specifier.startsWith(`${name}/`)) return posix.join(posix.dirname(door), specifier.slice(name.length + 1));
  }
  return undefined;
}

function workspaceOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function featureOf(path: string): string {
  return path.split('/')[1] ?? path;
}

function columnOf(feature: string): number {
  return columns.findIndex((column) => column.includes(feature));
}

function findCircles(sources: readonly Imports[]): string[] {
  const targets = new Map(
    sources.map(({ file, imports }) => [
      file,
      imports.flatMap((specifier) => (specifier === null ? [] : (resolve(file, specifier) ?? []))),
    ]),
  );
  const circles: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (finished.has(file)) return;
    const start = path.indexOf(file);
    if (start >= 0) {
      circles.push(`a circle: ${[...path.slice(start), file].join(' → ')}`);
      return;
    }
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    finished.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}
