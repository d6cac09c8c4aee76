import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { chooseInquirySms, InquiryNotices, type SmsToSend } from './index.ts';
import { dependant, insured, openPhones, provider, register, SetClock } from './testing-phones.ts';

const father = '0012345679';
const son = '1234567891';
const mobile = 989121111111n;

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
await register(
  database,
  [insured(father, `+${mobile}`), dependant(son, father, 'son')],
  [provider('100001', ['+989124444444'])],
);
const phones = await openPhones(database, clock);
afterAll(async () => {
  await phones.close();
  await database.close();
});

it('tells whoever wants it of inquiries of others, once each, and never in the way of an answer', async () => {
  const sent: SmsToSend[] = [];
  let dropped = 0;
  const isSlow = Promise.withResolvers<undefined>();
  const send = async (message: SmsToSend) => {
    sent.push(message);
    await isSlow.promise;
    return 'notTaken' as const;
  };
  const notices = new InquiryNotices(pool, send, (count) => (dropped += count));
  const door = notices.watch(phones.inquiry);
  const byProvider = { asker: { kind: 'provider', code: '100001' }, setting: 'outpatient', channel: 'web' } as const;
  await chooseInquirySms(pool, clock, { person: BigInt(father), inquirySms: true });
  await chooseInquirySms(pool, clock, { person: BigInt(son), inquirySms: true });

  const { trackingCode } = await door.ask({ ...byProvider, person: BigInt(father), requestId: 'r' });
  await door.ask({ ...byProvider, person: BigInt(father), requestId: 'r' });
  await door.ask({ ...byProvider, asker: { kind: 'self', person: BigInt(father) }, person: BigInt(father) });
  await door.ask({ ...byProvider, person: BigInt(son) }); // who has no number
  isSlow.resolve(undefined);
  await notices.close();
  expect(sent).toEqual([
    { to: mobile, text: `استعلام استحقاق درمان شما انجام شد\n1405/09/02\nرهگیری ${trackingCode}` },
  ]);
  expect(dropped).toBe(1);

  await chooseInquirySms(pool, clock, { person: BigInt(father), inquirySms: false });
  await door.ask({ ...byProvider, person: BigInt(father) });
  await notices.close();
  expect(sent).toHaveLength(1);
});
