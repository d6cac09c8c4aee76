import { Fault } from '../platform/index.ts';
import { answerWithinMs } from './ask-outside.ts';
import { standInHeader } from './stand-in-header.ts';

/**
 * A real installation never asks a stand-in. One that cannot be reached now is none of our concern here: its answers are
 * looked at again, each of them.
 * @throws Fault STAND_IN_REFUSED
 */
export async function refuseStandIns(addresses: readonly (string | undefined)[]): Promise<void> {
  await Promise.all(
    addresses.map(async (address) => {
      if (address === undefined || !(await isStandIn(address))) return;
      throw new Fault(
        'STAND_IN_REFUSED',
        `At ${new URL(address).origin} a stand-in answers. Name the real registry, or leave the variable unset, or start with --demo.`,
      );
    }),
  );
}

async function isStandIn(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(answerWithinMs) });
    await response.body?.cancel();
    return response.headers.has(standInHeader);
  } catch {
    return false;
  }
}
