import { afterAll } from 'vitest'
import { startLab } from '../lab.ts'

export const frozenAt = '2031-05-04T12:00:00Z'

export interface Sent {
  readonly queryString: string
  readonly form: Record<string, string> | undefined
  readonly document: string
}

/** A lab whose clocks stand, in which alice is signed in, and its Elasticsearch, which is asked to explain what the IdP writes wrong on purpose. */
export async function labThatExplains() {
  const lab = await startLab({
    applications: [{ name: 'app' }, { name: 'second' }],
    clocks: { idp: { frozenAt }, es: { frozenAt } },
  })
  afterAll(() => lab.close())
  const to = lab.appUrl
  const { session, participant } = await lab.idp.signIn({ user: 'alice', to })
  const { nameId, sessionIndex } = participant
  await lab.es.tokens.issue({ realm: 'saml1', username: 'alice', nameId, sessionIndex })

  async function mint(kind: string, change: object, relayState?: string): Promise<Sent> {
    const about = kind === 'LogoutResponse' ? { inResponseTo: '_pending' } : { session }
    const minted = await lab.idp.mint({ kind, to, change, ...about, ...(relayState && { relayState }) } as never)
    const { queryString = '', form, document = '' } = minted as Partial<Sent> & { form?: { fields: Sent['form'] } }
    return { queryString, form: form?.fields, document }
  }

  const explain = (presented: object) =>
    lab.es.explain({ realm: 'saml1', inResponseTo: ['_pending'], ...presented } as never)

  async function checkOf(rule: string, presented: object) {
    const { checks } = await explain(presented)
    return checks.find((check) => check.rule === rule)
  }
  return { lab, mint, explain, checkOf }
}
