import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { exampleCases } from './cases.ts';
import { median, report } from './report.ts';

const rounds = 3;
const root = join(import.meta.dirname, '..');

const programs = {
  decide: [join(root, 'server/law-main.ts'), 'decide'],
  parseAndPrint: [join(root, 'bench/parse-and-print.ts')],
} as const;

/** `count` cases, all with ids of their own. */
async function writeCases(path: string, count: number): Promise<void> {
  const cases = exampleCases().map((one) => JSON.stringify(one).slice(1));
  const file = createWriteStream(path);
  for (let done = 0; done < count; done += cases.length) {
    const some = cases.slice(0, count - done).map((one, index) => `{"caseId":"c${String(done + index)}",${one}\n`);
    if (!file.write(some.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

/** Runs a program over the file, as a process of its own. */
async function run(
  program: readonly string[],
  casesPath: string,
  outputPath: string,
): Promise<{ seconds: number; peakMegabytes: number }> {
  const [input, output] = await Promise.all([open(casesPath, 'r'), open(outputPath, 'w')]);
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', join(root, 'bench/peak-memory.ts'), ...program], {
    stdio: [input.fd, output.fd, 'inherit', 'pipe'],
  });
  let peak = '';
  child.stdio[3]?.on('data', (text: Buffer) => (peak += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - begin) / 1000;
  await Promise.all([input.close(), output.close()]);
  if (code !== 0) throw new Error(`${program.join(' ')} ended with ${String(code)}`);
  return { seconds, peakMegabytes: Number(peak) / 1024 };
}

/** `decide` against a loop that only parses and prints the same lines: pairs, in turn. */
export async function benchCommand(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'estehqaq-bench-'));
  try {
    const [cases, output] = [join(folder, 'cases.ndjson'), join(folder, 'output.ndjson')];
    await writeCases(cases, count);
    const ratios: number[] = [];
    const peaks: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const loop = await run(programs.parseAndPrint, cases, output);
      const decided = await run(programs.decide, cases, output);
      ratios.push(loop.seconds / decided.seconds);
      peaks.push(decided.peakMegabytes);
      report(`parse and print ${String(count)} lines`, loop.seconds, 's');
      report(`decide ${String(count)} lines`, decided.seconds, 's');
    }
    report('decide to parse and print, rate', median(ratios), 'times');
    report('decide, peak memory', Math.max(...peaks), 'MB');
  } finally {
    await rm(folder, { recursive: true });
  }
}
