import type { Pool } from 'pg';
import { asFault } from '../../database/index.ts';
import { copyToFile, withoutLimit } from './long-statement.ts';
import type { Batch } from './make-batch.ts';

export interface WrittenBatch extends Batch {
  readonly file: string;
  readonly sha256: string;
}

const id = (column: string): string => `lpad(${column}::text, greatest(10, length(${column}::text)), '0')`;
const ids = (divider: string): string =>
  `array_to_string(array(select ${id('member')} from unnest(members) with ordinality as each (member, place) order by place), '${divider}')`;
const reference = `household || '-' || inquiry`;

/** Without a tab or a backslash in any value, COPY writes the lines as they are. */
const forms = {
  ndjson: {
    head: ({ batch, kind, sentOn, dueOn, inquiries, persons, idSum }: Batch): string =>
      `{"batch":"${batch}","kind":"${kind}","sentOn":"${sentOn}","dueOn":"${dueOn}","inquiries":${inquiries},"persons":${persons},"idSum":"${idSum}"}\n`,
    line: `'{"reference":"' || ${reference} || '","head":"' || ${id('head')} || '","members":["' || ${ids('","')}
      || '"],"requestedOn":"' || requested_on || '"' || coalesce(',"fund":"' || fund || '"', '')
      || coalesce(',"expiresOn":"' || expires_on || '"', '') || '}'`,
  },
  csv: {
    head: ({ batch, kind, sentOn, dueOn, inquiries, persons, idSum }: Batch): string =>
      `#batch=${batch};kind=${kind};sentOn=${sentOn};dueOn=${dueOn};inquiries=${inquiries};persons=${persons};idSum=${idSum}\n` +
      'reference,head,members,requestedOn,fund,expiresOn\n',
    line: `${reference} || ',' || ${id('head')} || ',' || ${ids(' ')} || ',' || requested_on || ','
      || coalesce(fund, '') || ',' || coalesce(expires_on::text, '')`,
  },
} as const;
export type BatchForm = keyof typeof forms;
export const batchForms = Object.keys(forms) as readonly BatchForm[];

/**
 * Writes the file of a batch: a head with the control totals, and a line for each household. The same batch gives the same
 * file, whenever it is written (M-21, M-53); the file is readable by its owner alone.
 */
export async function writeBatch(pool: Pool, batch: Batch, file: string, form: BatchForm): Promise<WrittenBatch> {
  const { head, line } = forms[form];
  const client = await pool.connect().catch((error: unknown) => {
    throw asFault(error);
  });
  let isBroken = true;
  try {
    const select = `select ${line} from means_inquiry where batch = ${batch.batch} order by household, inquiry`;
    const sha256 = await withoutLimit(client, () => copyToFile(client, { select, head: head(batch), file }));
    isBroken = false;
    return { ...batch, file, sha256 };
  } catch (error) {
    throw asFault(error);
  } finally {
    // A COPY that was left half-way leaves nothing to go on with.
    client.release(isBroken);
  }
}
