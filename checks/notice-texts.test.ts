import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decileTexts } from '../server/notices/index.ts';
import { normalised } from './normalised.ts';
import { root } from './tracked-files.ts';

it('M-61: the verbatim wording is the source letter by letter, where it leaves room for salutation and decile', () => {
  const source = normalised(readFileSync(join(root, 'law/sources/ihio-1398.txt'), 'utf8'));
  const filled = decileTexts.verbatim.fa.join(' ').replace('{sex}', 'جنابعالی/سركار عالی').replace(' {decile}', '...');
  expect(filled.length).toBeGreaterThan(500);
  expect(source).toContain(normalised(filled));
});
