import type { Rule } from '#saml/rules/rule'
import type { Received } from './received.ts'

/** That there is a message, of a kind that was expected. */
export const readingRules: readonly Rule<Received>[] = [
  { rule: 'wellFormedXml', code: 'SAML_XML', clause: 'saml-core-2.0 §1.1', ask: ({ xml }) => void xml.make() },
  {
    ...{ rule: 'allowedBySchema', code: 'SAML_SCHEMA', clause: 'saml-core-2.0 §1.2' },
    ask: ({ valid }) => void valid.make(),
  },
  {
    ...{ rule: 'expectedMessage', code: 'SAML_ROOT', clause: 'saml-core-2.0 §3' },
    ask: ({ root }) => void root.make(),
  },
  {
    ...{ rule: 'readableInstants', code: 'SAML_INSTANT', clause: 'saml-core-2.0 §1.3.3' },
    ask: ({ claimed }) => void claimed.make(),
  },
]
