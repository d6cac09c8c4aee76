import { describe, expect, it } from 'vitest';
import { Fault } from './errors.ts';
import { createLog } from './log.ts';

describe('the log', () => {
  it('tells name, code and place of an error, and none of its words', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    const cause = Object.assign(new Error('Key (person)=(12345679) exists'), { code: '23505', detail: '12345679' });
    log.error({ err: new Fault('DATABASE_DUPLICATE', 'person 12345679', cause) }, 'refused');
    log.debug('not at this level');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('12345679');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      msg: 'refused',
      err: { name: 'Fault', code: 'DATABASE_DUPLICATE', cause: { name: 'Error', code: '23505' } },
    });
  });
});
