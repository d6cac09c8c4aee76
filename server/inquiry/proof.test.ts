import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkProof, makeProof, type ProofRequest } from './proof.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keys = { tokenKey: { sign: privateKey, check: publicKey } };
const asked: ProofRequest = {
  nationalId: '0012345679',
  outcome: 'ENTITLED',
  setting: 'outpatient',
  on: '2026-11-23',
  trackingCode: '4819205733161234',
  issuedAt: new Date('2026-11-23T08:00:00Z'),
};
const text = makeProof(keys, asked);
const at = (now: string) => checkProof(text, publicKey, new Date(now));

describe('a proof', () => {
  it('is good on its day in Tehran, and says how old it is', () => {
    expect(at('2026-11-23T20:29:59Z')).toEqual({
      isGood: true,
      ageSeconds: 12.5 * 3600 - 1,
      proof: {
        lastDigits: '5679',
        outcome: 'ENTITLED',
        setting: 'outpatient',
        on: '2026-11-23',
        trackingCode: '4819205733161234',
        issuedAt: asked.issuedAt,
      },
    });
  });

  it('names its person by four digits alone, and is short', () => {
    expect(text).not.toContain('0012345679');
    expect(text.length).toBeLessThan(200);
  });

  it('is no good on the day after, nor before it was issued', () => {
    expect(at('2026-11-23T20:30:00Z')).toEqual({ isGood: false, why: 'expired' });
    expect(at('2026-11-23T07:50:00Z')).toEqual({ isGood: false, why: 'notYet' });
    expect(at('2026-11-23T07:59:00Z')).toMatchObject({ isGood: true, ageSeconds: 0 });
  });

  it('is refused with any letter changed', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    for (let place = 0; place < text.length; place += 1) {
      const letter = text[place] === '1' ? '2' : '1';
      const changed = `${text.slice(0, place)}${letter}${text.slice(place + 1)}`;
      expect(checkProof(changed, publicKey, now).isGood, changed).toBe(false);
    }
    for (const none of ['', 'EQ1', text.slice(0, -1), `${text}A`, 'EQ2'.concat(text.slice(3))]) {
      expect(checkProof(none, publicKey, now)).toEqual({ isGood: false, why: 'notAProof' });
    }
  });

  it('is refused where another installation has signed it', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(checkProof(text, other, new Date('2026-11-23T09:00:00Z'))).toEqual({ isGood: false, why: 'foreign' });
  });

  it('is made of nothing but an entitlement', () => {
    expect(() => makeProof(keys, { ...asked, outcome: 'NOT_ENTITLED' })).toThrow(RangeError);
    expect(() => makeProof(keys, { ...asked, outcome: 'COULD_NOT_DETERMINE' })).toThrow(RangeError);
  });
});
