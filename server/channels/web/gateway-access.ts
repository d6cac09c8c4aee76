import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** By what a gateway for SMS and USSD is known; neither given: nobody is let in. */
export interface GatewayAccessOptions {
  /** The shared secret, sent in the header of this name. */
  readonly secret: string | undefined;
  readonly header: string;
  /** Addresses or networks, or `loopback`. */
  readonly addresses: readonly string[];
  /** Whether `X-Forwarded-For` is believed, so that the address is that of the gateway and not of a proxy. */
  readonly hasTrustedProxies: boolean;
}

/** Whether a request comes from the gateway. */
export type GatewayAccess = (request: Pick<FastifyRequest, 'headers' | 'ip'>) => boolean;

export function createGatewayAccess({
  secret,
  header,
  addresses,
  hasTrustedProxies,
}: GatewayAccessOptions): GatewayAccess {
  const expected = secret === undefined ? undefined : digest(secret);
  const allowed = readAddresses(addresses);
  return ({ headers, ip }) => {
    const sent = headers[header.toLowerCase()];
    if (expected !== undefined && typeof sent === 'string' && timingSafeEqual(digest(sent), expected)) return true;
    // Behind a proxy that is not named, everybody would come from the proxy's own address.
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
    if (isForwarded && !hasTrustedProxies) return false;
    const address = ip.replace(/^::ffff:/, '');
    return allowed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}

function readAddresses(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const each of addresses.flatMap((one) => (one === 'loopback' ? ['127.0.0.0/8', '::1'] : [one]))) {
    const [address = '', bits] = each.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
