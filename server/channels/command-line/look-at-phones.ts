import { connect } from 'node:net';
import type { PhoneConfig } from '../../config.ts';
import { readDataFile } from '../phones.ts';
import { readGateway } from '../sms/index.ts';
import { findSmppAddresses, readOperator } from '../smpp/index.ts';
import type { Finding } from './finding.ts';

const patienceMs = 2_000;

/** The message centre and the gateway, as far as they are configured. */
export async function lookAtPhones(config: PhoneConfig): Promise<Finding[]> {
  const { smppUrl, smppFile, gatewayFile, gatewaySecret, gatewayAddresses } = config;
  const isLetIn = gatewaySecret !== undefined || gatewayAddresses.length > 0;
  return [
    ...(smppUrl === undefined ? [] : [await lookAtCentre(smppUrl, smppFile)]),
    ...(isLetIn || gatewayFile !== undefined ? [lookAtGateway(gatewayFile, isLetIn)] : []),
  ];
}

async function lookAtCentre(url: string, file: string | undefined): Promise<Finding> {
  const what = 'message centre';
  const addresses = findSmppAddresses(url);
  if (addresses === undefined) {
    return { what, state: 'broken', found: 'SMPP_URL is not understood', advice: 'smpp://user:password@host:port' };
  }
  try {
    readDataFile('SMPP_FILE', file, readOperator);
  } catch (error) {
    return { what, state: 'broken', found: 'its dialect is not understood', advice: (error as Error).message };
  }
  const open = await Promise.all(addresses.map(({ host, port }) => isOpen(host, port)));
  if (open.every(Boolean)) return { what, state: 'well', found: 'can be reached' };
  const advice = 'Look whether SMPP_URL is right, and whether the operator lets this address in.';
  return { what, state: open.some(Boolean) ? 'look at it' : 'broken', found: 'cannot be reached', advice };
}

function lookAtGateway(file: string | undefined, isLetIn: boolean): Finding {
  const what = 'gateway';
  try {
    readDataFile('GATEWAY_FILE', file, readGateway);
  } catch (error) {
    return { what, state: 'broken', found: 'its dialect is not understood', advice: (error as Error).message };
  }
  if (isLetIn) return { what, state: 'well', found: 'is let in' };
  return { what, state: 'look at it', found: 'is not let in', advice: 'Set GATEWAY_SECRET or GATEWAY_ADDRESSES.' };
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const end = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });
}
