import { describe, expect, it } from 'vitest';
import { findBreaches, readImports } from './import-direction.ts';
import { isCode, readTextFiles } from './tracked-files.ts';

const sources = readTextFiles()
  .filter(({ path }) => isCode(path))
  .map(readImports);

describe('who may import whom', () => {
  it.each(['law/', 'server/', 'checks/'])('was looked at in %s', (folder) => {
    expect(sources.filter(({ file }) => file.startsWith(folder))).not.toEqual([]);
  });

  it('is kept', () => {
    expect(findBreaches(sources)).toEqual([]);
  });
});

describe('the check finds', () => {
  it.each([
    ['a package in the law', 'law/decide.ts', 'commander'],
    ['Node in the law', 'law/decide.ts', 'node:fs'],
    ['the server in the law', 'law/decide.ts', '../server/platform/index.ts'],
    ['the server in a test of the law', 'law/decide.test.ts', '../server/platform/index.ts'],
    ['a channel that decides', 'server/channels/sms/answer.ts', '@estehqaq/law'],
    ['the law entered by a window', 'server/inquiry/ask.ts', '@estehqaq/law/clauses/index.ts'],
    ['the law by a relative path', 'server/inquiry/ask.ts', '../../law/index.ts'],
    ['a feature entered by a window', 'server/inquiry/ask.ts', '../membership/dossier-store.ts'],
    ['an import leftwards', 'server/membership/index.ts', '../inquiry/index.ts'],
    ['an import within a column', 'server/inquiry/ask.ts', '../enrolment/index.ts'],
    ['a feature that is not in the table', 'server/inquiry/ask.ts', '../billing/index.ts'],
    ['an import from outside the table', 'server/billing/bill.ts', '../platform/index.ts'],
    ['main.ts imported', 'server/inquiry/ask.ts', '../main.ts'],
    ['main.ts imported from a check', 'checks/some.test.ts', '../server/main.ts'],
    ['the law in the portal', 'portal/insured/answer.tsx', '@estehqaq/law'],
    ['the server in the portal', 'portal/insured/answer.tsx', '../../server/inquiry/index.ts'],
    ['a check in the server', 'server/platform/log.ts', '../../checks/tracked-files.ts'],
    ['a file without its ending', 'server/inquiry/ask.ts', './answer-store'],
    ['a file with another ending', 'server/inquiry/ask.ts', './answer-store.js'],
    ['a computed name', 'server/inquiry/ask.ts', null],
  ])('%s', (_, file, specifier) => {
    expect(findBreaches([{ file, imports: [specifier] }])).toHaveLength(1);
  });

  it('a circle, once', () => {
    const circle = [
      { file: 'law/a.ts', imports: ['./b.ts'] },
      { file: 'law/b.ts', imports: ['./c.ts'] },
      { file: 'law/c.ts', imports: ['./a.ts'] },
    ];
    expect(findBreaches(circle)).toEqual(['a circle: law/a.ts → law/b.ts → law/c.ts → law/a.ts']);
  });
});

describe('the check allows', () => {
  it.each([
    ['the law its own files', 'law/clauses/mandatory-insurance/article-2.ts', '../../words/index.ts'],
    ['a test of the law its tools', 'law/decide.test.ts', 'vitest'],
    ['a feature the law', 'server/cases/decide-case.ts', '@estehqaq/law'],
    ['a feature what stands to its right', 'server/channels/web/answer.ts', '../../platform/index.ts'],
    ['a feature its own files', 'server/inquiry/ask.ts', './answer-store.ts'],
    ['a feature a package', 'server/channels/command-line/program.ts', 'commander'],
    ['main.ts anything', 'server/main.ts', './channels/command-line/program.ts'],
    ['the launcher main.ts', 'server/estehqaq.js', './main.ts'],
    ['a bench anything', 'bench/run.ts', '../law/decide.ts'],
  ])('%s', (_, file, specifier) => {
    expect(findBreaches([{ file, imports: [specifier] }])).toEqual([]);
  });
});

describe('imports are read', () => {
  it.each([
    ['import', `import { a } from './a.ts';`],
    ['import for its effect', `import './a.ts';`],
    ['import of a type', `import type { A } from './a.ts';`],
    ['export', `export * from './a.ts';`],
    ['import when running', `const a = await import('./a.ts');`],
    ['import inside a type', `type A = import('./a.ts').A;`],
  ])('%s', (_, text) => {
    expect(readImports({ path: 'law/b.ts', text }).imports).toEqual(['./a.ts']);
  });

  it('of a computed name', () => {
    expect(readImports({ path: 'law/b.ts', text: 'await import(name);' }).imports).toEqual([null]);
  });
});
