import { expect, it } from 'vitest';
import { createGatewayTransport, createNoticeTransport, noticeReceiptOf } from './notice-transport.ts';
import type { Receipt, SendResult } from './smpp/index.ts';

const at = new Date('2026-11-23T08:00:00Z');

it.each([
  [
    { kind: 'accepted', ids: ['1', '2'] },
    { sent: true, transportIds: ['1', '2'] },
  ],
  [
    { kind: 'refused', status: 11, temporary: false, ids: [] },
    { sent: false, why: 'refused' },
  ],
  [
    { kind: 'refused', status: 88, temporary: true, ids: [] },
    { sent: false, why: 'throttled' },
  ],
  [
    { kind: 'refused', status: 88, temporary: true, ids: ['1'] },
    { sent: false, why: 'unknown' },
  ],
  [
    { kind: 'unknown', reason: 'noAnswer', ids: [] },
    { sent: false, why: 'unknown' },
  ],
  [
    { kind: 'notSent', reason: 'waitedTooLong', ids: [] },
    { sent: false, why: 'silent' },
  ],
  [
    { kind: 'notSent', reason: 'unsendable', ids: [] },
    { sent: false, why: 'refused' },
  ],
  [
    { kind: 'notSent', reason: 'queueFull', ids: ['1'] },
    { sent: false, why: 'unknown' },
  ],
] as const satisfies readonly (readonly [SendResult, object])[])('%o is %o', async (result, outcome) => {
  const transport = createNoticeTransport({ send: () => Promise.resolve(result) });
  expect(await transport.send({ mobile: 989120000000n, text: 'x', key: '1' })).toEqual(outcome);
});

it.each([
  ['taken', { sent: true, transportIds: [] }],
  ['notTaken', { sent: false, why: 'unknown' }],
] as const)('the gateway says %s: %o', async (said, outcome) => {
  const transport = createGatewayTransport(() => Promise.resolve(said));
  expect(await transport.send({ mobile: 989120000000n, text: 'x', key: '1' })).toEqual(outcome);
});

it.each([
  ['delivered', true, 'delivered'],
  ['expired', true, 'failed'],
  ['undeliverable', true, 'failed'],
  ['enroute', false, undefined],
  ['unknown', true, undefined],
] as const)('a receipt %s, final %s: %s', (state, isFinal, told) => {
  const receipt: Receipt = { id: '1', possibleIds: ['1', '01'], state, isFinal, receivedAt: at };
  const expected = told === undefined ? undefined : { transportIds: ['1', '01'], state: told, at };
  expect(noticeReceiptOf(receipt)).toEqual(expected);
});
