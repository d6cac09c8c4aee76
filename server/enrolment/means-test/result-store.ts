import { insert, read, selected, type Columns, type Reader } from '../sql.ts';

/** What the ministry answered about a household. Days are ISO. */
export interface MeansResult {
  readonly household: bigint;
  readonly result: bigint;
  readonly inquiry: bigint;
  readonly determinedOn: string;
  /** Of the whole household, rials a month. */
  readonly incomeMonthly: bigint | null;
  readonly decile: number | null;
  readonly receivedAt: Date;
  readonly receivedFrom: string;
  readonly isLate: boolean;
  readonly corrects: bigint | null;
  readonly lawVersion: string;
  readonly actsVersion: bigint;
  /** Of existing insured: what a renewal on that day would be. */
  readonly feeGroup: number | null;
  readonly payablePercent: number | null;
  readonly payable: bigint | null;
}

const columns = {
  household: 'household',
  result: 'result',
  inquiry: 'inquiry',
  determinedOn: 'determined_on',
  incomeMonthly: 'income_monthly',
  decile: 'decile',
  receivedAt: 'received_at',
  receivedFrom: 'received_from',
  isLate: 'is_late',
  corrects: 'corrects',
  lawVersion: 'law_version',
  actsVersion: 'acts_version',
  feeGroup: 'fee_group',
  payablePercent: 'payable_percent',
  payable: 'payable',
} as const satisfies Columns<MeansResult>;

export async function insertResult(client: Reader, result: MeansResult): Promise<void> {
  await insert(client, 'means_result', columns, result);
}

const types: Readonly<Record<keyof MeansResult, string>> = {
  household: 'bigint',
  result: 'bigint',
  inquiry: 'bigint',
  determinedOn: 'date',
  incomeMonthly: 'bigint',
  decile: 'smallint',
  receivedAt: 'timestamptz',
  receivedFrom: 'text',
  isLate: 'boolean',
  corrects: 'bigint',
  lawVersion: 'text',
  actsVersion: 'bigint',
  feeGroup: 'smallint',
  payablePercent: 'smallint',
  payable: 'bigint',
};

export async function insertResults(client: Reader, results: readonly MeansResult[]): Promise<void> {
  const names = Object.keys(columns) as (keyof MeansResult)[];
  const arrays = names.map((name, index) => `$${index + 1}::${types[name]}[]`).join(', ');
  await read(
    client,
    `insert into means_result (${names.map((name) => columns[name]).join(', ')}) select * from unnest(${arrays})`,
    names.map((name) => results.map((result) => result[name])),
  );
}

/** The last one of an inquiry is the one that holds. */
export async function findResultOf(
  reader: Reader,
  household: bigint,
  inquiry: bigint,
): Promise<MeansResult | undefined> {
  const last = `
    select ${selected(columns)} from means_result where household = $1 and inquiry = $2 order by result desc limit 1`;
  return (await read<MeansResult>(reader, last, [household, inquiry]))[0];
}

/** The last one of a household, for whatever it was asked. */
export async function findLatestResult(reader: Reader, household: bigint): Promise<MeansResult | undefined> {
  const last = `select ${selected(columns)} from means_result where household = $1 order by result desc limit 1`;
  return (await read<MeansResult>(reader, last, [household]))[0];
}

/** The newest first. */
export async function listResults(reader: Reader, household: bigint): Promise<readonly MeansResult[]> {
  const own = `select ${selected(columns)} from means_result where household = $1 order by result desc`;
  return read<MeansResult>(reader, own, [household]);
}
