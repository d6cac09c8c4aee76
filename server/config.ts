import { resolve } from 'node:path';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** A variable of the environment is not understood. */
export class ConfigurationInvalid extends Error {
  readonly code = 'CONFIGURATION_INVALID';
}

/** Everything that is set from outside. Nothing else reads the environment. */
export interface Config {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly databaseUrlApp: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly metricsHost: string;
  /** Not set: 4001, or a free one if that is taken. */
  readonly metricsPort: number | undefined;
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; none unless named. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: (typeof logLevels)[number];
  readonly registries: RegistryAddresses;
  readonly limits: Limits;
}

/** `undefined`: there is no such registry; it counts as silent. */
export interface RegistryAddresses {
  readonly otherInsurers: string | undefined;
  readonly msrt: string | undefined;
  readonly sabtAsnad: string | undefined;
}

/** Requests a second that are answered on and on. */
export interface Limits {
  readonly perToken: number;
  /** For requests without a token. */
  readonly perAddress: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigurationInvalid, naming the variable and what it may be */
export function readConfig(environment: Environment = process.env): Config {
  const text = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const number = (name: string, usual: number, most: number): number => {
    const written = text(name);
    if (written === undefined) return usual;
    if (!/^\d{1,9}$/.test(written) || Number(written) > most) throw invalid(name, `a number from 0 to ${most}`);
    return Number(written);
  };
  const address = (name: string): string | undefined => {
    const written = text(name);
    if (written !== undefined && !/^https?:$/.test(URL.parse(written)?.protocol ?? '')) {
      throw invalid(name, 'an address like https://host:port/path');
    }
    return written;
  };
  return {
    dataFolder: resolve(text('ESTEHQAQ_DATA') ?? 'data'),
    databaseUrl: text('DATABASE_URL'),
    databaseUrlApp: text('DATABASE_URL_APP'),
    host: text('HOST') ?? '127.0.0.1',
    port: number('PORT', 4000, 65_535),
    metricsHost: text('METRICS_HOST') ?? '127.0.0.1',
    metricsPort: text('METRICS_PORT') === undefined ? undefined : number('METRICS_PORT', 0, 65_535),
    trustedProxies: readProxies(text('TRUSTED_PROXIES')),
    logLevel: readLevel(text('LOG_LEVEL')),
    registries: {
      otherInsurers: address('OTHER_INSURERS_URL'),
      msrt: address('MSRT_URL'),
      sabtAsnad: address('SABT_ASNAD_URL'),
    },
    limits: {
      perToken: number('LIMIT_PER_TOKEN', 10_000, 1_000_000),
      perAddress: number('LIMIT_PER_ADDRESS', 50, 1_000_000),
    },
  };
}

function readProxies(written: string | undefined): readonly string[] {
  const proxies = (written ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  const shape = /^(?:[\da-fA-F.:]+(?:\/\d{1,3})?|loopback|linklocal|uniquelocal)$/;
  if (proxies.some((proxy) => !shape.test(proxy))) {
    throw invalid('TRUSTED_PROXIES', 'addresses or networks, divided by commas, like 10.0.0.5,192.168.0.0/16');
  }
  return proxies;
}

function readLevel(written: string | undefined): Config['logLevel'] {
  const level = logLevels.find((each) => each === (written ?? 'info'));
  if (level === undefined) throw invalid('LOG_LEVEL', logLevels.join(', '));
  return level;
}

function invalid(name: string, expected: string): ConfigurationInvalid {
  return new ConfigurationInvalid(`${name} is not understood. It may be: ${expected}.`);
}
