import { report } from '../report.ts';
import { countTold, readTold, requireNone } from './told.ts';
import type { ServedPhones } from './served-phones.ts';

/** Everybody writes at once; each is answered once, under a tracking code of one's own that stands in the journal. */
export async function answerBurst(phones: ServedPhones): Promise<void> {
  const { subscribers } = phones;
  const { per_s: rate, sent } = await phones.burst(subscribers.map(({ mobile }) => ({ mobile, text: '0' })));
  report('people who wrote', subscribers.length, '');
  report('messages sent to the server', sent, '');
  report('answered', rate, 'inquiries/s');
  const { codes, ...wrong } = countTold(await readTold(phones), subscribers);
  report('different tracking codes', codes, '');
  for (const [what, count] of Object.entries(wrong)) report(`  ${what}`, count, '');
  requireNone({ ...wrong, codesMissing: subscribers.length - codes });
}
