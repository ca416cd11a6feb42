import { expect, test } from 'vitest'
import { keepTrying } from './keep-trying.ts'

const recordingLog = () => {
  const lines: string[] = []
  const write = (facts: object, message: string) => void lines.push(`${message} ${JSON.stringify(facts)}`)
  return { lines, log: { info: write, warn: write, error: write } }
}

test('what succeeds at last is answered, and the same failure is logged once', async () => {
  const { lines, log } = recordingLog()
  let left = 3
  const attempt = async () => {
    if (left-- > 0) throw new Error('not yet')
    return 'there'
  }
  const { signal } = new AbortController()
  await expect(keepTrying(attempt, { log, what: 'loading it', signal, pauseMs: 0 })).resolves.toBe('there')
  expect(lines).toEqual(['loading it failed, trying again {"failure":"not yet"}'])
})

test('an attempt that is given up answers undefined', async () => {
  const { log } = recordingLog()
  const giveUp = new AbortController()
  const attempt = async () => {
    giveUp.abort()
    throw new Error('not yet')
  }
  await expect(keepTrying(attempt, { log, what: 'loading it', signal: giveUp.signal })).resolves.toBeUndefined()
})

test('a refusal is logged with its code', async () => {
  const { lines, log } = recordingLog()
  const refusals = [Object.assign(new Error('no metadata'), { code: 'SAML_METADATA' })]
  const attempt = async () => {
    for (const refusal of refusals.splice(0)) throw refusal
  }
  await keepTrying(attempt, { log, what: 'loading it', signal: new AbortController().signal, pauseMs: 0 })
  expect(lines).toEqual(['loading it failed, trying again {"code":"SAML_METADATA","failure":"no metadata"}'])
})
