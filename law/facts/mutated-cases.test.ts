import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../decide.ts';
import { numbersPerCase, pickingBy, someHousehold, somePerson, type Pick } from '../decide/random.cases.ts';
import { readCaseText } from './read-case.ts';

const strange: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  2 ** 53,
  '',
  'self',
  '2021-02-29',
  '1399-12-30',
  '2121-03-20',
  '1921-03-21',
  true,
  [],
  {},
  [null],
  { class: 'insured' },
];

type Container = Record<string, unknown>;

function containersOf(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containersOf)];
}

/** Changes one place of a document: a strange value, a key away, a key too many, a value twice or moved elsewhere. */
function mutate(document: Container, pick: Pick): void {
  const containers = containersOf(document);
  const container = containers[pick(containers.length)] ?? document;
  const keys = Object.keys(container);
  const key = keys[pick(Math.max(1, keys.length))] ?? 'kind';
  switch (pick(5)) {
    case 0:
      container[key] = structuredClone(strange[pick(strange.length)]);
      break;
    case 1:
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else Reflect.deleteProperty(container, key);
      break;
    case 2:
      if (Array.isArray(container)) container.push(structuredClone(container[0] ?? null));
      else container[['~/', 'paidon', '', 'person', '7', 'constructor'][pick(6)] ?? ''] = null;
      break;
    case 3:
      container[key] = structuredClone(containers[pick(containers.length)]);
      break;
    default:
      if (!Array.isArray(container)) {
        const value = container[key];
        Reflect.deleteProperty(container, key);
        container[key] = value;
      }
  }
}

const mutated = fc
  .array(fc.nat({ max: 0xff_ffff }), { minLength: numbersPerCase, maxLength: numbersPerCase })
  .map((numbers) => {
    const pick = pickingBy(numbers);
    const mutations = 1 + pick(3);
    const own = Array.from({ length: 3 * 6 }, () => pick(0xff_ffff));
    const document = structuredClone(pick(2) === 0 ? someHousehold(pick) : somePerson(pick)) as Container;
    const mutating = pickingBy(own);
    for (let round = 0; round < mutations; round += 1) mutate(document, mutating);
    return document;
  });

/** Whether the pointer leads to a place in the document, or to a key that an object there might have. */
function resolves(pointer: string, document: unknown): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  const keys = pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  let container: unknown = document;
  for (const [depth, key] of keys.entries()) {
    if (typeof container !== 'object' || container === null) return false;
    if (!Object.hasOwn(container, key)) return depth === keys.length - 1 && !Array.isArray(container);
    container = (container as Container)[key];
  }
  return true;
}

it('mutated cases are decided or refused with a pointer that leads somewhere', () => {
  const counts = { decided: 0, refused: 0 };
  fc.assert(
    fc.property(mutated, (document) => {
      const read = readCaseText(JSON.stringify(document));
      const answer = 'error' in read ? read : decide(read);
      const caseId = document['caseId'];
      expect(answer.caseId).toBe(typeof caseId === 'string' ? caseId : null);
      if ('error' in answer) {
        counts.refused += 1;
        expect(answer.error).toEqual({ code: 'INVALID_CASE', path: answer.error.path, message: answer.error.message });
        expect(answer.error.message).toMatch(/^expected |^unknown key/);
        expect({ path: answer.error.path, resolves: resolves(answer.error.path, document) }).toMatchObject({
          resolves: true,
        });
      } else {
        counts.decided += 1;
        expect(answer.kind).toBe(document['kind']);
        expect(answer.clauses.length).toBeGreaterThan(0);
      }
    }),
    { seed: 53, numRuns: 4_000 },
  );
  expect(counts.decided).toBeGreaterThan(200);
  expect(counts.refused).toBeGreaterThan(1_000);
});

it('any JSON at all is answered, never with a crash', () => {
  fc.assert(
    fc.property(fc.json(), (line) => {
      const read = readCaseText(line);
      expect(read).toHaveProperty('error.code', 'INVALID_CASE');
    }),
    { seed: 54, numRuns: 2_000 },
  );
});

it('any text at all is answered, never with a crash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (line) => {
      expect(readCaseText(line)).toHaveProperty('error.code', 'INVALID_CASE');
    }),
    { seed: 55, numRuns: 2_000 },
  );
});
