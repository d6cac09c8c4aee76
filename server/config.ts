import { isIP, isIPv4 } from 'node:net';
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
  readonly payment: PaymentConfig;
  readonly limits: Limits;
  readonly notices: NoticesConfig;
  readonly deciles: DecilesConfig;
  readonly phones: PhoneConfig;
  readonly signIn: SignInConfig;
  /** Which page whoever calls a host by its name alone is sent to (T-16). */
  readonly hostPages: ReadonlyMap<string, HostPage>;
  /** How many years of the journal are kept; not set: all of them, until the command `retention` is run. */
  readonly journalKeepYears: number | undefined;
}

/** When and in which wording people are told things. */
export interface NoticesConfig {
  /** Hours in Tehran from which on and until which nobody is disturbed; equal: there are none. */
  readonly quietFromHour: number;
  readonly quietUntilHour: number;
  /** The text of M-61: the restored one, or the copy letter by letter. */
  readonly decileWording: 'restored' | 'verbatim';
}

export interface DecilesConfig {
  /** M-59: what follows when deciles 8 to 10 do not pay in time. Not chosen: nothing is shortened. */
  readonly onUnpaid: 'runToExpiry' | 'endAtDeadline' | undefined;
}

/** `undefined`: there is no such registry; it counts as silent. */
export interface RegistryAddresses {
  readonly otherInsurers: string | undefined;
  readonly msrt: string | undefined;
  readonly sabtAsnad: string | undefined;
  readonly shahkar: string | undefined;
  readonly civilRegistry: string | undefined;
  readonly paymentGateway: string | undefined;
  readonly ministry: string | undefined;
}

/** How the payment gateway knows us, and where it sends browsers back to; without them there is no gateway. */
export interface PaymentConfig {
  /** A secret: whoever has it can speak to the gateway as us. */
  readonly merchantId: string | undefined;
  readonly callbackUrl: string | undefined;
}

/** SMS and USSD: the message centre, and the gateways that are let in over HTTP. */
export interface PhoneConfig {
  /** With a password in it: never shown. */
  readonly smppUrl: string | undefined;
  /** The operator's dialect, JSON. */
  readonly smppFile: string | undefined;
  /** A secret: whoever has it can speak for every telephone. */
  readonly gatewaySecret: string | undefined;
  readonly gatewayAddresses: readonly string[];
  /** The gateway's dialect, JSON. */
  readonly gatewayFile: string | undefined;
}

/** Where browsers reach us, and who says who staff and clerks are. */
export interface SignInConfig {
  /** Without a path; not set: the address at which we listen, which is enough on one machine. */
  readonly publicUrl: string | undefined;
  /** Not set: the embedded issuer. */
  readonly outsideIssuer: OutsideIssuerConfig | undefined;
}

export interface OutsideIssuerConfig {
  readonly address: string;
  readonly clientId: string;
  /** A secret; not set: a public client. */
  readonly clientSecret: string | undefined;
  readonly roleClaim: string;
  /** Values of that claim, and our roles. */
  readonly roles: ReadonlyMap<string, string>;
  readonly providerClaim: string;
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
      shahkar: address('SHAHKAR_URL'),
      civilRegistry: address('CIVIL_REGISTRY_URL'),
      paymentGateway: address('PAYMENT_GATEWAY_URL'),
      ministry: address('MINISTRY_URL'),
    },
    payment: readPayment(address('PAYMENT_GATEWAY_URL'), text('PAYMENT_MERCHANT_ID'), address('PAYMENT_CALLBACK_URL')),
    phones: {
      smppUrl: text('SMPP_URL'),
      smppFile: text('SMPP_FILE'),
      gatewaySecret: readSecret(text('GATEWAY_SECRET')),
      gatewayAddresses: readGatewayAddresses(text('GATEWAY_ADDRESSES')),
      gatewayFile: text('GATEWAY_FILE'),
    },
    signIn: readSignIn(text, address),
    notices: readNotices(text),
    deciles: { onUnpaid: oneOf('D8_10_ON_UNPAID', text('D8_10_ON_UNPAID'), ['runToExpiry', 'endAtDeadline']) },
    limits: {
      perToken: number('LIMIT_PER_TOKEN', 10_000, 1_000_000),
      perAddress: number('LIMIT_PER_ADDRESS', 50, 1_000_000),
    },
    hostPages: readHostPages(text('HOST_PAGES')),
    journalKeepYears: readYears(text('JOURNAL_KEEP_YEARS')),
  };
}

function readPayment(
  gateway: string | undefined,
  merchantId: string | undefined,
  callbackUrl: string | undefined,
): PaymentConfig {
  const missing = merchantId === undefined ? 'PAYMENT_MERCHANT_ID' : 'PAYMENT_CALLBACK_URL';
  if (gateway !== undefined && (merchantId === undefined || callbackUrl === undefined)) {
    throw invalid(missing, 'what the contract with the gateway says, wherever PAYMENT_GATEWAY_URL is set');
  }
  return { merchantId, callbackUrl };
}

/** Those of the feature identity, which this place does not know; a test holds them together. */
export const roleNames = [
  'counter-operator',
  'call-centre-agent',
  'registry-clerk',
  'contract-officer',
  'analyst',
  'auditor',
  'administrator',
] as const;

function readSignIn(
  text: (name: string) => string | undefined,
  address: (name: string) => string | undefined,
): SignInConfig {
  const publicUrl = address('PUBLIC_URL')?.replace(/\/$/, '');
  if (publicUrl !== undefined && new URL(publicUrl).origin !== publicUrl) {
    throw invalid('PUBLIC_URL', 'an address without a path, like https://bimeh.example.org');
  }
  const issuer = address('OIDC_ISSUER');
  if (issuer === undefined) return { publicUrl, outsideIssuer: undefined };
  const clientId = text('OIDC_CLIENT_ID');
  if (clientId === undefined) throw invalid('OIDC_CLIENT_ID', 'what the issuer calls us, wherever OIDC_ISSUER is set');
  const roles = (text('OIDC_ROLES') ?? '').split(',').map((each) => each.split('=').map((part) => part.trim()));
  if (roles.some(([value = '', role = '']) => value === '' || !roleNames.some((known) => known === role))) {
    throw invalid(
      'OIDC_ROLES',
      'values of the claim with our roles, like insurer-audit=auditor,insurer-1420=call-centre-agent',
    );
  }
  return {
    publicUrl,
    outsideIssuer: {
      ...{ address: issuer, clientId, clientSecret: text('OIDC_CLIENT_SECRET') },
      roleClaim: text('OIDC_ROLE_CLAIM') ?? 'roles',
      roles: new Map(roles.map(([value = '', role = '']) => [value, role])),
      providerClaim: text('OIDC_PROVIDER_CLAIM') ?? 'provider_code',
    },
  };
}

const pages = ['/insured', '/provider', '/enrol', '/staff'] as const;
export type HostPage = (typeof pages)[number];

function readHostPages(written: string | undefined): ReadonlyMap<string, HostPage> {
  const named = (written ?? '').split(',').filter((each) => each.trim() !== '');
  return new Map(
    named.map((each) => {
      const [, host, path] = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)=(\/\w+)$/.exec(each.trim().toLowerCase()) ?? [];
      const page = pages.find((known) => known === path);
      if (host === undefined || page === undefined) {
        throw invalid(
          'HOST_PAGES',
          'hosts with their pages, like medical.example.org=/insured,darman.example.org=/provider',
        );
      }
      return [host, page];
    }),
  );
}

function readYears(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  // Nought would drop the month before this one: whoever means that says so to the command.
  if (!/^[1-9]\d{0,2}$/.test(written)) throw invalid('JOURNAL_KEEP_YEARS', 'a number of years from 1 to 999');
  return Number(written);
}

function readNotices(text: (name: string) => string | undefined): NoticesConfig {
  const written = text('NOTICE_QUIET_HOURS') ?? '22-8';
  const [, from, until] = /^(\d|1\d|2[0-3])-(\d|1\d|2[0-3])$/.exec(written) ?? [];
  if (from === undefined) throw invalid('NOTICE_QUIET_HOURS', 'hours in Tehran like 22-8; 0-0: none');
  return {
    quietFromHour: Number(from),
    quietUntilHour: Number(until),
    decileWording: oneOf('NOTICE_DECILE_TEXT', text('NOTICE_DECILE_TEXT'), ['restored', 'verbatim']) ?? 'restored',
  };
}

function oneOf<Known extends string>(
  name: string,
  written: string | undefined,
  known: readonly Known[],
): Known | undefined {
  const found = known.find((each) => each === written);
  if (written !== undefined && found === undefined) throw invalid(name, known.join(', '));
  return found;
}

function readProxies(written: string | undefined): readonly string[] {
  const proxies = (written ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  const shape = /^(?:[\da-fA-F.:]+(?:\/\d{1,3})?|loopback|linklocal|uniquelocal)$/;
  if (proxies.some((proxy) => !shape.test(proxy))) {
    throw invalid('TRUSTED_PROXIES', 'addresses or networks, divided by commas, like 10.0.0.5,192.168.0.0/16');
  }
  return proxies;
}

function readSecret(written: string | undefined): string | undefined {
  if (written !== undefined && !/^[\x21-\x7e]{16,200}$/.test(written)) {
    throw invalid('GATEWAY_SECRET', '16 to 200 printable ASCII characters');
  }
  return written;
}

function readGatewayAddresses(written: string | undefined): readonly string[] {
  const addresses = (written ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  const isAddress = (each: string): boolean => {
    const [address = '', bits] = each.split('/');
    const longest = isIPv4(address) ? 32 : 128;
    return isIP(address) > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest));
  };
  if (!addresses.every((each) => each === 'loopback' || isAddress(each))) {
    throw invalid('GATEWAY_ADDRESSES', 'addresses or networks, divided by commas, like 10.0.0.5,192.168.0.0/16');
  }
  return addresses;
}

function readLevel(written: string | undefined): Config['logLevel'] {
  const level = logLevels.find((each) => each === (written ?? 'info'));
  if (level === undefined) throw invalid('LOG_LEVEL', logLevels.join(', '));
  return level;
}

function invalid(name: string, expected: string): ConfigurationInvalid {
  return new ConfigurationInvalid(`${name} is not understood. It may be: ${expected}.`);
}
