export { createSmsConversation, type PhoneParts, type SmsConversation, type SmsReceived } from './conversation.ts';
export { createPhoneMetrics, type PhoneChannel, type PhoneMetrics } from './phone-metrics.ts';
export { usualPhoneLimits, type PhoneLimits } from './limits.ts';
export type { NumberOwners } from './ask-by-phone.ts';
export { GatewayInvalid, readGateway, usualGateway, type Gateway } from './gateway-file.ts';
export { chooseInquirySms, InquiryNotices, inquiryNotice, readInquirySms } from './inquiry-notices.ts';
export { createHttpSender, type SendSms, type SmsToSend } from './outbound.ts';
