import { expect } from 'vitest'
import type { SamlErrorCode } from './errors.ts'

/** For `toThrow`: a SamlError with exactly this code and sentence. */
export function refusal(code: SamlErrorCode, message: string): Error {
  return expect.objectContaining({ name: 'SamlError', code, message })
}
