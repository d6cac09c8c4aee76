/** Tags of the optional parameters that we use (SMPP 3.4, 5.3.2). */
export const tag = {
  receiptedMessageId: 0x001e,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarNumber: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
  ussdServiceOp: 0x0501,
} as const;

/** Bits of `esm_class` (5.2.12). */
export const esmClass = { typeMask: 0x3c, receipt: 0x04, intermediate: 0x20, userDataHeader: 0x40 } as const;

/** A text in a parameter, with or without its zero at the end. */
export function textOf(octets: Buffer | undefined): string | undefined {
  return octets?.toString('latin1').split('\0', 1)[0];
}

export function numberOf(octets: Buffer | undefined): number | undefined {
  return octets === undefined || octets.length === 0 || octets.length > 6
    ? undefined
    : octets.readUIntBE(0, octets.length);
}
