import { legibleText } from './legible-text.ts'
import { isLocalhostName } from './localhost-lookup.ts'
import { loggableText } from './log-facts.ts'

/** What a peer's text reaches in this folder; `core/linear-time.test.ts` measures it. */
export const readers = [
  ['core/server/localhost-lookup.ts', isLocalhostName, ['localhost.', 'localhost!']],
  ['core/server/legible-text.ts', legibleText],
  ['core/server/log-facts.ts', loggableText],
] as const
