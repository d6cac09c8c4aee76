import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultCodes, meaningOf } from '../server/platform/errors.ts';
import { findFaultRowBreaches, guide, readFaultRows, writeFaultRows } from './fault-table.ts';
import { root } from './tracked-files.ts';

describe('the operations guide', () => {
  const text = readFileSync(join(root, guide), 'utf8');

  it('says of every fault what to do; `node checks/fault-table.ts` writes codes and meanings', () => {
    expect(findFaultRowBreaches(readFaultRows(text))).toEqual([]);
  });

  it('is found wanting where a row is missing, is gone, differs or is silent', () => {
    const rows = faultCodes.map((code) => ({ code, meaning: meaningOf(code), whatToDo: 'Look.' }));
    const [first, second, third, ...others] = rows;
    if (first === undefined || second === undefined || third === undefined) throw new RangeError('no faults');
    const planted = [
      { ...second, meaning: 'Something else.' },
      { ...third, whatToDo: '' },
      { code: 'NEVER_WAS', meaning: '', whatToDo: 'Look.' },
      ...others,
    ];
    expect(findFaultRowBreaches(planted)).toEqual([
      `${first.code} is missing`,
      `${second.code} has another meaning in the code`,
      `${third.code} does not say what to do`,
      'NEVER_WAS is gone',
    ]);
  });

  it('keeps what was written by hand when it is written anew', () => {
    const byCode = (written: string) => new Map(readFaultRows(written).map(({ code, whatToDo }) => [code, whatToDo]));
    expect(byCode(writeFaultRows(text))).toEqual(byCode(text));
  });
});
