import { totalmem } from 'node:os';
import { join } from 'node:path';
import { trustedNames, type Account } from './account.ts';
import { writeOwned } from './folders.ts';

/** The superuser of the embedded cluster: makes roles and databases, holds the folder; the system never works as it. */
export const superuser = 'postgres';
export const ownerRole = 'estehqaq_owner';
export const appRole = 'estehqaq_app';

export type Settings = Readonly<Record<string, string>>;

const mebibyte = 1024 * 1024;

/** Written anew at every start. An operator's own settings go into `local.conf` beside it. */
export function writeSettings(cluster: string, account: Account, extra: Settings): void {
  writeOwned(join(cluster, 'postgresql.conf'), renderSettings(extra), account);
  writeOwned(join(cluster, 'pg_hba.conf'), 'local all all peer map=estehqaq\n', account);
  writeOwned(join(cluster, 'pg_ident.conf'), renderIdentities(account), account);
}

export function renderSettings(extra: Settings, memory = usableMemory()): string {
  const usual: Settings = {
    // One who reads the same rows again is served from memory; the rest is the system's page cache, which is shared.
    shared_buffers: `${sharedBuffers(memory)}MB`,
    max_connections: '100',
    // More would make recovery after a crash take a minute.
    max_wal_size: '1GB',
    min_wal_size: '128MB',
    timezone: 'UTC',
    // One file for each day of the week, so that the log never grows beyond a week.
    logging_collector: 'on',
    log_directory: '../log',
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_truncate_on_rotation: 'on',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %e ',
    // A statement or a detail may hold a national id: neither is ever written to the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length_on_error: '0',
    ...extra,
  };
  // What nobody's own settings may change, hence last: a confirmed answer is on the disk, and no port is open.
  const firm: Settings = { listen_addresses: '', port: '5432', fsync: 'on', synchronous_commit: 'on', ...extra };
  const lines = (settings: Settings): string[] =>
    Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return [
    '# Written by Estehqaq at every start. Settings of your own go into local.conf, in this folder.',
    ...lines(usual),
    `include_if_exists = 'local.conf'`,
    ...lines(firm),
    '',
  ].join('\n');
}

/** An eighth of the memory: the system's own processes live on the same machine. */
function sharedBuffers(memory: number): number {
  return Math.min(2048, Math.max(64, Math.floor(memory / 8 / mebibyte)));
}

/** Inside a container the container's limit counts; without one it is reported as a number beyond all memory. */
function usableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function renderIdentities(account: Account): string {
  const roles = [superuser, ownerRole, appRole];
  const lines = trustedNames(account).flatMap((name) => roles.map((role) => `estehqaq "${name}" ${role}`));
  return `${lines.join('\n')}\n`;
}
