import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createShahkar } from './index.ts';
import { shahkarStandIn } from './shahkar-stand-in.ts';
import { startStandIn } from './stand-in.ts';

it('says whether a number belongs to a national id', async () => {
  const { address, close } = await startStandIn(shahkarStandIn);
  const shahkar = createShahkar({ address, allowStandIn: true });
  expect(await shahkar.ownerOf('0012345679', 989121234567n)).toBe('match');
  expect(await shahkar.ownerOf('0012345679', 989121200000n)).toBe('noMatch');
  expect(await createShahkar({ address, allowStandIn: false }).ownerOf('0012345679', 989121234567n)).toBe(
    'unavailable',
  );
  await close();
});

it('is asked in its own words, and says nothing where it is not there or not understood', async () => {
  const asked: string[] = [];
  let answer = '{"isMatched":false,"responseContext":{"status":{"code":0,"message":"ok"}}}';
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => asked.push(`${request.url ?? ''} ${text}`));
    request.on('end', () => response.end(answer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shahkar = createShahkar({ address, allowStandIn: false });
  expect(await shahkar.ownerOf('0012345679', 989121234567n)).toBe('noMatch');
  expect(asked).toEqual(['/inquiry/mobile/owner/v2 {"nationalId":"0012345679","mobileNumber":"09121234567"}']);
  answer = '{"isMatched":"no"}';
  expect(await shahkar.ownerOf('0012345679', 989121234567n)).toBe('unavailable');
  expect(await createShahkar({ address: undefined, allowStandIn: false }).ownerOf('1', 1n)).toBe('unavailable');
  server.close();
  server.closeAllConnections();
});
