export type { OutsideOptions } from './ask-outside.ts';
export { refuseStandIns } from './refuse-stand-ins.ts';
export { createCivilRegistry, type CivilRegistry, type Family, type RegisteredPerson } from './civil-registry.ts';
export { claimInstallation, findInstallation, type Installation } from './installation-store.ts';
export { linkNames, recordLinkSwitch, readLinkSwitches, type LinkName, type LinkSwitch } from './link-switch-store.ts';
export { LinkSwitches, type LinksOn } from './link-switches.ts';
export {
  createMinistry,
  inquiriesAtOnce,
  type Ministry,
  type MinistryInquiry,
  type MinistryReceipt,
  type MinistryResult,
} from './ministry.ts';
export { startMinistryStandIn } from './ministry-stand-in.ts';
export { createMsrt, type Msrt, type StudentAnswer } from './msrt.ts';
export { createOtherInsurers, type CoverAnswer, type OtherInsurers } from './other-insurers.ts';
export {
  createPaymentGateway,
  type GatewayState,
  type PaymentGateway,
  type UnverifiedPayment,
  type Verification,
} from './payment-gateway.ts';
export { StandInBooks, type StandInAnswer } from './payment-gateway-stand-in-books.ts';
export { createSabtAsnad, type MaritalAnswer, type SabtAsnad } from './sabt-asnad.ts';
export { createShahkar, type OwnerAnswer, type Shahkar } from './shahkar.ts';
export { startStandInProgram, startStandIns, type StandInProgram, type StandIns } from './start-stand-ins.ts';
