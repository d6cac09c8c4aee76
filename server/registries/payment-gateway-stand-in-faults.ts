/** What the stand-in payment gateway can be told to do wrong. */
export const standInFaults = {
  requestSilent: 'request is not answered',
  requestError: 'request is answered with 500',
  requestGarbage: 'request is answered with nonsense',
  verifySilent: 'verify is not answered, and not done',
  verifyDoneSilent: 'verify is done, and not answered',
  verifyError: 'verify is answered with 500',
  verifyGarbage: 'verify is answered with nonsense',
  verifySlow: 'verify takes 700 ms',
  otherAmountRefused: 'the books have another amount: verify is refused',
  otherAmountTaken: 'another amount was paid, and verify takes it',
  inquirySilent: 'inquiry is not answered',
  callBackLost: 'the browser is not sent back',
} as const;

export type StandInFault = keyof typeof standInFaults;

export function isStandInFault(name: string): name is StandInFault {
  return Object.hasOwn(standInFaults, name);
}
