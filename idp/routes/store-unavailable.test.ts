import { expect, test } from 'vitest'
import { readSoap } from '#saml/bindings/soap'
import { createMemoryStore } from '#server/store/store'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { makeWorld } from '../world.test-support.ts'
import { call, soapUrl } from './soap-scene.test-support.ts'

const away = async () => {
  throw new StoreUnavailable('the store at redis://engine did not answer within 2 s')
}

test.each(['refresh', 'step'])(
  'while the store is away (%s) a call is answered 503 with a fault of the server, and a browser with a page',
  async (when) => {
    const step = async <T>(work: () => Promise<T>): Promise<T> => work()
    const replicas = { refresh: async () => undefined, settle: async () => undefined, step, [when]: away }
    const { idp, log } = await makeWorld({ store: { ...createMemoryStore(), replicas } })
    const answer = await idp.fetch(call('<no-envelope/>'))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/xml; charset=utf-8'])
    const text = await answer.text()
    expect(text).toContain('<faultcode>soap:Server</faultcode>')
    const says = 'STORE_UNAVAILABLE: the store at redis://engine did not answer within 2 s'
    expect(() => readSoap(Buffer.from(text))).toThrow(`this is a SOAP fault: ${says}`)
    expect(log.at(-1)?.facts).toEqual({ code: 'STORE_UNAVAILABLE' })
    const page = await idp.fetch(new Request(soapUrl.replace('/slo/soap', '/')))
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=UTF-8'])
  },
)
