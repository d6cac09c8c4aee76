import { describe, expect, it } from 'vitest';
import { Overloaded } from '../../inquiry/index.ts';
import { createTestWeb } from './testing.ts';

describe('more than can be answered', async () => {
  const web = await createTestWeb();
  const headers = await web.bearer({ kind: 'provider', code: '100001' });
  const question = { url: '/v1/inquiries', headers, payload: { nationalId: '0012345679' } };

  it('is refused before it is read as it is refused after', async () => {
    web.inquiry.hasRoom = () => false;
    const before = await web.app.inject({ ...question, method: 'POST' });
    expect(web.inquiry.asked).toEqual([]);
    web.inquiry.hasRoom = () => true;
    const usual = web.inquiry.answer;
    web.inquiry.answer = () => {
      throw new Overloaded(1);
    };
    const after = await web.app.inject({ ...question, method: 'POST' });
    web.inquiry.answer = usual;
    expect(before).toMatchObject({ statusCode: 503, body: after.body });
    expect(before.json()).toMatchObject({ code: 'OVERLOADED' });
    for (const name of ['retry-after', 'content-type', 'cache-control']) {
      expect(before.headers[name]).toBe(after.headers[name]);
    }
    expect(before.headers['retry-after']).toBe('1');
  });
});
