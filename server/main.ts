import { join } from 'node:path';
import type { Pool } from 'pg';
import { findDay, isoDay, type OtherCover } from '@estehqaq/law';
import { fillDemo, introduceDemo } from './channels/command-line/demo.ts';
import { createProgram } from './channels/command-line/program.ts';
import { reportFault } from './channels/command-line/report-fault.ts';
import { removeRunFile, writeRunFile } from './channels/command-line/run-file.ts';
import type { System, SystemOptions } from './channels/command-line/serve.ts';
import { createInquiryMetrics, watchInquiry } from './channels/inquiry-metrics.ts';
import { openPayments } from './channels/payments.ts';
import { openNotices } from './channels/notices.ts';
import { openPhones } from './channels/phones.ts';
import { createWeb } from './channels/web/app.ts';
import type { WebParts } from './channels/web/parts.ts';
import { listen, listenForMetrics, type Listening } from './channels/web/listen.ts';
import { howToBuild, loadPages } from './channels/web/pages/load-pages.ts';
import type { App } from './channels/web/typed-app.ts';
import type { RegistryAddresses } from './config.ts';
import { openDatabase, type Database } from './database/index.ts';
import { enterDemoActs, LawInForce } from './decisions/index.ts';
import { createEnrolment, keepDraining, type Enrolment, type EnrolmentParts } from './enrolment/index.ts';
import { createIdentity, type Identity, type IdentityOptions } from './identity/index.ts';
import { createInquiry, type Links, type OtherInsurers } from './inquiry/index.ts';
import {
  enrolmentJobs,
  identityJobs,
  journalJobs,
  meansTestJobs,
  noticeJobs,
  paymentJobs,
  runJobs,
  watchPartitions,
  type Job,
} from './jobs/index.ts';
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
  type Log,
  type Registry,
} from './platform/index.ts';
import {
  claimInstallation,
  createCivilRegistry,
  createMinistry,
  createMsrt,
  createOtherInsurers,
  createSabtAsnad,
  createShahkar,
  LinkSwitches,
  refuseStandIns,
  startStandIns,
  type CoverAnswer,
  type Ministry,
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
  const { dataFolder, databaseUrl, databaseUrlApp } = config;
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
  const links = linksOf(switches, registries, pool);
  const law = await LawInForce.start(pool);
  started.defer(() => law.stop());
  if (isDemo) await enterDemoActs(law, clock);
  const answering = openInquiry(
    { database, ids, keys, directory, registries, law, links, log, metrics, dataFolder },
    started,
  );
  let ownUrl = '';
  const enrolment = openEnrolment({ pool, ids, directory, law, log, registries }, started);
  const payments = openPayments({
    ...{ pool, clock, ids, enrolment, isDemo, log, registry: metrics, address: registries.paymentGateway },
    ...{ config: config.payment, ownUrl: () => ownUrl },
  });

  const { hostPages, limits, trustedProxies } = config;
  const { shahkar } = registries;
  const phones = openPhones({
    ...{ inquiry: answering, pool, directory, shahkar, keys, clock, log, trustedProxies, isDemo },
    config: config.phones,
    registry: metrics,
  });
  started.defer(() => phones.close());
  const { inquiry, gateways, link, sendByGateway } = phones;
  const telling = { ...{ pool, clock, keys, log, metrics, ids, isDemo, link, sendByGateway }, config: config.notices };
  const sender = openNotices(telling);
  const testing = { ...{ pool, clock, ids, law, log }, ministry: registries.ministry, onResult: enrolment.onResult };
  const identity = openIdentity({ pool, ids, keys, log, metrics, config, ownUrl: () => ownUrl }, started);
  const ofTests = meansTestJobs(testing, { onUnpaid: config.deciles.onUnpaid, log });
  const jobs = [
    ...enrolmentJobs(enrolment),
    ...paymentJobs(payments, log),
    ...ofTests,
    ...noticeJobs(sender),
    ...identityJobs(identity),
  ];
  startJobs({ database, log, metrics, config, jobs }, started);
  const web = await createWeb({
    ...{ inquiry, enrolment, payments, identity, pool, ids, clock, keys, log, metrics },
    ...{ limits, trustedProxies, hostPages, isDemo, version },
    isReady: () => answers(pool),
    ...(gateways !== undefined && { gateways }),
    ...openPages(log),
  });
  const { url } = await openDoors(web, { config, isDemo, metrics, database }, started);
  ownUrl = url;
  return { url, introduction: isDemo ? await introduceDemo({ pool, keys, clock, ids }, url) : [] };
}

/** The question of all questions; what it could not answer is kept in the data folder until it is in the journal. */
function openInquiry(
  {
    dataFolder,
    registries,
    log,
    metrics,
    ...parts
  }: Pick<Parameters<typeof createInquiry>[0], 'database' | 'ids' | 'keys' | 'directory' | 'law' | 'links'> & {
    readonly registries: Registries;
    readonly log: Log;
    readonly metrics: Registry;
    readonly dataFolder: string;
  },
  started: AsyncDisposableStack,
): ReturnType<typeof createInquiry> {
  const answering = createInquiry({
    ...parts,
    clock,
    otherInsurers: registries.otherInsurers,
    metrics: createInquiryMetrics(metrics),
    spoolFolder: join(dataFolder, 'undetermined'),
    onFailure: (error) => {
      log.error({ err: error }, 'inquiry');
    },
  });
  started.defer(() => answering.close());
  watchInquiry(metrics, answering);
  return answering;
}

/** Who somebody is; under the address by which browsers reach us, or else that at which we listen. */
function openIdentity(
  {
    config: { signIn },
    ownUrl,
    ...parts
  }: Pick<IdentityOptions, 'pool' | 'ids' | 'keys' | 'log' | 'metrics'> &
    Pick<SystemOptions, 'config'> & { readonly ownUrl: () => string },
  started: AsyncDisposableStack,
): Identity {
  const { publicUrl, outsideIssuer } = signIn;
  const identity = createIdentity({ ...parts, clock, origin: () => publicUrl ?? ownUrl(), outsideIssuer });
  started.defer(() => identity.close());
  return identity;
}

/** What was built from the portal; programs are served also without it. */
function openPages(log: Log): Pick<WebParts, 'pages'> {
  const pages = loadPages(join(import.meta.dirname, '../portal/dist'));
  if (pages !== undefined) return { pages };
  log.warn(`the pages for people are not built, and there are none: ${howToBuild}`);
  return {};
}

/** Listens, and says in the data folder where. */
async function openDoors(
  web: App,
  { config, isDemo, metrics, database }: Pick<SystemOptions, 'config' | 'isDemo'> & Measured,
  started: AsyncDisposableStack,
): Promise<Listening> {
  const { dataFolder, host, port, metricsHost, metricsPort } = config;
  const listening = await listen(web, { host, port });
  started.defer(() => listening.close());
  const counting = await listenForMetrics(metrics, { host: metricsHost, port: metricsPort });
  started.defer(() => counting.close());
  writeRunFile(dataFolder, {
    pid: process.pid,
    url: listening.url,
    port: listening.port,
    metricsPort: counting.port,
    isDemo,
    startedAt: clock.now().toISOString(),
    database: database.describe(),
  });
  started.defer(() => {
    removeRunFile(dataFolder, process.pid);
  });
  return listening;
}

interface Measured {
  readonly database: Database;
  readonly metrics: Registry;
}

function answers(pool: Pool): Promise<boolean> {
  return pool.query('select 1').then(Boolean, () => false);
}

/** Work that nobody asks for; ended before what it works with. */
function startJobs(
  { database, log, metrics, config, jobs: more }: Pick<SystemOptions, 'config'> & Measured & JobsToStart,
  started: AsyncDisposableStack,
): void {
  const { pool } = database;
  watchPartitions(metrics, pool, clock);
  const jobs = [...journalJobs(database, { log, keepYears: config.journalKeepYears }), ...more];
  const running = runJobs({ pool, clock, log, metrics, jobs });
  started.defer(() => running.stop());
}

interface JobsToStart {
  readonly log: Log;
  readonly jobs: readonly Job[];
}

/** Mandatory insurance, by the law with the acts that were recorded; covers reach the dossiers within the second. */
function openEnrolment(
  {
    registries,
    ...parts
  }: Pick<EnrolmentParts, 'pool' | 'ids' | 'directory' | 'law' | 'log'> & {
    readonly registries: Registries;
  },
  started: AsyncDisposableStack,
): Enrolment {
  const { civilRegistry, insurers: otherInsurers } = registries;
  const draining = keepDraining({ ...parts, clock });
  started.defer(() => draining.stop());
  return createEnrolment({ ...parts, clock, civilRegistry, otherInsurers });
}

interface Registries {
  readonly insurers: ReturnType<typeof createOtherInsurers>;
  readonly civilRegistry: ReturnType<typeof createCivilRegistry>;
  /** Its address: it has a policy of its own. */
  readonly paymentGateway: string | undefined;
  readonly otherInsurers: OtherInsurers;
  readonly msrt: ReturnType<typeof createMsrt>;
  readonly sabtAsnad: ReturnType<typeof createSabtAsnad>;
  readonly shahkar: ReturnType<typeof createShahkar>;
  /** Absent: inquiries go as files. */
  readonly ministry: Ministry | undefined;
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
  if (!isDemo) await refuseStandIns(Object.values(named));
  const optionsFor = (address: string | undefined) => ({ address, allowStandIn: isDemo });
  const insurers = createOtherInsurers(optionsFor(addresses.otherInsurers));
  return {
    insurers,
    civilRegistry: createCivilRegistry(optionsFor(addresses.civilRegistry)),
    paymentGateway: addresses.paymentGateway,
    otherInsurers: {
      ask: async (person) => {
        const covers = await insurers.coversOf(nationalIdText(person));
        return covers === 'unavailable' ? covers : asCoversOfTheLaw(covers);
      },
    },
    msrt: createMsrt(optionsFor(addresses.msrt)),
    sabtAsnad: createSabtAsnad(optionsFor(addresses.sabtAsnad)),
    shahkar: createShahkar(optionsFor(addresses.shahkar)),
    ministry: addresses.ministry === undefined ? undefined : createMinistry(optionsFor(addresses.ministry)),
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
