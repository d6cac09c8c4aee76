import { asFault } from '../database/index.ts';
import type { Reader } from './read-dossiers.ts';

/** People whose registered mobile this is; there may be several. @param mobile 989121234567n */
export async function findPersonsByMobile(reader: Reader, mobile: bigint): Promise<bigint[]> {
  try {
    const { rows } = await reader.query<{ owner: string }>({
      name: 'persons-by-mobile',
      text: `select owner from mobile_owner where mobile = $1 and kind = 'person' order by owner`,
      values: [mobile],
    });
    return rows.map(({ owner }) => BigInt(owner));
  } catch (error) {
    throw asFault(error);
  }
}
