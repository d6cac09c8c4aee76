import { isoDay, type Day } from '@estehqaq/law';
import { generatedIds } from './generated-ids.ts';
import { usualDay } from './generate-people.ts';
import { familyNames, providerKindsInWords, providerNames } from './persian-names.ts';
import { SeededRandom } from './seeded-random.ts';

const firstCode = 100_001;

/** So many kinds of each, as an insurer has them. */
const kinds = ['physician', 'physician', 'pharmacy', 'physician', 'paraclinic', 'clinic', 'hospital'] as const;

/**
 * Made-up providers as lines of NDJSON for `import providers`: owned and contracted ones of every kind, some of them
 * suspended or with a contract that is over. The same arguments give the same lines.
 */
export function* generateProviders(count: number, seed: number, asOf: Day = usualDay): Generator<string> {
  const random = new SeededRandom(seed + 1);
  const { mobile } = generatedIds(seed + 500_009);
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length] ?? 'physician';
    const ownership = kind !== 'physician' && random.isOneIn(5) ? 'owned' : 'contracted';
    const isOver = index >= kinds.length && random.isOneIn(20);
    const contract = {
      contractFrom: isoDay((asOf - random.from(400, 2500)) as Day),
      ...(isOver ? { contractUntil: isoDay((asOf - random.from(1, 300)) as Day) } : {}),
    };
    yield JSON.stringify({
      code: String(firstCode + index),
      name: `${providerKindsInWords[kind]} ${random.pick(kind === 'physician' ? familyNames : providerNames)}`,
      kind,
      ownership,
      ...(ownership === 'contracted' && contract),
      suspended: index >= kinds.length && random.isOneIn(30),
      mobiles: Array.from({ length: random.from(1, 2) }, mobile),
      licence: `T-${random.from(10_000, 99_999)}`,
    });
  }
}
