import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { SmppAddress } from './address.ts';
import type { SendResult } from './link.ts';
import { addressOf, listening, startMessageCentre, until, type MessageCentre } from './testing.ts';
import { makeCertificate } from './testing-certificate.ts';
import { boundLink, watchLink, type WatchedLink } from './testing-link.ts';

const phone = '989121234567';
const text = 'سلام';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function centreWith(...settings: readonly string[]): Promise<MessageCentre> {
  const centre = await startMessageCentre(...settings);
  ends.push(() => centre.close());
  return centre;
}

function closeLater(link: WatchedLink): WatchedLink {
  ends.push(() => link.close());
  return link;
}

const stats = (centre: MessageCentre): Promise<Record<string, number>> => centre.tell('stats');

describe('a bind', () => {
  it('is made, and unmade in good order', async () => {
    const centre = await centreWith();
    const link = await boundLink(centre);
    expect(link.state()).toMatchObject({
      isBound: true,
      binds: [{ name: `127.0.0.1:${centre.port}`, phase: 'bound' }],
    });
    await link.close();
    expect(link.state()).toMatchObject({ isBound: false, binds: [{ phase: 'closed', lastLoss: 'closedByUs' }] });
    expect(await stats(centre)).toMatchObject({ in_bind_transceiver: 1, in_unbind: 1, sessions: 0 });
    expect(await link.send({ to: phone, text })).toEqual({ kind: 'notSent', reason: 'closed', ids: [] });
  });

  it('with a wrong password is refused, and not tried again and again', async () => {
    const centre = await centreWith();
    const link = closeLater(
      watchLink({
        addresses: [addressOf(centre.port, 'wrong')],
        timings: { reconnectFirstSeconds: 0.1, reconnectLongestSeconds: 30 },
      }),
    );
    await until('it was refused twice', async () => (await stats(centre))['bind_rejected'] === 2);
    await sleep(1_000);
    expect(link.state()).toMatchObject({ isBound: false, binds: [{ lastLoss: 'bindRefused', bindStatus: 0x0e }] });
    expect((await stats(centre))['bind_rejected']).toBeLessThanOrEqual(5);
  });

  it('that is not answered is given up and tried again', async () => {
    const centre = await centreWith('mute=1');
    const link = closeLater(watchLink({ addresses: [centre.address], timings: { bindSeconds: 0.2 } }));
    await until('it has given up', () => link.seen.includes('lost bindTimeout'));
    await centre.tell('set mute=0');
    await until('it is bound', () => link.state().isBound);
  });

  it('is closed while it is being made', async () => {
    const { address, close } = await listening(() => undefined);
    ends.push(close);
    const link = watchLink({ addresses: [address], timings: { bindSeconds: 30 } });
    await until('it connects', () => link.state().binds[0]?.phase === 'connecting');
    await link.close();
    const soon = watchLink({ addresses: [address] });
    await sleep(20);
    await soon.close();
    expect(soon.state().binds).toMatchObject([{ phase: 'closed' }]);
  });

  it("answers the peer's enquiries, and takes 3 octets at a time", async () => {
    const centre = await centreWith('split=3');
    const link = closeLater(await boundLink(centre));
    await centre.tell('enquire');
    await centre.tell(`mo ${phone} 1666 8 0 0633064406270645`);
    await until('it is here', () => link.messages[0]?.text === text);
    expect(await link.send({ to: phone, text })).toMatchObject({ kind: 'accepted' });
    await until('it is answered', async () => (await stats(centre))['in_enquire_link_resp'] === 1);
    expect(link.seen).not.toContain('malformed');
  });
});

describe('a peer that fell silent', () => {
  it('is given up and replaced within two periods of enquiry', async () => {
    const enquireSeconds = 1;
    const centre = await centreWith();
    const link = closeLater(await boundLink(centre, { enquireSeconds }, { bindSeconds: 0.2 }));
    await sleep(enquireSeconds * 1_000 * Math.random());
    const begin = performance.now();
    await centre.tell('set mute=1');
    await until('it is noticed', () => link.seen.includes('lost mute'));
    const noticedMs = performance.now() - begin;
    await centre.tell('set mute=0');
    await until('it is replaced', () => link.state().isBound);
    expect(noticedMs).toBeLessThan(enquireSeconds * 1_500 + 100);
    expect(performance.now() - begin).toBeLessThan(enquireSeconds * 2_000);
    expect(await link.send({ to: phone, text })).toMatchObject({ kind: 'accepted' });
  });

  it('that only does not read is given up before much is kept for it', async () => {
    const enquiries = Buffer.from('00000010000000150000000000000001'.repeat(100_000), 'hex');
    const { address, close } = await listening((socket) => {
      socket.once('data', (octets: Buffer) => {
        socket.pause();
        socket.write(
          Buffer.concat([
            Buffer.from('0000001180000009', 'hex'),
            Buffer.alloc(4),
            octets.subarray(12, 16),
            Buffer.of(0),
          ]),
        );
        for (let turn = 0; turn < 10; turn += 1) socket.write(enquiries);
      });
    });
    ends.push(close);
    const link = closeLater(watchLink({ addresses: [address] }));
    await until('it is given up', () => link.seen.includes('lost peerDoesNotRead'), 10_000);
    await link.close();
  });
});

describe('throttling', () => {
  it.each([
    ['at 50 a second', 'tps=50', 120],
    ['at 10 a second', 'tps=10', 15],
  ])('%s loses nothing and nearly keeps the order', async (_, setting, count) => {
    const centre = await centreWith(setting, 'dlr=none');
    const link = closeLater(await boundLink(centre, { window: 10 }));
    const results = await Promise.all(
      Array.from({ length: count }, (__, n) => link.send({ to: phone, text: `n${n}` })),
    );
    expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
    const log = await centre.tell<readonly { text: string; status: number }[]>('log 20000');
    const accepted = log.filter(({ status }) => status === 0).map((each) => Number(each.text.slice(1)));
    expect(accepted.toSorted((one, other) => one - other)).toEqual(Array.from({ length: count }, (__, n) => n));
    expect(Math.max(...accepted.map((n, place) => Math.abs(n - place)))).toBeLessThan(20);
    expect(link.seen).toContain('throttled');
    expect(log.length).toBeLessThan(count * 2);
  });

  it('with a full queue (0x14) is the same', async () => {
    const centre = await centreWith('submit_status=14');
    const link = closeLater(await boundLink(centre));
    const sending = link.send({ to: phone, text });
    await until('it was sent back', () => link.seen.includes('throttled'));
    await centre.tell('set submit_status=0');
    expect(await sending).toMatchObject({ kind: 'accepted' });
  });

  it('that never ends is said so', async () => {
    const centre = await centreWith('submit_status=58');
    const link = closeLater(await boundLink(centre, {}, { queueSeconds: 0.5 }));
    expect(await link.send({ to: phone, text })).toEqual({ kind: 'refused', status: 0x58, temporary: true, ids: [] });
  });

  it('is not needed where the rate is ours', async () => {
    const centre = await centreWith('dlr=none');
    const link = closeLater(await boundLink(centre, { perSecond: 100 }));
    const begin = performance.now();
    await Promise.all(Array.from({ length: 60 }, () => link.send({ to: phone, text })));
    expect(performance.now() - begin).toBeGreaterThan(480);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

describe('the window', () => {
  it('holds so many unanswered messages, and no more', async () => {
    const centre = await centreWith('resp_delay=0.05', 'dlr=none');
    const link = closeLater(await boundLink(centre, { window: 4 }));
    let most = 0;
    const watching = setInterval(() => (most = Math.max(most, link.state().unanswered)), 1);
    const sending = Array.from({ length: 20 }, () => link.send({ to: phone, text }));
    expect(link.state()).toMatchObject({ queued: 16, unanswered: 4 });
    await Promise.all(sending);
    clearInterval(watching);
    expect(most).toBe(4);
  });

  it('is finished before the bind is unmade; what only waited is not sent', async () => {
    const centre = await centreWith('resp_delay=0.2', 'dlr=none');
    const link = await boundLink(centre, { window: 3 });
    const sending = Array.from({ length: 5 }, () => link.send({ to: phone, text }));
    await sleep(50);
    await link.close();
    const kinds = (await Promise.all(sending)).map(({ kind }) => kind);
    expect(kinds).toEqual(['accepted', 'accepted', 'accepted', 'notSent', 'notSent']);
    expect(await stats(centre)).toMatchObject({ accepted: 3, in_unbind: 1 });
  });
});

describe('a lost connection', () => {
  it('is made again; what was not answered is unknown, what waited is sent', async () => {
    const centre = await centreWith('resp_delay=0.3', 'dlr=none');
    const link = closeLater(await boundLink(centre, { window: 2 }));
    const sending = Array.from({ length: 3 }, () => link.send({ to: phone, text }));
    await sleep(50);
    await centre.tell('drop');
    const unknown: SendResult = { kind: 'unknown', reason: 'linkLost', ids: [] };
    expect(await Promise.all(sending.slice(0, 2))).toEqual([unknown, unknown]);
    expect(await sending[2]).toMatchObject({ kind: 'accepted' });
    expect(link.state().binds).toMatchObject([{ phase: 'bound', lastLoss: 'closedByPeer' }]);
  });

  it('is made again when the peer unbinds, after what was under way', async () => {
    const centre = await centreWith('resp_delay=0.2', 'dlr=none');
    const link = closeLater(await boundLink(centre));
    const sending = link.send({ to: phone, text });
    await sleep(50);
    await centre.tell('unbind');
    expect(await sending).toMatchObject({ kind: 'accepted' });
    await until('it was unbound', () => link.seen.includes('lost unboundByPeer'));
    await until('it is bound', () => link.state().isBound);
    expect((await stats(centre))['in_unbind_resp']).toBe(1);
  });

  it('of which there is no other keeps messages for a while, and then says that they were not sent', async () => {
    const centre = await centreWith('bind_status=0d');
    const link = closeLater(watchLink({ addresses: [centre.address], timings: { queueSeconds: 1 } }));
    await until('it was refused', () => link.seen.includes('lost bindRefused'));
    const patient = link.send({ to: phone, text });
    await centre.tell('set bind_status=0');
    expect(await patient).toMatchObject({ kind: 'accepted' });
    await centre.tell('set bind_status=0d');
    await centre.tell('drop');
    await until('it is noticed', () => !link.state().isBound);
    expect(await link.send({ to: phone, text })).toEqual({ kind: 'notSent', reason: 'waitedTooLong', ids: [] });
  });
});

describe('several hosts', () => {
  it('share the work, and each takes it all when the other is gone', async () => {
    const [one, other] = [await centreWith('dlr=none'), await centreWith('dlr=none')];
    const link = closeLater(watchLink({ addresses: [one.address, one.address, other.address] }));
    await until('all are bound', () => link.state().binds.every(({ phase }) => phase === 'bound'));
    const send = (count: number): Promise<readonly SendResult[]> =>
      Promise.all(Array.from({ length: count }, () => link.send({ to: phone, text })));
    expect((await send(300)).filter(({ kind }) => kind === 'accepted')).toHaveLength(300);
    expect((await stats(one))['accepted']).toBeGreaterThan(0);
    expect((await stats(other))['accepted']).toBeGreaterThan(0);
    await other.close();
    await until('it is noticed', () => link.state().binds[2]?.phase !== 'bound');
    expect((await send(300)).filter(({ kind }) => kind === 'accepted')).toHaveLength(300);
    expect(link.state()).toMatchObject({ isBound: true });
  });

  it('take over what a throttled one sent back', async () => {
    const [slow, quick] = [await centreWith('submit_status=58'), await centreWith('dlr=none')];
    const link = closeLater(watchLink({ addresses: [slow.address, quick.address] }));
    await until('both are bound', () => link.state().binds.every(({ phase }) => phase === 'bound'));
    const sending = Array.from({ length: 40 }, () => link.send({ to: phone, text }));
    expect((await Promise.all(sending)).every(({ kind }) => kind === 'accepted')).toBe(true);
    expect((await stats(slow))['throttled']).toBeGreaterThan(0);
  });
});

describe('TLS', () => {
  async function behindTls({ key, certificate }: ReturnType<typeof makeCertificate>): Promise<SmppAddress> {
    const centre = await centreWith();
    const server = createTlsServer({ key, cert: certificate }, (socket) => {
      const inner = connect(centre.port, '127.0.0.1');
      socket.pipe(inner).pipe(socket);
      socket.on('error', () => inner.destroy());
      inner.on('error', () => socket.destroy());
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => server.close(resolve)));
    return { ...addressOf((server.address() as AddressInfo).port), isTls: true };
  }

  it.each(['127.0.0.1', 'localhost'])('carries messages to %s, whose certificate is known', async (host) => {
    const made = makeCertificate();
    const address = await behindTls(made);
    const link = closeLater(watchLink({ addresses: [{ ...address, host }], certificateAuthority: made.certificate }));
    await until('it is bound', () => link.state().isBound);
    expect(await link.send({ to: phone, text })).toMatchObject({ kind: 'accepted' });
  });

  it('trusts no peer whose certificate nobody knows', async () => {
    const address = await behindTls(makeCertificate());
    const certificateAuthority = makeCertificate().certificate;
    for (const trusted of [{}, { certificateAuthority }]) {
      const link = closeLater(watchLink({ addresses: [address], ...trusted }));
      await until('it is refused', () => link.seen.includes('lost connectFailed'));
      expect(link.seen).not.toContain('bound');
    }
  });

  it('trusts no peer whose certificate is for another name', async () => {
    const made = makeCertificate(Buffer.of(127, 0, 0, 2));
    const link = closeLater(watchLink({ addresses: [await behindTls(made)], certificateAuthority: made.certificate }));
    await until('it is refused', () => link.seen.includes('lost connectFailed'));
    expect(link.seen).not.toContain('bound');
  });
});
