/** What is kept elsewhere cannot be had now. The message is one sentence without secrets, for whoever called; a role answers it with 503. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}
