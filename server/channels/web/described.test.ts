import fc from 'fast-check';
import { Compile } from 'typebox/schema';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { generatePeople } from '../../membership/index.ts';
import { createRealWeb } from './testing.ts';

/** Every route is asked what its own description allows, and what it does not; each answer must be as described. */

type Schema = Readonly<Record<string, unknown>>;

interface Operation {
  readonly security?: readonly object[];
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const known = [...generatePeople(3, 1)].map((line) => (JSON.parse(line) as { nationalId: string }).nationalId);
const ids = [...known, '0012345679', '۰۰۱۲۳۴۵۶۷۹', '12345679', '0012345678', '123456789012', 'x', ''];

function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map(arbitraryOf));
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  return arbitraryOfType(schema);
}

function arbitraryOfType(schema: Schema): fc.Arbitrary<unknown> {
  const { type, properties, items, pattern, maxLength } = schema as {
    type?: string;
    properties?: Record<string, Schema>;
    items?: Schema;
    pattern?: string;
    maxLength?: number;
  };
  switch (type) {
    case 'object': {
      const required = (schema['required'] ?? []) as string[];
      const fields = Object.entries(properties ?? {}).map(([name, each]) => [
        name,
        name === 'nationalId' ? fc.constantFrom(...ids) : arbitraryOf(each),
      ]);
      return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: required });
    }
    case 'array':
      return fc.array(arbitraryOf(items ?? {}), { maxLength: 3 });
    case 'string':
      if (schema['format'] === 'date') return fc.constantFrom('2020-05-21', '2026-11-23', '1999-02-30', '0000-00-00');
      return pattern === undefined
        ? fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength ?? 50, 50) })
        : fc.stringMatching(new RegExp(pattern));
    case 'integer':
    case 'number':
      return fc.integer();
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** As described; or with a field too many, or something else altogether. */
function bodyOf(schema: Schema): fc.Arbitrary<string> {
  const described = arbitraryOf(schema);
  const spoilt = fc
    .tuple(described, fc.string(), fc.jsonValue())
    .map(([body, name, value]) => (typeof body === 'object' ? { ...body, [name]: value } : value));
  return fc.oneof(
    { arbitrary: described.map((body) => JSON.stringify(body)), weight: 4 },
    { arbitrary: spoilt.map((body) => JSON.stringify(body)), weight: 2 },
    fc.json(),
    fc.string(),
  );
}

const database = await freshDatabase();
const { app, bearer, close } = await createRealWeb(database);
afterAll(async () => {
  await close();
  await database.close();
});

const described = (await app.inject('/openapi.json')).json<Described>();
const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
);

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and has every route of the contract', () => {
    expect(described.openapi).toBe('3.1.0');
    expect(operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'post /v1/inquiries',
        'get /v1/inquiries/{trackingCode}',
        'post /v1/decisions',
        'get /v1/people/me/inquiries',
        'get /healthz',
        'get /readyz',
      ]),
    );
  });

  it.each(operations)('holds for $name', async ({ path, method, operation }) => {
    const { parameters = [], requestBody, responses } = operation;
    const checks = new Map(
      Object.entries(responses).flatMap(([status, { content }]) =>
        Object.entries(content ?? {})
          // Told only to whoever accepts it by name.
          .filter(([type]) => type !== 'text/csv')
          .map(([, { schema }]) => [status, Compile(schema)] as const),
      ),
    );
    const holders = [
      { kind: 'provider', code: '100001' },
      { kind: 'provider', code: 'nobody' },
      { kind: 'self', person: 12345679n },
      { kind: 'staff', user: 'reza', role: 'administrator' },
    ] as const;
    const tokens = await Promise.all(holders.map((holder) => bearer(holder)));
    const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
    const request = fc.record({
      token: fc.constantFrom(...tokens, { authorization: 'Bearer x' }, {}),
      inPath: fc.oneof(fc.constantFrom(...ids, '4819205733161234'), fc.string({ minLength: 1 })),
      query: fc.dictionary(
        fc.constantFrom('before', 'limit', 'purpose', 'after', 'nationalId', 'Authority', 'x'),
        fc.string(),
        { noNullPrototype: true },
      ),
      withQuery: fc.boolean(),
      body: schema === undefined ? fc.constant(undefined) : bodyOf(schema),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ token, inPath, query, withQuery, body }) => {
        const inQuery = parameters.filter((parameter) => parameter.in === 'query');
        const url = path.replace(/\{\w+\}/g, encodeURIComponent(inPath));
        const answer = await app.inject({
          method: method.toUpperCase() as 'GET' | 'POST',
          url,
          ...(inQuery.length > 0 && withQuery && { query }),
          headers: { ...token, ...(body !== undefined && { 'content-type': 'application/json' }) },
          ...(body !== undefined && { payload: body }),
        });
        expect(answer.statusCode, answer.body).not.toBe(500);
        const check = checks.get(String(answer.statusCode));
        expect(check, `${answer.statusCode} is not described: ${answer.body}`).toBeDefined();
        const told = answer.json<unknown>();
        expect(check?.Check(told), answer.body).toBe(true);
        const type = answer.statusCode < 400 || url === '/readyz' ? 'application/json' : 'application/problem+json';
        expect(answer.headers['content-type']).toContain(type);
      }),
      { numRuns: 60 },
    );
  });
});
