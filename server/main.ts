import { join } from 'node:path';
import type { Pool } from 'pg';
import { findDay, isoDay, type OtherCover } from '@estehqaq/law';
import { fillDemo, introduceDemo } from './channels/command-line/demo.ts';
import { createProgram } from './channels/command-line/program.ts';
import { reportFault } from './channels/command-line/report-fault.ts';
import { removeRunFile, writeRunFile } from './channels/command-line/run-file.ts';
import type { System, SystemOptions } from './channels/command-line/serve.ts';
import { createInquiryMetrics, watchInquiry } from './channels/inquiry-metrics.ts';
import { createWeb } from './channels/web/app.ts';
import { listen, listenForMetrics } from './channels/web/listen.ts';
import type { RegistryAddresses } from './config.ts';
import { openDatabase } from './database/index.ts';
import { createInquiry, type Links, type OtherInsurers } from './inquiry/index.ts';
import { ProviderDirectory, recordFact } from './membership/index.ts';
import packageFile from './package.json' with { type: 'json' };
import {
  createLog,
  createMetrics,
  Fault,
  Ids,
  nationalIdText,
  openKeys,
  systemClock as clock,
} from './platform/index.ts';
import {
  claimInstallation,
  createMsrt,
  createOtherInsurers,
  createSabtAsnad,
  LinkSwitches,
  refuseStandIns,
  startStandIns,
  type CoverAnswer,
} from './registries/index.ts';

const { version } = packageFile;

await createProgram(version, startSystem).parseAsync().catch(reportFault);

/** What was started is ended in the reverse order, also after a start that failed half-way. */
async function startSystem(options: SystemOptions): Promise<System> {
  const started = new AsyncDisposableStack();
  try {
    const system = await start(options, started);
    return { ...system, close: () => started.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** The table of contents of the running system. */
async function start(
  { config, isDemo, onProgress }: SystemOptions,
  started: AsyncDisposableStack,
): Promise<Omit<System, 'close'>> {
  const { dataFolder, databaseUrl, databaseUrlApp, host, port, metricsHost, metricsPort } = config;
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const database = await openDatabase({ dataFolder, databaseUrl, databaseUrlApp, purpose: 'serve', onProgress });
  started.defer(() => database.close());
  const { pool } = database;
  await claimInstallation(pool, isDemo ? 'demo' : 'real', clock);
  const keys = openKeys(join(dataFolder, 'keys'));
  if (isDemo) await fillDemo(pool, clock);

  const registries = await openRegistries(config.registries, isDemo, started);
  const switches = await LinkSwitches.start(pool);
  started.defer(() => switches.stop());
  const directory = await ProviderDirectory.start(pool);
  started.defer(() => directory.stop());

  const ids = new Ids(pool, clock);
  started.defer(() => ids.close());
  const inquiry = createInquiry({
    database,
    ids,
    clock,
    keys,
    directory,
    otherInsurers: registries.otherInsurers,
    links: linksOf(switches, registries, pool),
    metrics: createInquiryMetrics(metrics),
    onFailure: (error) => {
      log.error({ err: error }, 'inquiry');
    },
  });
  started.defer(() => inquiry.close());
  watchInquiry(metrics, inquiry);

  const { limits, trustedProxies } = config;
  const isReady = (): Promise<boolean> => pool.query('select 1').then(Boolean, () => false);
  const web = await createWeb({
    inquiry,
    pool,
    ids,
    clock,
    keys,
    log,
    metrics,
    limits,
    trustedProxies,
    isDemo,
    version,
    isReady,
  });
  const listening = await listen(web, { host, port });
  started.defer(() => listening.close());
  const counting = await listenForMetrics(metrics, { host: metricsHost, port: metricsPort });
  started.defer(() => counting.close());

  const { url } = listening;
  writeRunFile(dataFolder, {
    pid: process.pid,
    url,
    port: listening.port,
    metricsPort: counting.port,
    isDemo,
    startedAt: clock.now().toISOString(),
    database: database.describe(),
  });
  started.defer(() => {
    removeRunFile(dataFolder, process.pid);
  });
  return { url, introduction: isDemo ? await introduceDemo(pool, keys, clock, url) : [] };
}

interface Registries {
  readonly otherInsurers: OtherInsurers;
  readonly msrt: ReturnType<typeof createMsrt>;
  readonly sabtAsnad: ReturnType<typeof createSabtAsnad>;
}

/** In a demo stand-ins that it starts itself; otherwise those that are named, of which none may be a stand-in. */
async function openRegistries(
  named: RegistryAddresses,
  isDemo: boolean,
  started: AsyncDisposableStack,
): Promise<Registries> {
  const standIns = isDemo ? await startStandIns() : undefined;
  started.defer(() => standIns?.close());
  const addresses: RegistryAddresses = standIns ?? named;
  if (!isDemo) await refuseStandIns([named.otherInsurers, named.msrt, named.sabtAsnad]);
  const optionsFor = (address: string | undefined) => ({ address, allowStandIn: isDemo });
  const insurers = createOtherInsurers(optionsFor(addresses.otherInsurers));
  return {
    otherInsurers: {
      ask: async (person) => {
        const covers = await insurers.coversOf(nationalIdText(person));
        return covers === 'unavailable' ? covers : asCoversOfTheLaw(covers);
      },
    },
    msrt: createMsrt(optionsFor(addresses.msrt)),
    sabtAsnad: createSabtAsnad(optionsFor(addresses.sabtAsnad)),
  };
}

/** A day that the calendar does not have is no answer. */
function asCoversOfTheLaw(covers: readonly CoverAnswer[]): readonly OtherCover[] | 'unavailable' {
  const read = covers.flatMap(({ insurer, fund, from, until }): OtherCover[] => {
    const first = findDay(from);
    const last = until === null ? null : findDay(until);
    return first === undefined || last === undefined ? [] : [{ insurer, fund, from: first, until: last }];
  });
  return read.length === covers.length ? read : 'unavailable';
}

/** What a registry says is recorded as evidence, so that it is known also when the registry is silent the next time. */
function linksOf(switches: LinkSwitches, { msrt, sabtAsnad }: Registries, pool: Pool): Links {
  const record = async (person: bigint, source: 'msrt' | 'sabtAsnad', value: string): Promise<boolean> => {
    const name = source === 'msrt' ? 'studyCertificateUntil' : 'idSightedOn';
    try {
      await recordFact(pool, clock, { person, fact: { name, value }, source, recordedBy: source });
      return true;
    } catch (error) {
      // An answer that cannot be a fact is no answer.
      if (error instanceof Fault && error.code.startsWith('FACT_')) return false;
      throw error;
    }
  };
  return {
    stateOn: (day, knownAt) => switches.on(isoDay(day), knownAt),
    consult: async (link, person, on) => {
      const nationalId = nationalIdText(person);
      if (link === 'msrt') {
        const found = await msrt.studentUntil(nationalId);
        return typeof found === 'object' && record(person, link, found.studentUntil);
      }
      const marriage = await sabtAsnad.marriageOf(nationalId);
      if (marriage === 'unmarried') return record(person, link, isoDay(on));
      return marriage === 'married';
    },
  };
}
