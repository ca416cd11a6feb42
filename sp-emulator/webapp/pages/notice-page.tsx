import { legibleText } from '#server/legible-text'
import { Layout } from './layout.tsx'

export interface NoticePageProps {
  readonly application: string
  readonly headline: string
  readonly text: string
  readonly failed?: boolean
  readonly link: { readonly label: string; readonly href: string }
}

/** A headline, a sentence and the one way on. */
export function NoticePage({ application, headline, text, failed = false, link }: NoticePageProps) {
  return (
    <Layout application={application} headline={headline} failed={failed}>
      <p>{legibleText(text)}</p>
      <a class="button" href={link.href}>
        {legibleText(link.label)}
      </a>
    </Layout>
  )
}
