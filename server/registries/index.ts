export type { OutsideOptions } from './ask-outside.ts';
export { refuseStandIns } from './refuse-stand-ins.ts';
export { claimInstallation, findInstallation, type Installation } from './installation-store.ts';
export { linkNames, recordLinkSwitch, readLinkSwitches, type LinkName, type LinkSwitch } from './link-switch-store.ts';
export { LinkSwitches, type LinksOn } from './link-switches.ts';
export { createMsrt, type Msrt, type StudentAnswer } from './msrt.ts';
export { createOtherInsurers, type CoverAnswer, type OtherInsurers } from './other-insurers.ts';
export { createSabtAsnad, type MaritalAnswer, type SabtAsnad } from './sabt-asnad.ts';
export { startStandIns, type StandIns } from './start-stand-ins.ts';
