import { ControlError, controlError } from '../control/control-error.ts'
import { type DescribedOperation, describeOperations } from '../control/describe-operations.ts'
import type { Row } from '../control/operation.ts'
import { perform } from '../control/perform.ts'
import { asControlError } from '../control/refusals.ts'
import { table } from '../control/table.ts'
import { pageAnswer, redirectTo } from '../pages/page-answer.ts'
import { findEnded, keepEnded } from './ended-forms.ts'
import { fieldAt, readForm } from './form-fields.ts'
import { knownHere } from './known-here.ts'
import { PanelPage, panelParts } from './panel-page.tsx'
import { readFields } from './read-fields.ts'
import type { Visit } from './visit.ts'

/** What is read by a link has no form. */
const isOffered = ({ method, streams }: DescribedOperation): boolean => method !== 'GET' && !streams

async function operationNamed(name: string) {
  const operations = (await describeOperations()).filter(isOffered)
  const chosen = operations.find((operation) => operation.name === name)
  if (chosen !== undefined) return { operations, chosen }
  throw controlError('noSuchOperation', `there is no form for [${name.slice(0, 80)}]`)
}

/** The form of an operation, and how it ended when it was sent from here. */
export async function showPanel({ request, parties, root, at }: Visit): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const name = searchParams.get('operation') ?? 'armFault'
  const done = searchParams.get('done')
  const ended = done === null ? undefined : findEnded(parties, done, name)
  const [offered, known] = await Promise.all([operationNamed(name), knownHere(parties)])
  return pageAnswer(<PanelPage {...offered} {...ended} known={known} root={root} at={at} />, panelParts)
}

/** Does what a form asks for, checked by the schema of the operation, and leads back to the page of the form, which tells how it ended; a refusal keeps what was written. */
export async function performForm({ request, parties, root, at }: Visit, name: string): Promise<Response> {
  const offered = await operationNamed(name)
  const { chosen } = offered
  const form = await readFields(request)
  try {
    const { key, given } = readForm(form, chosen)
    const operation = await (table as Readonly<Record<string, Row>>)[name]?.load()
    if (operation === undefined || 'open' in operation) throw controlError('noSuchOperation', `there is no [${name}]`)
    const outcome = await perform(operation, parties, { key, given, signal: request.signal })
    const answer = outcome.status === 204 ? '' : JSON.stringify(outcome.answer, null, 2)
    const done = keepEnded(parties, { operation: name, form, answer })
    return redirectTo(`${root}console/panel?${new URLSearchParams({ operation: name, done })}`)
  } catch (error) {
    const refusal = asControlError(error)
    if (!(refusal instanceof ControlError)) throw error
    const refused = { says: refusal.message, field: fieldAt(refusal, chosen) }
    const shown = { ...offered, known: await knownHere(parties), root, at, form, refused }
    return pageAnswer(<PanelPage {...shown} />, { ...panelParts, status: refusal.status })
  }
}
