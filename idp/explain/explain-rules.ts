import { SamlError } from '#saml/errors'
import { askAll, type Check } from '#saml/rules/ask-all'
import type { Hints } from '#saml/rules/hints/hint'
import type { Rule } from '#saml/rules/rule'
import { expectations, reasonOf } from '../inbox/expectations.ts'
import { letPass, type Tolerant } from '../inbox/judge.ts'
import type { Breach } from '../inbox/tolerance.ts'

/** What each rule says of a message before anybody knows whose it is. */
export function explainRules<Message>(
  rules: readonly Rule<Message>[],
  message: Message,
  hints?: Hints<Message>,
): readonly Check[] {
  return askAll(rules.map(inFull), message, hints)
}

/** What each rule says of a message of a sender who may be forgiven. */
export function explainTolerantRules<Message extends Tolerant>(
  rules: readonly Rule<Message>[],
  message: Message,
  hints?: Hints<Message>,
): readonly Check[] {
  return rules.flatMap((rule) => {
    const tolerated: Breach[] = []
    const ask = () => void tolerated.push(...letPass(() => rule.ask(message), message))
    return explainRules([{ ...rule, ask }], message, hints).map((check) => forgiven(check, tolerated))
  })
}

function forgiven(check: Check, [breach]: readonly Breach[]): Check {
  return breach === undefined ? check : { ...check, message: `${breach.message}: tolerated by the word ${breach.word}` }
}

/** The rule that says of every breach what was expected and what came, as a page of the IdP would. */
function inFull<Message>(rule: Rule<Message>): Rule<Message> {
  const ask = (message: Message) => {
    try {
      rule.ask(message)
    } catch (error) {
      throw error instanceof SamlError ? told(error) : error
    }
  }
  return { ...rule, ask }
}

function told(error: SamlError): SamlError {
  const { code, facts } = error
  const reason = reasonOf(error)
  // What is absent came as nothing; only what nobody compares is told in the reason.
  const actual = 'actual' in facts ? (facts['actual'] ?? null) : reason
  return new SamlError(code, reason, { expected: expectations[code], ...facts, actual })
}
