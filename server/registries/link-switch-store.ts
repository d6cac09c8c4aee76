import type { Pool } from 'pg';

export const linkNames = ['msrt', 'sabtAsnad'] as const;
export type LinkName = (typeof linkNames)[number];

/** The name under which reference_version counts the switches. */
export const linkReference = 'link';

/** From this day on the link is on, or off. */
export interface LinkSwitch {
  readonly link: LinkName;
  /** ISO. */
  readonly fromDay: string;
  readonly isOn: boolean;
  readonly reason: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

export async function readLinkSwitches(pool: Pool): Promise<LinkSwitch[]> {
  const { rows } = await pool.query<LinkSwitch>(
    `select link, from_day as "fromDay", is_on as "isOn", reason, recorded_by as "recordedBy",
            recorded_at as "recordedAt"
     from link_switch order by from_day, recorded_at`,
  );
  return rows;
}

/** In one statement with the version that all processes watch: they know of it within a second. */
export async function recordLinkSwitch(pool: Pool, made: LinkSwitch): Promise<void> {
  await pool.query(
    `with watched as (
       insert into reference_version (name, version) values ($7, 1)
       on conflict (name) do update set version = reference_version.version + 1
     )
     insert into link_switch (link, from_day, recorded_at, is_on, reason, recorded_by)
     values ($1, $2::date, $3, $4, $5, $6)`,
    [made.link, made.fromDay, made.recordedAt, made.isOn, made.reason, made.recordedBy, linkReference],
  );
}
