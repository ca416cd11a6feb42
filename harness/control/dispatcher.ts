import { loadOnce } from '#server/load-once'
import type { Fetch } from '#server/serve'
import { nearest } from '#server/suggestions'
import type { RunningParties } from '../roles/running-parties.ts'
import { type Admission, whyNotAdmitted } from './admission.ts'
import { ControlError, controlError } from './control-error.ts'
import type { Row } from './operation.ts'
import { perform } from './perform.ts'
import { readGiven } from './read-given.ts'
import { table } from './table.ts'

interface Surroundings {
  /** The address of the role in front of which this stands. */
  readonly at: string
  readonly parties: RunningParties
  readonly admission: Admission
  /** The path of a request as the table has it, below `/_sloop`. */
  readonly pathOf: (request: Request) => string
}

const rows: readonly Row[] = Object.values<Row>(table).map((row) => ({ ...row, load: loadOnce(row.load) }))

/** What tells of the operations, by its path; each is made when it is asked for. */
const documents: Readonly<Record<string, (surroundings: Surroundings) => Promise<Response>>> = {
  '/openapi.json': async () => {
    const { openApi } = await import('./open-api.ts')
    return json(200, await openApi())
  },
  '/reference': async ({ at, admission }) => {
    const [{ referencePage }, { pageAnswer }] = await Promise.all([
      import('./reference-page.tsx'),
      import('../pages/page-answer.ts'),
    ])
    return pageAnswer(await referencePage({ at, needsToken: admission.token !== undefined }))
  },
}

/** The operations of the table as a function from request to response. */
export function createDispatcher(surroundings: Surroundings): Fetch {
  const { parties, admission, pathOf } = surroundings
  return async (request) => {
    try {
      const refusal = whyNotAdmitted(request, admission)
      if (refusal !== undefined) throw refusal
      return await answer(request, pathOf(request).slice('/_sloop'.length), surroundings)
    } catch (error) {
      return refuse(error instanceof ControlError ? error : unexpected(error, parties))
    }
  }
}

async function answer(request: Request, path: string, surroundings: Surroundings): Promise<Response> {
  const document = documents[path]
  if (document !== undefined) {
    checkMethod(request, path, ['GET'])
    return document(surroundings)
  }
  const { row, key } = findRow(request, path)
  const operation = await row.load()
  const given = await readGiven(request, operation, row)
  const { status, answer } = await perform(operation, surroundings.parties, { key, given })
  return status === 204 ? new Response(null, { status, headers }) : json(status, answer)
}

function findRow(request: Request, path: string): { row: Row; key: string } {
  const found = rows.flatMap((row) => {
    const key = keyIn(row.path, path)
    return key === undefined ? [] : [{ row, key }]
  })
  if (found.length === 0) throw noSuchOperation(path)
  const methods = found.map(({ row }) => row.method)
  const method = checkMethod(request, path, methods)
  const chosen = found.find(({ row }) => row.method === method)
  if (chosen === undefined) throw noSuchOperation(path)
  return chosen
}

/** HEAD is answered as GET is, which changes nothing here. */
function checkMethod({ method }: Request, path: string, methods: readonly string[]): string {
  const wanted = method === 'HEAD' ? 'GET' : method
  if (methods.includes(wanted)) return wanted
  throw controlError('methodNotAllowed', `/_sloop${path} does not answer to ${method}`, {
    expected: methods,
    actual: method,
  })
}

/** What a path names where the table has braces, decoded; empty where it has none. Undefined when it is another path. */
function keyIn(template: string, path: string): string | undefined {
  const [before = '', after] = template.split(/\{\w+\}/)
  if (after === undefined) return template === path ? '' : undefined
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined
  const key = path.slice(before.length, path.length - after.length)
  return key === '' || key.includes('/') ? undefined : decoded(key)
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    throw controlError('invalid', 'the path is not percent-encoded UTF-8', { path: 'path', actual: key.slice(0, 256) })
  }
}

function noSuchOperation(path: string): ControlError {
  const actual = `/_sloop${path.slice(0, 256)}`
  const known = [...new Set(rows.map((row) => `/_sloop${row.path}`))]
  const meant = nearest(actual, known)
  const hint = meant === undefined ? '/_sloop/reference lists all' : `did you mean ${meant}?`
  return controlError('noSuchOperation', `there is no operation at ${actual}, ${hint}`, { expected: meant, actual })
}

function unexpected(error: unknown, { log }: RunningParties): ControlError {
  const { message, stack } = error as Error
  log.error({ code: 'INTERNAL', stack }, message)
  return controlError('internal', 'this is a mistake in the control API itself; its log says more')
}

function refuse({ type, message, path, expected, actual, code, status }: ControlError): Response {
  const answer = json(status, { error: { type, message, path, expected, actual, code } })
  if (status === 401) answer.headers.set('WWW-Authenticate', 'Bearer')
  if (status === 405) answer.headers.set('Allow', (expected as readonly string[]).join(', '))
  return answer
}

const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

const json = (status: number, value: unknown): Response => Response.json(value, { status, headers })
