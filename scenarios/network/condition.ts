import type { QueryRewriting } from './rewrite-query.ts'

/**
 * One thing that the network does to requests for one party, as a value: `{ to: 'app', carrying: 'SAMLRequest', times: 1, does: { duplicates: true } }`.
 *
 * It stands in front of that party, so that it meets whoever calls there: browsers an application or the IdP, applications Elasticsearch, the IdP a partner.
 */
export interface NetworkCondition {
  /** The party that is called: `idp`, `es`, or the name of an application or partner. */
  readonly to: string
  /** Only requests with this parameter, in the query or in a posted form. */
  readonly carrying?: 'SAMLRequest' | 'SAMLResponse'
  /** Only requests for this path, letter by letter as it was sent; with `/*` at its end also for all that are below it. */
  readonly path?: string
  /** Only the first so many of those requests that it can do something to; all of them unless said. */
  readonly times?: number | 'always'
  readonly does: NetworkAct
}

/** What a network can do to a request or to its answer. */
export interface NetworkActs {
  /** Another spelling of the query arrives. */
  readonly query: QueryRewriting
  /** The party is told another address than the one that was called. */
  readonly address: ToldAddress
  /** The request arrives so many milliseconds later, also when its caller has given up meanwhile. */
  readonly delayMs: number
  /** The request arrives at once, its answer so many milliseconds later. */
  readonly answerDelayMs: number
  /** The request never arrives, or is acted on and its answer never comes: the caller waits for as long as it likes to. */
  readonly drops: 'request' | 'answer'
  /** The request arrives twice, the second time once the first is answered; the caller sees the second answer, as behind a proxy that lost the first and tried again. */
  readonly duplicates: true
  /** The caller is given this status, from 400 to 599, and the request never arrives. */
  readonly status: number
  /** The caller's connection is reset, before the request arrives or in place of its answer. */
  readonly resets: 'request' | 'answer'
  /** A request whose path and query have more octets than this is answered 414 and never arrives. */
  readonly longestUrl: number
}

/** What a party is told of the address that was called, as a proxy says it; what is absent stays as it was called. */
export interface ToldAddress {
  /** In `X-Forwarded-Proto`. */
  readonly scheme?: 'http' | 'https'
  /** In `Host` and `X-Forwarded-Host`. */
  readonly host?: string
  /** In `Host`, `X-Forwarded-Host` and `X-Forwarded-Port`. */
  readonly port?: number
  /** In place of the path that was called; the query stays. */
  readonly path?: string
}

export type ActName = keyof NetworkActs

type Only<Name extends ActName> = Readonly<Pick<NetworkActs, Name>> & {
  readonly [Other in Exclude<ActName | 'of', Name>]?: never
}

type RewritesOneValue = Omit<Only<'query'>, 'query' | 'of'> & {
  readonly query: Exclude<QueryRewriting, 'reordered'>
  /** The only parameter that is rewritten, such as `Signature`. */
  readonly of: string
}

/** Exactly one of the acts. */
export type NetworkAct = { [Name in ActName]: Only<Name> }[ActName] | RewritesOneValue
