import { benchCommand } from './command.ts';
import { benchCrash } from './crash.ts';
import { benchInProcess } from './in-process.ts';
import { benchInquiry } from './inquiry.ts';
import { benchPopulation } from './population.ts';
import { benchQuotes } from './quotes.ts';
import { benchReplay } from './replay.ts';
import { benchRulesEngine } from './rules-engine.ts';
import { benchSmppEcho } from './smpp-echo.ts';
import { benchSms } from './sms.ts';

/* Side by side, in one run; each prints a ratio or a rate. `npm run bench -- command 1000000` runs one of them. */

const benches = {
  'in-process': () => {
    benchInProcess();
  },
  'rules-engine': benchRulesEngine,
  command: () => benchCommand(Number(process.argv[3] ?? '1000000')),
  inquiry: () => benchInquiry(process.argv.slice(3)),
  population: () => benchPopulation(process.argv.slice(3)),
  quotes: () => benchQuotes(Number(process.argv[3] ?? '10000')),
  replay: benchReplay,
  crash: () => benchCrash(Number(process.argv[3] ?? '20')),
  sms: () => benchSms(process.argv.slice(3)),
  'smpp-echo': () => benchSmppEcho(Number(process.argv[3] ?? '20000')),
} as const;

const wanted = process.argv[2];
for (const [name, run] of Object.entries(benches)) if (wanted === undefined || wanted === name) await run();
