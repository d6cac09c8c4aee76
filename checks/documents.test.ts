import { describe, expect, it } from 'vitest';
import { findDeadLinks } from './documents.ts';
import { readTextFiles } from './tracked-files.ts';

const files = readTextFiles();
const paths = files.map(({ path }) => path);
const documents = files.filter(({ path }) => path.endsWith('.md'));
const readme = documents.find(({ path }) => path === 'README.md');

describe('the documents', () => {
  it.each(['npm ci && npm start', 'npm ci && npm test'])('README says: %s', (command) => {
    expect(readme?.text).toContain(command);
  });

  it('have no dead link', () => {
    expect(documents.flatMap((document) => findDeadLinks(document, paths))).toEqual([]);
  });
});

describe('dead links', () => {
  const linksIn = (text: string): string[] =>
    findDeadLinks({ path: 'adr/0001.md', text }, ['README.md', 'adr/0002.md']);

  it.each([
    ['a file that is not there', '[gone](0003.md)', ['adr/0001.md: 0003.md']],
    ['a picture that is not there', '![gone](../picture.svg)', ['adr/0001.md: ../picture.svg']],
    ['a file in its folder', '[next](0002.md)', []],
    ['a file above, with a heading', '[read](../README.md#what)', []],
    ['a folder', '[all](../adr/)', []],
    ['a place in the same file', '[below](#below)', []],
    ['an address', '[outside](https://example.org/a)', []],
    ['a link in code', '`[not](a-link)`', []],
  ])('%s', (_, text, expected) => {
    expect(linksIn(text)).toEqual(expected);
  });
});
