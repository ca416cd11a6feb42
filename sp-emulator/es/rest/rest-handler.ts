import { withoutBasePath } from '#server/base-path'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { internalError, renderErrorEnvelope, toElasticsearchError } from '../errors.ts'
import type { NodeContext } from '../node-context.ts'
import { errorAnswer, type RestAnswer, simpleError } from './answer.ts'
import { authenticateCaller } from './authenticate-caller.ts'
import { type MediaTypes, readMediaTypes } from './media-types.ts'
import { noteCall } from './note-call.ts'
import { readBody } from './read-body.ts'
import { respond } from './respond.ts'
import type { CallSeen } from './route.ts'
import { createRouter, type RouteMatch } from './router.ts'
import { routes } from './routes/index.ts'
import { routesOf } from './routes-of.ts'
import { runAs } from './run-as.ts'
import { type Presentation, readPresentation } from './url-parameters.ts'
import { warningHeader } from './warning-header.ts'

/** A request with what can be read off its first line. */
interface Target {
  readonly method: string
  /** Path and query, as messages quote it. */
  readonly uri: string
  readonly path: string
  readonly parameters: URLSearchParams
}

interface Dispatch {
  readonly target: Target
  readonly body: Buffer | undefined
  readonly media: MediaTypes
  readonly warn: (text: string) => void
  readonly seen: CallSeen
}

/** Answers every request as the node would; it never rejects. */
export function createRestHandler(
  node: NodeContext,
  { maxBodyOctets, basePath = '' }: { readonly maxBodyOctets: number; readonly basePath?: string },
): (request: Request, env?: object) => Promise<Response> {
  const { replicas } = node
  const { productHeader } = node.dialect
  const findRoute = createRouter(routesOf(routes, node.dialect))

  return async function handle(request, env) {
    const target = readTarget(request, basePath)
    const warnings: string[] = []
    const warn = (text: string) => warnings.push(warningHeader(text, node.dialect.version))
    const presentation = readPresentation(target.parameters)
    let contentType = node.dialect.jsonContentType
    const seen: CallSeen = {}
    let failure: unknown
    const answerRequest = async (): Promise<RestAnswer> => {
      if (replicas !== undefined) await replicas.refresh()
      const body = await readBody(request, { limit: maxBodyOctets, env })
      if (body === 'too-large') return { status: 413 }
      if (body === 'incomplete') return cutOff
      const media = readMediaTypes(request.headers, body !== undefined, node.dialect)
      contentType = media.answersWith
      const match = findRoute(target.method, target.path)
      return dispatch(match, { request, target, body, media, node, warn, seen })
    }
    const failed = (error: unknown): RestAnswer => {
      failure = error
      return answerError(error, { node, target, presentation })
    }
    const answerAndNote = async (): Promise<RestAnswer> => {
      const answer = await answerRequest().catch(failed)
      noteCall(node, target, { answer, seen, failure })
      if (failure instanceof StoreUnavailable) throw failure
      return answer
    }
    const answer = await (replicas === undefined ? answerAndNote() : replicas.step(answerAndNote)).catch(failed)
    return respond(answer, { method: target.method, productHeader, contentType, warnings, env, ...presentation })
  }
}

/** Its sender went away: nobody reads this answer. */
const cutOff: RestAnswer = { status: 400 }

function readTarget({ method, url }: Request, basePath: string): Target {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const whole = url.slice(start)
  const query = whole.indexOf('?')
  const end = query === -1 ? whole.length : query
  const path = withoutBasePath(whole.slice(0, end), basePath)
  const search = whole.slice(end)
  return { method, uri: path + search, path, parameters: new URLSearchParams(search) }
}

/** Route before media type of the body before credentials, as a node asks (spec §1.1). */
async function dispatch(
  match: RouteMatch,
  call: Dispatch & { request: Request; node: NodeContext },
): Promise<RestAnswer> {
  const { request, target, body, media, node, warn, seen } = call
  if (match.kind === 'none' || !isOffered(match, media)) return noHandler(target)
  if (match.kind === 'other-methods') return otherMethod(target, match.methods)
  if (body !== undefined && !media.bodyIsJson) return notAcceptable(request.headers.get('content-type'))
  const sender = await authenticateCaller(request.headers.get('authorization'), target.uri, node)
  const caller = runAs(sender, { username: request.headers.get('es-security-runas-user'), uri: target.uri, node })
  if (caller.type === 'token') seen.user = caller.authentication.username
  const { route, pathParameter } = match
  const { path, parameters } = target
  return route.handle({ method: route.method, path, pathParameter, parameters, body, caller, node, warn, seen })
}

/** A path that only an older API version has is there for those who ask for that version. */
function isOffered(match: RouteMatch, { version }: MediaTypes): boolean {
  return match.kind !== 'route' || match.route.compatibleWith === undefined || match.route.compatibleWith === version
}

function noHandler({ uri, method }: Target): RestAnswer {
  return errorAnswer(400, { error: `no handler found for uri [${uri}] and method [${method}]` })
}

function otherMethod({ method, uri }: Target, methods: readonly string[]): RestAnswer {
  const headers = { Allow: methods.join(',') }
  if (method === 'OPTIONS') return { status: 200, headers: { ...headers, 'content-type': 'text/plain; charset=UTF-8' } }
  const error = `Incorrect HTTP method for uri [${uri}] and method [${method}], allowed: [${methods.join(', ')}]`
  return { ...simpleError(405, error), headers }
}

function notAcceptable(contentType: string | null): RestAnswer {
  if (contentType === null) return simpleError(406, 'Content-Type header is missing')
  return simpleError(406, `Content-Type header [${contentType}] is not supported`)
}

function answerError(
  error: unknown,
  { node, target, presentation }: { node: NodeContext; target: Target; presentation: Presentation },
): RestAnswer {
  const known = toElasticsearchError(error, node.dialect)
  if (known === undefined)
    node.log.error({ code: 'INTERNAL', error, path: target.path }, 'a call failed for a reason nobody foresaw')
  const shown = known ?? internalError
  return { ...errorAnswer(shown.status, renderErrorEnvelope(shown, presentation)), headers: shown.headers }
}
