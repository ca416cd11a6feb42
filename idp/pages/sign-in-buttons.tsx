import { legibleText } from '#server/legible-text'
import type { Paths } from './paths.ts'

export interface SignInChoice {
  readonly name: string
  readonly displayName: string
}

/** One submit button per user, named exactly as the user. `pending` says what is waiting for the sign-in. */
export function SignInButtons(props: { paths: Paths; users: readonly SignInChoice[]; pending?: string | undefined }) {
  return (
    <form method="post" action={props.paths.signIn} class="choices">
      {props.pending !== undefined && <input type="hidden" name="pending" value={props.pending} />}
      {props.users.map((user) => (
        <button type="submit" name="user" value={user.name} title={legibleText(user.displayName)}>
          {legibleText(user.name)}
        </button>
      ))}
    </form>
  )
}
