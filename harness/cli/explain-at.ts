import type { Presented } from '#saml/rules/presented'
import { ControlError } from '../control/control-error.ts'
import { table } from '../control/table.ts'
import { documentIn, rootNameOf } from '../explain/document-in.ts'
import type { Explained, Judge } from '../explain/explained.ts'
import { type ControlServer, callControl } from './call-control.ts'

const operations = { es: table.explainAtElasticsearch, idp: table.explainAtIdp } as const

type Party = keyof typeof operations

/** Who receives it. A logout goes both ways, and whoever finds less wrong with it is meant. */
const receivers: Readonly<Record<string, readonly Party[]>> = { AuthnRequest: ['idp'], Response: ['es'] }

/** Has messages judged by the party of a running server that they are for; by Elasticsearch where a realm is named. */
export function judgeAt(server: ControlServer, realm: string | undefined): Judge {
  return async (presented, { at }) => {
    const given = { ...wordsFor(presented), at }
    const kind = rootNameOf(documentIn(presented) ?? '') ?? ''
    const parties = realm === undefined ? (receivers[kind] ?? ['es', 'idp']) : (['es'] as const)
    const answers: Explained[] = []
    const absent: unknown[] = []
    for (const party of parties) {
      const asked = { row: operations[party], given: party === 'es' ? { ...given, realm } : given }
      const answer = await callControl(server, asked).catch((error: unknown) => {
        if (!isNoSuchParty(error)) throw error
        absent.push(error)
      })
      if (answer !== undefined) answers.push(answer as Explained)
    }
    const [best] = answers.toSorted((one, other) => brokenIn(one) - brokenIn(other))
    if (best === undefined) throw absent[0]
    return best
  }
}

/** A message in the words of the operation. */
function wordsFor(presented: Presented): object {
  if (presented.carrier === 'form') return { form: presented.fields }
  if (presented.carrier === 'document') return { document: presented.document }
  const { address, queryString } = presented
  return address === undefined ? { queryString } : { url: `${address}?${queryString}` }
}

const isNoSuchParty = (error: unknown): boolean => {
  const { cause } = error as Error
  return cause instanceof ControlError && cause.type === 'noSuchParty'
}

const brokenIn = ({ checks }: Explained): number => checks.filter(({ holds }) => holds === false).length
