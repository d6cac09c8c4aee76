import type { Pool } from 'pg';
import type { LaterActs } from '@estehqaq/law';
import { asFault, findFaultCode } from '../database/index.ts';
import { Fault } from '../platform/index.ts';

/** Acts as they were recorded together; `version` counts from 1. */
export interface RecordedActs {
  readonly version: bigint;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly acts: LaterActs;
}

/** Somebody has confirmed that the figures in force are those of a Solar Hijri year. */
export interface FigureConfirmation {
  readonly year: number;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  /** On what it rests: the document. */
  readonly reason: string;
  /** What was confirmed: the law with so many acts, and its premium. */
  readonly actsVersion: bigint;
  readonly perCapitaMonthly: bigint;
}

export async function readLawActs(pool: Pool): Promise<readonly RecordedActs[]> {
  const { rows } = await pool.query<RecordedActs>(
    `select version, recorded_by as "recordedBy", recorded_at as "recordedAt", acts from law_act order by version`,
  );
  return rows;
}

export async function readFigureConfirmations(pool: Pool): Promise<readonly FigureConfirmation[]> {
  const { rows } = await pool.query<FigureConfirmation>(
    `select year, recorded_by as "recordedBy", recorded_at as "recordedAt", reason, acts_version as "actsVersion",
            per_capita_monthly as "perCapitaMonthly"
     from figure_confirmation order by year, recorded_at`,
  );
  return rows;
}

/** In `reference_version`; raised by every act and every confirmation. */
export const lawActReference = 'law_act';

const raiseVersion = `
  raised as (update reference_version set version = version + 1 where name = '${lawActReference}')`;

/** @throws Fault DATABASE_CONFLICT where somebody else has just recorded acts: those here were tried against older ones */
export async function insertLawActs(pool: Pool, made: RecordedActs): Promise<void> {
  const insert = `
    with ${raiseVersion}
    insert into law_act (version, recorded_at, recorded_by, acts) values ($1, $2, $3, $4)`;
  await pool
    .query(insert, [made.version, made.recordedAt, made.recordedBy, JSON.stringify(made.acts)])
    .catch((error: unknown) => {
      if (findFaultCode(error) === 'DATABASE_DUPLICATE') {
        throw new Fault(
          'DATABASE_CONFLICT',
          'Somebody else has just recorded acts. Look at them, and try again.',
          error,
        );
      }
      throw asFault(error);
    });
}

export async function insertFigureConfirmation(pool: Pool, made: FigureConfirmation): Promise<void> {
  const { year, recordedAt, recordedBy, reason, actsVersion, perCapitaMonthly } = made;
  await pool
    .query(
      `with ${raiseVersion}
       insert into figure_confirmation (year, recorded_at, recorded_by, reason, acts_version, per_capita_monthly)
       values ($1, $2, $3, $4, $5, $6)`,
      [year, recordedAt, recordedBy, reason, actsVersion, perCapitaMonthly],
    )
    .catch((error: unknown) => {
      throw asFault(error);
    });
}
