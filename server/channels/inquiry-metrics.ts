import { Counter, Gauge, Histogram, type Registry } from '../platform/index.ts';
import type { Inquiry, InquiryMetrics } from '../inquiry/index.ts';

/** By channel, kind of asker and outcome; never by person, provider, reason or day. */
export function createInquiryMetrics(registry: Registry): InquiryMetrics {
  const registers = [registry];
  const answered = new Counter({
    name: 'estehqaq_inquiries_total',
    help: 'Inquiries answered',
    labelNames: ['channel', 'asker', 'outcome', 'replayed'],
    registers,
  });
  const seconds = new Histogram({
    name: 'estehqaq_inquiry_seconds',
    help: 'From the question to the answer, by channel',
    labelNames: ['channel'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const batches = new Histogram({
    name: 'estehqaq_batch_inquiries',
    help: 'Inquiries written in one transaction',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  const failed = new Counter({
    name: 'estehqaq_inquiries_failed_total',
    help: 'Inquiries refused or without an answer, by fault',
    labelNames: ['channel', 'code'],
    registers,
  });
  return {
    answered: ({ channel, asker, outcome, seconds: took, replayed }) => {
      answered.inc({ channel, asker, outcome, replayed: String(replayed) });
      seconds.observe({ channel }, took);
    },
    batchWritten: (inquiries) => {
      batches.observe(inquiries);
    },
    failed: (channel, code) => {
      failed.inc({ channel, code });
    },
  };
}

/** How much waits at this moment. */
export function watchInquiry(registry: Registry, inquiry: Pick<Inquiry, 'state'>): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const registered: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: () => {
        registered.set(read());
      },
    });
  };
  gauge('estehqaq_inquiries_unanswered', 'Accepted and not answered yet', () => inquiry.state().unanswered);
  gauge(
    'estehqaq_inquiries_undetermined',
    'Attempts without an answer that wait to be recorded',
    () => inquiry.state().undetermined,
  );
  gauge(
    'estehqaq_inquiries_undetermined_lost',
    'Attempts without an answer that could not be kept or not be recorded, since the start',
    () => inquiry.state().undeterminedLost,
  );
}
