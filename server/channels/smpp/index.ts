export { findSmppAddresses, type SmppAddress } from './address.ts';
export { createSmppLink } from './create-link.ts';
export type {
  BindState,
  Handler,
  IncomingMessage,
  LinkState,
  LossReason,
  MessageState,
  NotSentReason,
  OutgoingMessage,
  Receipt,
  ReceivedKind,
  SendResult,
  SmppLink,
  SmppLinkOptions,
  SmppObserver,
  SmppTimings,
  UssdStep,
} from './link.ts';
export { OperatorInvalid, readOperator, usualOperator, type Operator } from './operator.ts';
