import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { readConfig, type Config } from '../../config.ts';
import { openDatabase, type Database } from '../../database/index.ts';
import { Fault, openKeys } from '../../platform/index.ts';
import { findInstallation } from '../../registries/index.ts';
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { lookAtPhones } from './look-at-phones.ts';
import { print } from './output.ts';
import { findRunFile } from './run-file.ts';

const help = `
Looks at configuration, keys, database, migrations, clock, disk, the running system, the registries, and the message centre
and gateway of SMS and USSD, and says what to do.
Exit status: 0 all is well, or worth a look at most; 1 something is broken.`;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look whether everything is well, and say what to do')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(run);
}

async function run({ json }: { readonly json?: true }): Promise<void> {
  const findings = await examine();
  const text =
    json === true
      ? JSON.stringify(findings, null, 2)
      : findings
          .map(({ what, state, found, advice }) =>
            [
              `${what.padEnd(16)}${state.padEnd(12)}${found}`,
              ...(advice === undefined ? [] : [`    → ${advice}`]),
            ].join('\n'),
          )
          .join('\n');
  await print(`${text}\n`);
  if (findings.some(({ state }) => state === 'broken')) process.exitCode = 1;
  // What is still waited for in vain has been told.
  if (findings.some(({ found }) => found === notYet)) process.exit();
}

async function examine(): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    return [broken('configuration', error)];
  }
  return [
    { what: 'configuration', state: 'well', found: `data in ${config.dataFolder}` },
    lookAtKeys(config),
    lookAtDeciles(config),
    ...(await lookAtDatabase(config)),
    await lookAtDisk(config),
    await lookAtSystem(config),
    ...(await Promise.all(
      Object.entries(variables).map(([name, variable]) =>
        lookAtRegistry(name, variable, config.registries[name as keyof Config['registries']]),
      ),
    )),
    ...(await lookAtPhones(config.phones)),
  ];
}

function broken(what: string, error: unknown): Finding {
  const { message, code } = error as Error & { readonly code?: unknown };
  return { what, state: 'broken', found: typeof code === 'string' ? code : 'it fails', advice: message };
}

/** M-59: what is not chosen shortens nothing, and somebody should have chosen. */
function lookAtDeciles({ deciles: { onUnpaid } }: Config): Finding {
  if (onUnpaid !== undefined) return { what: 'deciles 8 to 10', state: 'well', found: onUnpaid };
  return {
    what: 'deciles 8 to 10',
    state: 'look at it',
    found: 'no cover is shortened',
    advice: 'Choose D8_10_ON_UNPAID: runToExpiry or endAtDeadline; see Means test in the operations guide.',
  };
}

function lookAtKeys({ dataFolder }: Config): Finding {
  try {
    openKeys(join(dataFolder, 'keys'));
    return { what: 'keys', state: 'well', found: 'there, and closed to others' };
  } catch (error) {
    return broken('keys', error);
  }
}

const patienceMs = 15_000;
const notYet = 'DATABASE_UNAVAILABLE';

/** A system that runs starts its database again by itself, for as long as it takes: the doctor does not wait for that. */
async function openSoon({ dataFolder, databaseUrl, databaseUrlApp }: Config): Promise<Database> {
  const opening = openDatabase({ dataFolder, databaseUrl, databaseUrlApp, purpose: 'doctor', ifServed: 'join' });
  if (findRunFile(dataFolder) === undefined) return opening;
  opening.catch(() => undefined); // told by the race, if it comes in time
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw new Fault(notYet, 'It does not take connections: see disk, and the log of the database in the data folder.');
  });
  return Promise.race([opening, late]);
}

async function lookAtDatabase(config: Config): Promise<Finding[]> {
  let database: Database;
  try {
    database = await openSoon(config);
  } catch (error) {
    return [broken('database', error)];
  }
  try {
    const begun = Date.now();
    const { rows } = await database.pool.query<{ now: Date; applied: number }>(
      'select clock_timestamp() as now, (select count(*)::int from schema_migration) as applied',
    );
    const took = Date.now() - begun;
    const described = database.describe();
    const kind = (await findInstallation(database.pool)) ?? 'not used yet';
    return [
      {
        what: 'database',
        state: 'well',
        found: `PostgreSQL ${described.version}, ${described.kind}, ${kind}, ${took} ms`,
      },
      { what: 'migrations', state: 'well', found: `all ${String(rows[0]?.applied ?? 0)} are run` },
      lookAtClock(Math.abs((rows[0]?.now.getTime() ?? begun) - begun) - took),
    ];
  } catch (error) {
    return [broken('database', error)];
  } finally {
    await database.close();
  }
}

const mostApartMs = 2_000;

function lookAtClock(apartMs: number): Finding {
  const zone = Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tehran', dateStyle: 'short', timeStyle: 'short' });
  const found = `in Tehran it is ${zone.format(new Date())}`;
  if (apartMs <= mostApartMs) return { what: 'clock', state: 'well', found };
  const advice = 'This machine and the database disagree about the time; let both follow a time server.';
  return { what: 'clock', state: 'broken', found: `${found}, ${String(Math.round(apartMs / 1000))} s apart`, advice };
}

const gibibyte = 2 ** 30;

async function lookAtDisk({ dataFolder }: Config): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(dataFolder);
    const free = (bavail * bsize) / gibibyte;
    const found = `${free.toFixed(1)} GiB free`;
    if (free >= 5) return { what: 'disk', state: 'well', found };
    const advice = 'Make room: inquiries need about 150 bytes each, and PostgreSQL up to 2 GiB for its log.';
    return { what: 'disk', state: free < 0.5 ? 'broken' : 'look at it', found, advice };
  } catch (error) {
    return broken('disk', error);
  }
}

async function lookAtSystem({ dataFolder }: Config): Promise<Finding> {
  const run = findRunFile(dataFolder);
  if (run === undefined) return { what: 'system', state: 'well', found: 'does not run' };
  try {
    const { status } = await fetch(`${run.url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    if (status === 200) return { what: 'system', state: 'well', found: `answers at ${run.url}` };
    return { what: 'system', state: 'broken', found: `not ready (${status})`, advice: 'See database, and the log.' };
  } catch {
    const advice = `Process ${run.pid} was ended without warning, or hangs. Start it again; nothing confirmed is lost.`;
    return { what: 'system', state: 'look at it', found: `does not answer at ${run.url}`, advice };
  }
}

const variables: Readonly<Record<keyof Config['registries'], string>> = {
  otherInsurers: 'OTHER_INSURERS_URL',
  msrt: 'MSRT_URL',
  sabtAsnad: 'SABT_ASNAD_URL',
  shahkar: 'SHAHKAR_URL',
  civilRegistry: 'CIVIL_REGISTRY_URL',
  paymentGateway: 'PAYMENT_GATEWAY_URL',
  ministry: 'MINISTRY_URL',
};

async function lookAtRegistry(name: string, variable: string, address: string | undefined): Promise<Finding> {
  if (address === undefined) {
    const advice = `Name it in ${variable}. Until then it counts as silent, and nobody is refused for that.`;
    return { what: name, state: 'look at it', found: 'not named', advice };
  }
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    await response.body?.cancel();
    return { what: name, state: 'well', found: 'answers' };
  } catch {
    const advice = `Look whether ${variable} is right and its network open. Until then it counts as silent.`;
    return { what: name, state: 'broken', found: 'does not answer', advice };
  }
}
