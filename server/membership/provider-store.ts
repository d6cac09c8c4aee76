import { findDay, isoDay, type Day } from '@estehqaq/law';
import { Fault } from '../platform/index.ts';
import type { Provider } from './provider.ts';
import type { Reader } from './read-dossiers.ts';

/** The name under which reference_version counts the changes of providers. */
export const providerReference = 'provider';

interface ProviderRow {
  readonly code: string;
  readonly name: string;
  readonly kind: Provider['kind'];
  readonly ownership: Provider['ownership'];
  readonly contract_from: string | null;
  readonly contract_until: string | null;
  readonly suspended: boolean;
  readonly licence: string | null;
  readonly version: bigint;
}

/** Called at the end of every transaction that changes providers: the last, since others wait for the row. */
export async function raiseProviderVersion(writer: Reader): Promise<void> {
  await writer.query('update reference_version set version = version + 1 where name = $1', [providerReference]);
}

export async function readProviders(reader: Reader): Promise<Provider[]> {
  const { rows } = await reader.query<ProviderRow>(
    `select code, name, kind, ownership, contract_from, contract_until, suspended, licence, version from provider`,
  );
  const { rows: registered } = await reader.query<{ code: string; mobile: bigint }>(
    'select code, mobile from provider_mobile order by code, mobile',
  );
  const mobiles = new Map<string, bigint[]>();
  for (const { code, mobile } of registered) {
    const known = mobiles.get(code);
    if (known === undefined) mobiles.set(code, [mobile]);
    else known.push(mobile);
  }
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    kind: row.kind,
    ownership: row.ownership,
    contractFrom: asDay(row.contract_from),
    contractUntil: asDay(row.contract_until),
    suspended: row.suspended,
    licence: row.licence,
    mobiles: mobiles.get(row.code) ?? [],
    version: row.version,
  }));
}

function asDay(text: string | null): Day | null {
  if (text === null) return null;
  const day = findDay(text);
  if (day === undefined) throw new Fault('DATABASE_FAULT', 'A provider has a contract day that is no day.');
  return day;
}

const providersAtOnce = 5_000;

/** Enters providers, or replaces what is known of them. */
export async function writeProviders(writer: Reader, providers: readonly Provider[]): Promise<void> {
  for (let begin = 0; begin < providers.length; begin += providersAtOnce) {
    const some = providers.slice(begin, begin + providersAtOnce);
    await writeRows(writer, some);
    await writeProviderMobiles(writer, some);
  }
}

async function writeRows(writer: Reader, providers: readonly Provider[]): Promise<void> {
  const day = (of: Day | null): string | null => (of === null ? null : isoDay(of));
  await writer.query(
    `insert into provider (code, name, kind, ownership, contract_from, contract_until, suspended, licence, version)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::boolean[],
       $8::text[], $9::bigint[])
     on conflict (code) do update set name = excluded.name, kind = excluded.kind, ownership = excluded.ownership,
       contract_from = excluded.contract_from, contract_until = excluded.contract_until,
       suspended = excluded.suspended, licence = excluded.licence, version = excluded.version`,
    [
      providers.map(({ code }) => code),
      providers.map(({ name }) => name),
      providers.map(({ kind }) => kind),
      providers.map(({ ownership }) => ownership),
      providers.map(({ contractFrom }) => day(contractFrom)),
      providers.map(({ contractUntil }) => day(contractUntil)),
      providers.map(({ suspended }) => suspended),
      providers.map(({ licence }) => licence),
      providers.map(({ version }) => version),
    ],
  );
}

async function writeProviderMobiles(writer: Reader, providers: readonly Provider[]): Promise<void> {
  const codes = providers.map(({ code }) => code);
  const { rows: before } = await writer.query<{ mobile: bigint }>(
    'delete from provider_mobile where code = any($1::text[]) returning mobile',
    [codes],
  );
  await writer.query(
    `delete from mobile_owner
     where mobile = any($1::bigint[]) and kind = 'provider' and owner = any($2::text[])`,
    [before.map(({ mobile }) => mobile), codes],
  );
  const pairs = providers.flatMap(({ code, mobiles }) => mobiles.map((mobile) => ({ code, mobile })));
  const columns = [pairs.map(({ code }) => code), pairs.map(({ mobile }) => mobile)];
  const each = 'unnest($1::text[], $2::bigint[]) as pair (code, mobile)';
  await writer.query(`insert into provider_mobile (code, mobile) select code, mobile from ${each}`, columns);
  await writer.query(
    `insert into mobile_owner (mobile, kind, owner) select mobile, 'provider', code from ${each}`,
    columns,
  );
}
