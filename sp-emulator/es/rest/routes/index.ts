import type { Route } from '../route.ts'
import { createTokenRoute } from './create-token.ts'
import { invalidateTokenRoute } from './invalidate-token.ts'
import { main, mainHead } from './main.ts'
import { samlAuthenticate } from './saml-authenticate.ts'
import { samlCompleteLogout } from './saml-complete-logout.ts'
import { samlInvalidate } from './saml-invalidate.ts'
import { samlLogout } from './saml-logout.ts'
import { samlMetadata } from './saml-metadata.ts'
import { samlPrepare } from './saml-prepare.ts'
import { securityRoutes } from './security/index.ts'
import { whoAmI } from './who-am-i.ts'

/** Every call that the emulator answers. */
export const routes: readonly Route[] = [
  main,
  mainHead,
  samlPrepare,
  samlAuthenticate,
  samlLogout,
  samlInvalidate,
  samlCompleteLogout,
  samlMetadata,
  createTokenRoute,
  invalidateTokenRoute,
  whoAmI,
  ...securityRoutes,
]
