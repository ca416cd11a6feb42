import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { type TlsFlags, tlsChoice } from './tls-choice.ts'

test.each([
  [{}, {}],
  [{ tls: true as const }, { tls: 'own authority' }],
  [{ tlsCert: 'a.crt', tlsKey: 'a.key' }, { tls: { certificate: 'a.crt', privateKey: 'a.key' } }],
  [{ tls: true as const, tlsCert: 'a.crt', tlsKey: 'a.key' }, { tls: { certificate: 'a.crt', privateKey: 'a.key' } }],
])('how to speak TLS: %j', (flags, said) => {
  const all: TlsFlags & { host: string } = { ...flags, host: 'h' }
  expect(tlsChoice(all)).toEqual({ said, others: { host: 'h' } })
})

test.each([
  [{ tlsCert: 'a.crt' }, '--tls-cert: needs --tls-key beside it'],
  [{ tlsKey: 'a.key' }, '--tls-key: needs --tls-cert beside it'],
])('one file without the other is refused: %j', (flags, sentence) => {
  expect(() => tlsChoice(flags)).toThrow(new ConfigError(sentence))
})
