import type { Context, ErrorHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { SamlError } from '#saml/errors'
import { StoreUnavailable } from '#server/store/store-unavailable'
import type { IdpConfig } from '../config.ts'
import { reasonOf } from '../inbox/expectations.ts'
import { factsOfRefusal } from '../inbox/refused-message.ts'
import { ErrorPage } from '../pages/error-page.tsx'
import type { Paths } from '../pages/paths.ts'
import { HttpRefusal } from './http-refusal.ts'
import { refusalFacts } from './refusal-facts.ts'
import { sendPage } from './send.ts'

interface Refusal {
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** The one place where a refusal becomes an answer: always a page for the person, never a redirect to an address nobody has verified. */
export function onError({ log }: Pick<IdpConfig, 'log'>, paths: Paths): ErrorHandler {
  return function onError(error: Error, c: Context) {
    const refusal = refusalOf(error)
    if (refusal === undefined) {
      log.error({ code: 'INTERNAL', stack: error.stack }, error.message)
      return sendPage(c, <ErrorPage {...internal} paths={paths} />, { status: 500, formsEnd: 'here' })
    }
    const { status, code, message, facts } = refusal
    const known = error instanceof SamlError ? factsOfRefusal(error) : { code, ...facts, ...entryOf(error) }
    log.warn(known, message)
    const title = titles[code] ?? 'Refused'
    const view = { paths, title, code, message, facts: refusalFacts(code, facts), nothingHappened: status < 500 }
    return sendPage(c, <ErrorPage {...view} />, { status, formsEnd: 'here' })
  }
}

const titles: Readonly<Record<string, string>> = { NOT_FOUND: 'Not found', STORE_UNAVAILABLE: 'Not available' }

const internal = {
  title: 'Failed',
  code: 'INTERNAL',
  message: 'This is a mistake in the identity provider itself; its log says more.',
  facts: [],
  nothingHappened: false,
}

function entryOf(error: Error): { readonly seq?: number } {
  return error instanceof HttpRefusal && error.seq !== undefined ? { seq: error.seq } : {}
}

function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof HttpRefusal) return error
  if (error instanceof StoreUnavailable)
    return { status: 503, code: 'STORE_UNAVAILABLE', message: error.message, facts: {} }
  if (!(error instanceof SamlError)) return undefined
  const { code, facts } = error
  return { status: 400, code, message: reasonOf(error), facts }
}
