import type { ConformanceCase } from '../case.ts'
import { authenticateMessages } from './authenticate.ts'
import { authenticateSignatures } from './authenticate-signatures.ts'
import { completeLogouts } from './complete-logout.ts'
import { derived } from './derived.ts'
import { encryptions } from './encryption.ts'
import { expiries } from './expiry.ts'
import { inResponseTo } from './in-response-to.ts'
import { invalidateMessages, invalidateTokens } from './invalidate.ts'
import { preparations } from './prepare.ts'
import { realms } from './realms.ts'
import { logoutRequests, logoutTokens, redirectUrls } from './redirects.ts'
import { spMetadataCases } from './sp-metadata.ts'
import { tokens } from './tokens.ts'
import { wrappings } from './wrapping.ts'

/** Every numbered case of the specification, in its order (spec §11). */
export const cases: readonly ConformanceCase[] = [
  ...invalidateMessages,
  ...invalidateTokens,
  ...logoutTokens,
  ...redirectUrls,
  ...logoutRequests,
  ...completeLogouts,
  ...preparations,
  ...spMetadataCases,
  ...authenticateMessages,
  ...authenticateSignatures,
  ...encryptions,
  ...expiries,
  ...wrappings,
  ...inResponseTo,
  ...realms,
  ...tokens,
  ...derived,
].sort((a, b) => a.number - b.number)
