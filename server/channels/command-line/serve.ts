import { InvalidArgumentError, type Command } from 'commander';
import { readConfig, type Config } from '../../config.ts';
import type { OnProgress } from '../../database/index.ts';
import { showProgress } from './progress.ts';

/** The whole system, running. */
export interface System {
  readonly url: string;
  /** What a demo says of itself before it is ready: logins, and the first request. */
  readonly introduction: readonly string[];
  /** Answers what was accepted, then ends everything. */
  readonly close: () => Promise<void>;
}

export interface SystemOptions {
  readonly config: Config;
  readonly isDemo: boolean;
  readonly onProgress: OnProgress;
}

export type StartSystem = (options: SystemOptions) => Promise<System>;

const help = `
Without DATABASE_URL it starts its own PostgreSQL in ./data (ESTEHQAQ_DATA). It prints one line when it can answer:
  estehqaq ready http://127.0.0.1:4000
A demo has 1,000 made-up people and stand-ins for the outside systems; its folder can never become a real installation.

Environment: ESTEHQAQ_DATA, DATABASE_URL, DATABASE_URL_APP, HOST, PORT, METRICS_HOST, METRICS_PORT, TRUSTED_PROXIES,
LOG_LEVEL, LIMIT_PER_TOKEN, LIMIT_PER_ADDRESS, OTHER_INSURERS_URL, MSRT_URL, SABT_ASNAD_URL, HOST_PAGES,
CIVIL_REGISTRY_URL, MINISTRY_URL, D8_10_ON_UNPAID, NOTICE_QUIET_HOURS, NOTICE_DECILE_TEXT,
PAYMENT_GATEWAY_URL, PAYMENT_MERCHANT_ID, PAYMENT_CALLBACK_URL,
JOURNAL_KEEP_YEARS, SMPP_URL, SMPP_FILE, GATEWAY_SECRET, GATEWAY_ADDRESSES, GATEWAY_FILE, SHAHKAR_URL,
PUBLIC_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLE_CLAIM, OIDC_ROLES, OIDC_PROVIDER_CLAIM.`;

export function addServe(program: Command, start: StartSystem): void {
  program
    .command('serve')
    .description('run the whole system')
    .option('--demo', 'with made-up people and stand-ins of the outside systems')
    .option('--port <port>', 'instead of PORT or 4000; 0 is a free one', port)
    .addHelpText('after', help)
    .action((options: { readonly demo?: true; readonly port?: number }) => run(options, start));
}

async function run(options: { readonly demo?: true; readonly port?: number }, start: StartSystem): Promise<void> {
  const stopped = awaitSignal();
  const config = readConfig();
  const system = await start({
    config: { ...config, port: options.port ?? config.port },
    isDemo: options.demo === true,
    onProgress: showProgress(),
  });
  for (const line of system.introduction) process.stdout.write(`${line}\n`);
  process.stdout.write(`estehqaq ready ${system.url}\n`);
  await stopped;
  await system.close();
}

/** The first signal ends in good order; a second one is not waited for. */
function awaitSignal(): Promise<void> {
  return new Promise((stop) => {
    let isStopping = false;
    const onSignal = (): void => {
      if (isStopping) process.exit(1);
      isStopping = true;
      stop();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
