import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMsrt,
  createOtherInsurers,
  createSabtAsnad,
  refuseStandIns,
  startStandIns,
  type StandIns,
} from './index.ts';
import { answerWithinMs, failuresInARow } from './ask-outside.ts';
import { otherInsurersStandIn } from './other-insurers-stand-in.ts';
import { startStandIn } from './stand-in.ts';

const servers: Server[] = [];
async function registry(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((started) => server.listen(0, '127.0.0.1', started));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

describe('an outside registry', () => {
  it('that answers what is agreed is believed', async () => {
    const covers = [{ insurer: 'ihio', fund: 'rural', from: '2020-01-01', until: null }];
    const asked: string[] = [];
    const address = await registry((request, response) => {
      asked.push(`${String(request.method)} ${String(request.url)}`);
      response.end(JSON.stringify({ covers }));
    });
    const client = createOtherInsurers({ address, allowStandIn: false });
    expect(await client.coversOf('0012345679')).toEqual(covers);
    expect(asked).toEqual(['POST /covers']);
  });

  it.each([
    ['nonsense', (response: Parameters<RequestListener>[1]) => response.end('<html>')],
    ['another shape', (response: Parameters<RequestListener>[1]) => response.end('{"covers":[{"insurer":"tamin"}]}')],
    ['an error', (response: Parameters<RequestListener>[1]) => response.writeHead(500).end('{"covers":[]}')],
    ['a redirection', (response: Parameters<RequestListener>[1]) => response.writeHead(302, { location: '/' }).end()],
    ['a broken connection', (response: Parameters<RequestListener>[1]) => response.destroy()],
  ])('that answers with %s is unavailable', async (_name, answer) => {
    const failed: string[] = [];
    const address = await registry((_request, response) => void answer(response));
    const client = createOtherInsurers({ address, allowStandIn: false, onFailure: (name) => failed.push(name) });
    expect(await client.coversOf('0012345679')).toBe('unavailable');
    expect(failed).toEqual(['otherInsurers']);
  });

  it('that is silent is given up in time, and then left alone', async () => {
    let asked = 0;
    const address = await registry(() => (asked += 1));
    const client = createMsrt({ address, allowStandIn: false });
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: failuresInARow }, () => client.studentUntil('0012345679')));
    expect(new Set(answers)).toEqual(new Set(['unavailable']));
    expect(performance.now() - begun).toBeLessThan(answerWithinMs + 500);
    const after = performance.now();
    expect(await client.studentUntil('0012345679')).toBe('unavailable');
    expect(performance.now() - after).toBeLessThan(50);
    expect(asked).toBe(failuresInARow);
  });

  it('that is not named or not there is unavailable', async () => {
    for (const address of [undefined, 'http://127.0.0.1:1']) {
      expect(await createSabtAsnad({ address, allowStandIn: false }).marriageOf('0012345679')).toBe('unavailable');
    }
  });
});

describe('stand-ins', () => {
  let standIns: StandIns;
  beforeAll(async () => {
    standIns = await startStandIns();
  });
  afterAll(() => standIns.close());

  it('are programs that answer in a demo', async () => {
    const options = (address: string) => ({ address, allowStandIn: true });
    expect(await createOtherInsurers(options(standIns.otherInsurers)).coversOf('0012345698')).toEqual([
      { insurer: 'ihio', fund: 'employees', from: '2018-03-21', until: null },
    ]);
    expect(await createMsrt(options(standIns.msrt)).studentUntil('0012345619')).toEqual({ studentUntil: '2029-09-22' });
    expect(await createMsrt(options(standIns.msrt)).studentUntil('0012345679')).toBe('notFound');
    const marriages = createSabtAsnad(options(standIns.sabtAsnad));
    expect(await marriages.marriageOf('0012345619')).toBe('unmarried');
    expect(await marriages.marriageOf('0012345679')).toBe('married');
    expect(await marriages.marriageOf('0012345699')).toBe('notFound');
  });

  it('are refused everywhere else', async () => {
    const { address, close } = await startStandIn(otherInsurersStandIn);
    expect(await createOtherInsurers({ address, allowStandIn: false }).coversOf('0012345698')).toBe('unavailable');
    await expect(refuseStandIns([undefined, address])).rejects.toMatchObject({ code: 'STAND_IN_REFUSED' });
    await close();
    await refuseStandIns([undefined, address]);
  });
});
