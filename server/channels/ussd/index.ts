export {
  createUssd,
  type Ussd,
  type UssdDialogueStep,
  type UssdHttpStep,
  type UssdParts,
  type UssdScreen,
} from './ussd.ts';
