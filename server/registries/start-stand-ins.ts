import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface StandIns {
  readonly otherInsurers: string;
  readonly msrt: string;
  readonly sabtAsnad: string;
  readonly close: () => Promise<void>;
}

/** Starts the three stand-in programs of the demo, each on a free port. They end with us, however we end. */
export async function startStandIns(): Promise<StandIns> {
  const started = await Promise.all(['other-insurers', 'msrt', 'sabt-asnad'].map(start));
  const [otherInsurers, msrt, sabtAsnad] = started.map(({ address }) => address);
  return {
    otherInsurers: otherInsurers ?? '',
    msrt: msrt ?? '',
    sabtAsnad: sabtAsnad ?? '',
    close: async () => {
      await Promise.all(started.map(({ program }) => end(program)));
    },
  };
}

async function start(name: string): Promise<{ program: ChildProcess; address: string }> {
  const program = spawn(process.execPath, [join(import.meta.dirname, `${name}-stand-in.ts`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(program.stdout)) {
    const address = /http:\/\/\S+$/.exec(line)?.[0];
    if (address !== undefined) return { program, address };
  }
  throw new Error(`the stand-in ${name} did not start`);
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.stdin?.end();
  await ended;
}
