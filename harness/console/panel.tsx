import { ConfigError } from '#server/config-error'
import { readBody } from '#server/read-body'
import { ControlError, controlError } from '../control/control-error.ts'
import { type DescribedOperation, describeOperations } from '../control/describe-operations.ts'
import type { Row } from '../control/operation.ts'
import { perform } from '../control/perform.ts'
import { table } from '../control/table.ts'
import { pageAnswer } from '../pages/page-answer.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { readForm } from './form-fields.ts'
import { PanelPage, panelParts } from './panel-page.tsx'

interface Visit {
  readonly request: Request
  readonly parties: RunningParties
  readonly root: string
  readonly at: string
}

/** What is read by a link has no form. */
const isOffered = ({ method, streams }: DescribedOperation): boolean => method !== 'GET' && !streams

async function operationNamed(name: string) {
  const operations = (await describeOperations()).filter(isOffered)
  const chosen = operations.find((operation) => operation.name === name)
  if (chosen !== undefined) return { operations, chosen }
  throw controlError('noSuchOperation', `there is no form for [${name.slice(0, 80)}]`)
}

/** The form of an operation. */
export async function showPanel({ request, root, at }: Visit): Promise<Response> {
  const name = new URL(request.url).searchParams.get('operation') ?? 'armFault'
  return pageAnswer(<PanelPage {...(await operationNamed(name))} root={root} at={at} />, panelParts)
}

/** Does what a form asks for, checked by the schema of the operation; tells how it ended on the page of the form. */
export async function performForm({ request, parties, root, at }: Visit, name: string): Promise<Response> {
  const known = await operationNamed(name)
  const form = await readFields(request)
  try {
    const { key, given } = readForm(form, known.chosen)
    const operation = await (table as Readonly<Record<string, Row>>)[name]?.load()
    if (operation === undefined || 'open' in operation) throw controlError('noSuchOperation', `there is no [${name}]`)
    const outcome = await perform(operation, parties, { key, given, signal: request.signal })
    const answer = outcome.status === 204 ? '' : JSON.stringify(outcome.answer, null, 2)
    return pageAnswer(<PanelPage {...known} root={root} at={at} form={form} answer={answer} />, panelParts)
  } catch (error) {
    const refusal = error instanceof ConfigError ? controlError('invalid', error.message) : error
    if (!(refusal instanceof ControlError)) throw error
    const page = <PanelPage {...known} root={root} at={at} form={form} refusal={refusal} />
    return pageAnswer(page, { ...panelParts, status: refusal.status })
  }
}

const mostOctets = 1024 * 1024

/** The fields of a form that was sent. @throws ControlError */
export async function readFields(request: Request): Promise<URLSearchParams> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  const expected = 'application/x-www-form-urlencoded'
  if (type.trim().toLowerCase() !== expected) {
    throw controlError('unsupportedMediaType', `a form is sent as ${expected}`, {
      expected,
      actual: type.slice(0, 256),
    })
  }
  const octets = await readBody(request, mostOctets)
  if (octets === 'too-large') throw controlError('tooLarge', 'the form has more than 1 MiB', { expected: mostOctets })
  if (octets === 'incomplete') throw controlError('invalid', 'the connection ended in the middle of the form')
  return new URLSearchParams(octets.toString())
}
