import { legibleText } from '#server/legible-text'
import type { PartnerSession } from '../sessions.ts'
import { Layout } from './layout.tsx'

interface HomePageProps {
  readonly name: string
  readonly basePath: string
  readonly session: PartnerSession | undefined
  readonly clock: string | undefined
}

/** Who is signed in, and the way in or out. */
export function HomePage({ name, basePath, session, clock }: HomePageProps) {
  if (session === undefined) {
    return (
      <Layout name={name} headline="Nobody is signed in here" clock={clock}>
        <a class="button" href={`${basePath}/login`}>
          Log in
        </a>
      </Layout>
    )
  }
  const { user, nameId, nameIdFormat, sessionIndex } = session
  const rows = [
    ['NameID', nameId],
    ['Format', nameIdFormat],
    ['SessionIndex', sessionIndex],
  ]
  return (
    <Layout name={name} headline={`You are signed in as ${user}`} clock={clock}>
      <dl>
        {rows.map(([label, value]) => (
          <>
            <dt>{label}</dt>
            <dd>
              <bdi>{legibleText(value ?? '–')}</bdi>
            </dd>
          </>
        ))}
      </dl>
      <form method="post" action={`${basePath}/logout`}>
        <button type="submit">Log out</button>
      </form>
    </Layout>
  )
}
