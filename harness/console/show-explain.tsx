import { SamlError } from '#saml/errors'
import { ConfigError } from '#server/config-error'
import { ControlError } from '../control/control-error.ts'
import { pageAnswer } from '../pages/page-answer.ts'
import { ExplainPage, explainParts } from './explain-page.tsx'
import { explainPasted } from './explain-pasted.ts'
import { readFields } from './read-fields.ts'
import type { Visit } from './visit.ts'

/** Explains what somebody pasted; what holds no message is told in a sentence. */
export async function showExplained({ request, parties, root, at }: Visit): Promise<Response> {
  const text = (await readFields(request)).get('text') ?? ''
  try {
    const pasted = await explainPasted(parties, text)
    return pageAnswer(<ExplainPage root={root} at={at} text={text} pasted={pasted} />, explainParts)
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SamlError || error instanceof ControlError)) throw error
    const page = <ExplainPage root={root} at={at} text={text} problem={error.message} />
    return pageAnswer(page, { ...explainParts, status: 400 })
  }
}
