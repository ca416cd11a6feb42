import { ControlError } from './control-error.ts'

/** What an operation was refused with. */
export async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ControlError)) throw new Error('expected a ControlError', { cause: error })
  const { status, type, message, path, expected, actual, code } = error
  return { status, type, message, path, expected, actual, code }
}
