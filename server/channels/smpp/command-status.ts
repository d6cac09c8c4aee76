/** The values of `command_status` that we send or act on (SMPP 3.4, 5.1.3). */
export const status = {
  ok: 0,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  wrongBindState: 0x04,
  systemError: 0x08,
  messageQueueFull: 0x14,
  submitFailed: 0x45,
  throttled: 0x58,
  /** What we say when a message could not be handled now: "receiver temporary application error". */
  comeAgain: 0x64,
  invalidParameters: 0xc0,
  unknownError: 0xff,
} as const;

const temporary: ReadonlySet<number> = new Set([
  status.wrongBindState,
  status.systemError,
  status.messageQueueFull,
  status.submitFailed,
  status.throttled,
  status.comeAgain,
  status.unknownError,
]);

/** The same message may be taken later. */
export function isTemporary(commandStatus: number): boolean {
  return temporary.has(commandStatus);
}

/** The message centre wants fewer messages for a while. */
export function isThrottling(commandStatus: number): boolean {
  return commandStatus === status.throttled || commandStatus === status.messageQueueFull;
}
