import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface StandIns {
  readonly otherInsurers: string;
  readonly msrt: string;
  readonly sabtAsnad: string;
  readonly civilRegistry: string;
  readonly paymentGateway: string;
  readonly ministry: string;
  readonly shahkar: string;
  readonly close: () => Promise<void>;
}

/** Starts the stand-in programs of the demo, each on a free port. They end with us, however we end. */
export async function startStandIns(): Promise<StandIns> {
  const names = ['other-insurers', 'msrt', 'sabt-asnad', 'civil-registry', 'payment-gateway', 'ministry', 'shahkar'];
  const started = await Promise.all(names.map(startStandInProgram));
  const [otherInsurers, msrt, sabtAsnad, civilRegistry, paymentGateway, ministry, shahkar] = started.map(
    ({ address }) => address,
  );
  return {
    otherInsurers: otherInsurers ?? '',
    msrt: msrt ?? '',
    sabtAsnad: sabtAsnad ?? '',
    paymentGateway: paymentGateway ?? '',
    civilRegistry: civilRegistry ?? '',
    shahkar: shahkar ?? '',
    ministry: ministry ?? '',
    close: async () => {
      await Promise.all(started.map((each) => each.close()));
    },
  };
}

export interface StandInProgram {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** One of them alone. @param name the first part of its file's name */
export async function startStandInProgram(name: string): Promise<StandInProgram> {
  const program = spawn(process.execPath, [join(import.meta.dirname, `${name}-stand-in.ts`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(program.stdout)) {
    const address = /http:\/\/\S+$/.exec(line)?.[0];
    if (address !== undefined) return { address, close: () => end(program) };
  }
  throw new Error(`the stand-in ${name} did not start`);
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.stdin?.end();
  await ended;
}
