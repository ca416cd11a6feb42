import type { Draft } from '../outbox/draft.ts'
import type { LogoutLeg } from './logout-run.ts'

/** Where the browser goes next: to a service provider with a message, to our own page about the run, or nowhere, since it is only a frame of that page. */
export type LogoutMove =
  | { readonly kind: 'send'; readonly draft: Draft; readonly runId?: string }
  | { readonly kind: 'show'; readonly runId: string }
  | { readonly kind: 'stay'; readonly runId: string; readonly leg: LogoutLeg }
