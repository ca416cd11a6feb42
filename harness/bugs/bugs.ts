import { addresses } from './addresses.ts'
import { bindings } from './bindings.ts'
import { browser } from './browser.ts'
import type { Bug } from './bug.ts'
import { encoding } from './encoding.ts'
import { principals } from './principals.ts'
import { sessions } from './sessions.ts'
import { signature } from './signature.ts'
import { statuses } from './statuses.ts'
import { timeAndXml } from './time-and-xml.ts'

/** The families of the catalogue, by their names there. */
export const families: Readonly<Record<string, readonly Bug[]>> = {
  'A. Signature over the redirect query': signature,
  'B. Compression and encoding': encoding,
  'C. Who is being logged out': principals,
  'D. Addresses': addresses,
  'E. Bindings, verbs, guards against forgery': bindings,
  'F. Answers and status': statuses,
  'G. Order and state of sessions': sessions,
  'H. Browser': browser,
  'J. Time and XML': timeAndXml,
}

/** Every bug of the catalogue, in its order. */
export const bugs: readonly Bug[] = Object.values(families).flat()
