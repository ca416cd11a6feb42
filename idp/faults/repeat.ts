import type { PostForm } from '#saml/bindings/post'
import type { Draft } from '../outbox/draft.ts'
import type { LogoutMove } from '../slo/logout-move.ts'

/** What a browser takes to a service provider. */
export type ByBrowser =
  | { readonly way: 'redirect'; readonly url: string }
  | { readonly way: 'post'; readonly form: PostForm }

/** A LogoutRequest that a browser takes twice, the second time when the first was answered. */
export interface Repeat {
  readonly sent: ByBrowser
  readonly draft: Pick<Draft, 'kind' | 'to'>
  readonly isFrame: boolean
  /** Where the logout goes on behind the first answer; undefined while there is none. */
  readonly next?: LogoutMove | undefined
}
