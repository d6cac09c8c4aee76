import { shippedBook, type Day } from '@estehqaq/law';
import { judgeInquiry } from '../decisions/index.ts';
import type { EnrolmentParts } from './parts.ts';

/** The law says who is contracted (T-20); the person does not matter to it. */
export function isContracted({ directory }: Pick<EnrolmentParts, 'directory'>, code: string, on: Day): boolean {
  const provider = directory.find(code);
  if (provider === undefined) return false;
  const { outcome } = judgeInquiry(
    {
      ...{ askerKind: 'provider', provider, setting: 'outpatient', on, record: undefined, otherCovers: null },
      ...{ findPrincipal: () => undefined, links: { msrt: false, sabtAsnad: false } },
    },
    shippedBook,
  );
  return outcome !== 'NOT_CONTRACTED';
}
