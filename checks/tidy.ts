import ts from 'typescript';
import { isCode, isTest, type TextFile } from './tracked-files.ts';

export interface Rule {
  readonly name: string;
  /** Every breach in one file, each naming its line. */
  readonly find: (file: TextFile) => string[];
  /** A file that breaks the rule, so that the rule is seen to work. */
  readonly planted: TextFile;
}

const maxFunctionLines = 70;
const maxFileLines = 400;

/** The words are written in two halves here, so that this file keeps its own rules. */
const word = (...halves: string[]): string => halves.join('');
const unfinished = [word('TO', 'DO'), word('FIX', 'ME'), word('XX', 'X')];
const switchedOff = ['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails'];
const silencers = [
  word('@ts-', 'ignore'),
  word('@ts-', 'nocheck'),
  word('@ts-', 'expect-error'),
  word('eslint-', 'disable'),
];
const folderNames = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'managers', 'service', 'services'];

const isKeptAsFound = (path: string): boolean => path.startsWith('law/sources/') || path === 'LICENSE';
const isGenerated = (path: string): boolean => path.includes('/generated/') || path === 'package-lock.json';
const isTable = (path: string): boolean => isTest(path) || /\.cases\.ts$/.test(path);

export const rules: readonly Rule[] = [
  {
    name: 'folders and files are named by the insurer’s nouns, not by patterns',
    find: ({ path }) => path.split(/[/.-]/).filter((part) => folderNames.includes(part)),
    planted: { path: 'server/inquiry/date-helpers.ts', text: '' },
  },
  {
    name: 'nothing is left unfinished',
    find: ({ path, text }) =>
      isKeptAsFound(path) || isGenerated(path) ? [] : matches(text, new RegExp(`\\b(?:${unfinished.join('|')})\\b`)),
    planted: { path: 'law/decide.ts', text: `// ${word('TO', 'DO')}: ask the insurer` },
  },
  {
    name: 'every test runs',
    find: ({ path, text }) =>
      isTest(path)
        ? matches(
            text,
            new RegExp(
              `\\b(?:it|test|describe)(?:\\.\\w+)*\\.(?:${switchedOff.join('|')})\\b|\\bx(?:it|test|describe)\\(|\\b${switchedOff[0] ?? ''}: true\\b`,
            ),
          )
        : [],
    planted: { path: 'law/decide.test.ts', text: `it.${word('sk', 'ip')}('decides', () => {});` },
  },
  {
    name: 'no check is switched off in the code',
    find: ({ path, text }) => (isCode(path) ? matches(text, new RegExp(silencers.join('|'))) : []),
    planted: { path: 'law/decide.ts', text: `// ${word('@ts-', 'ignore')}` },
  },
  {
    name: 'nothing has the type any',
    find: (file) => findNodes(file, (node) => node.kind === ts.SyntaxKind.AnyKeyword),
    planted: { path: 'law/decide.ts', text: 'export const a = 1 as any;' },
  },
  {
    name: `functions have at most ${maxFunctionLines} lines of code`,
    find: (file) => (isTest(file.path) ? [] : findNodes(file, isLongFunction)),
    planted: { path: 'law/decide.ts', text: `function decide() {\n${'  next();\n'.repeat(maxFunctionLines)}}` },
  },
  {
    name: `files have at most ${maxFileLines} lines`,
    find: ({ path, text }) => {
      const lines = text.split('\n').length - 1;
      const counted = isCode(path) && !isTable(path) && !isGenerated(path);
      return counted && lines > maxFileLines ? [`${lines} lines`] : [];
    },
    planted: { path: 'law/decide.ts', text: 'next();\n'.repeat(maxFileLines + 1) },
  },
  {
    name: 'no line ends in blanks',
    find: ({ path, text }) => (isKeptAsFound(path) || isGenerated(path) ? [] : matches(text, /[ \t\r]$/)),
    planted: { path: 'README.md', text: 'Estehqaq \n' },
  },
  {
    name: 'the law depends on no package',
    find: ({ path, text }) =>
      path === 'law/package.json' && !/"dependencies": \{\}/.test(text) ? ['its "dependencies" are not {}'] : [],
    planted: { path: 'law/package.json', text: '{ "dependencies": { "left-pad": "1.0.0" } }' },
  },
  {
    name: 'the lock file names no download address',
    find: ({ path, text }) => (path === 'package-lock.json' ? matches(text, /"resolved": "http/) : []),
    planted: { path: 'package-lock.json', text: `"resolved": "${word('ht', 'tp')}://example.org/a.tgz"` },
  },
  {
    name: 'no package registry is named',
    find: ({ text }) => matches(text, /\bregistry\.[a-z]+\.(?:org|com|net|io)\b/),
    planted: { path: '.npmrc', text: `registry=https://${word('regis', 'try')}.npmjs.org/` },
  },
  {
    name: 'no path of one machine is named',
    find: ({ text }) => matches(text, /(?<![\w.:/~-])\/(?:home|Users|root|work)\/|\b[A-Z]:\\Users\\/),
    planted: { path: 'README.md', text: `cd ${word('/ho', 'me')}/someone/estehqaq` },
  },
];

function matches(text: string, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line, index) => {
    const found = pattern.exec(line);
    return found === null ? [] : [`line ${index + 1}: ${found[0].trim()}`];
  });
}

function findNodes({ path, text }: TextFile, holds: (node: ts.Node, source: ts.SourceFile) => boolean): string[] {
  if (!isCode(path) || isGenerated(path)) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (holds(node, source)) {
      found.push(`line ${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isLongFunction(node: ts.Node, source: ts.SourceFile): boolean {
  return ts.isFunctionLike(node) && countCodeLines(node, source) > maxFunctionLines;
}

/** Lines on which a token stands: neither blank lines nor comments. */
function countCodeLines(node: ts.Node, source: ts.SourceFile): number {
  const lines = new Set<number>();
  const visit = (each: ts.Node): void => {
    if (ts.isJSDoc(each)) return;
    const children = each.getChildren(source);
    children.forEach(visit);
    if (children.length > 0 || each.getWidth(source) === 0) return;
    const last = source.getLineAndCharacterOfPosition(each.getEnd()).line;
    for (let line = source.getLineAndCharacterOfPosition(each.getStart(source)).line; line <= last; line += 1) {
      lines.add(line);
    }
  };
  visit(node);
  return lines.size;
}
