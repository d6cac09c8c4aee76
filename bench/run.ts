import { benchCommand } from './command.ts';
import { benchInProcess } from './in-process.ts';
import { benchRulesEngine } from './rules-engine.ts';

/* Side by side, in one run; each prints a ratio or a rate. `npm run bench -- command 1000000` runs one of them. */

const benches = {
  'in-process': () => {
    benchInProcess();
  },
  'rules-engine': benchRulesEngine,
  command: () => benchCommand(Number(process.argv[3] ?? '1000000')),
} as const;

const wanted = process.argv[2];
for (const [name, run] of Object.entries(benches)) if (wanted === undefined || wanted === name) await run();
