/* The door of notices: what we say to people, by event, in Persian and English; no transport. */

export { decileTexts, decileWordings, type DecileWording } from './decile-text.ts';
export { createDemoTransport, listDemoMessages, type DemoMessage } from './demo-transport.ts';
export { endReminders, enqueueNotice, enqueueNotices, type NoticeRequest } from './enqueue-notice.ts';
export { noticeEvents, type NoticeData, type NoticeEvent } from './event.ts';
export { findDelivery, deliveredAt, type Delivery } from './find-delivery.ts';
export { listUnreachable, unreachableCsv, type UnreachablePerson, type UnreachablePage } from './list-unreachable.ts';
export { listNotices, type ToldNotice } from './list-notices.ts';
export { noticeStates, type NoticeState } from './notice-store.ts';
export { usualQuietHours, type QuietHours } from './quiet-hours.ts';
export { readPreference, recordPreference, type NoticePreference } from './preference.ts';
export { sealSecret, type SealedSecret } from './sealed-secret.ts';
export { createNoticeSender, type NoticeSender, type NoticeSenderParts, type SendCounts } from './send-notices.ts';
export { countParts } from './sms-parts.ts';
export { type Message, type MessageTransport, type SendOutcome, type TransportReceipt } from './transport.ts';
