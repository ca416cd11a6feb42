import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'

/** By when most have answered. */
const seconds = 1

/** A page that takes a browser to one address twice: in a frame, then itself. */
export function TwicePage({ paths, url }: { paths: Paths; url: string }) {
  return (
    <Layout title="Sent twice" paths={paths} refresh={{ seconds, url }}>
      <p>A fault is armed: this answer is delivered here, and then once more.</p>
      <iframe src={url} title="the first delivery" />
      <p>
        <a href={url}>Go on</a>
      </p>
    </Layout>
  )
}
