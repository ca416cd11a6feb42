import { legibleText } from '#server/legible-text'
import { Layout } from './layout.tsx'

interface NoticePageProps {
  readonly name: string
  readonly basePath: string
  readonly headline: string
  readonly text: string
}

/** A headline, a sentence and the way to the first page. */
export function NoticePage({ name, basePath, headline, text }: NoticePageProps) {
  return (
    <Layout name={name} headline={headline}>
      <p>{legibleText(text)}</p>
      <a class="button" href={`${basePath}/`}>
        Home
      </a>
    </Layout>
  )
}
