import { Counter, type Registry } from '../platform/index.ts';

/** By what somebody wanted to be known. */
export type SignInStep = 'code-request' | 'code' | 'password' | 'totp' | 'recovery' | 'issuer' | 'session' | 'form';
/** `forged`: a request that does not come from a page of ours. */
export type SignInResult = 'done' | 'wrong' | 'limited' | 'forged' | 'refused' | 'failed';

export type CountSignIn = (step: SignInStep, result: SignInResult) => void;

/** Counts every success and every refusal; never who. */
export function countSignIns(registry: Registry): CountSignIn {
  const counter = new Counter({
    name: 'estehqaq_sign_ins_total',
    help: 'Steps of signing in, by step and result',
    labelNames: ['step', 'result'],
    registers: [registry],
  });
  return (step, result) => {
    counter.inc({ step, result });
  };
}
