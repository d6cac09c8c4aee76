import { expect, it } from 'vitest';
import { textVersion } from '../law/version.ts';
import { textVersionNow } from './law-version.ts';

it('the law’s version names the law as it stands; `npm run law:version` writes it', () => {
  expect(textVersion).toBe(textVersionNow());
});
