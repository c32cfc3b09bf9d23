/** A mistake in what somebody gave the command line: its message is for them, without a stack. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
