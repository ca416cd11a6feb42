import { carriesAnswer } from './inbox/unpack.ts'
import { sendTo } from './routes/send.ts'

type Context = Parameters<typeof sendTo>[0]

const answering = { header: () => undefined, redirect: () => undefined } as unknown as Context

/** What a peer's text reaches in this folder; `core/linear-time.test.ts` measures it. */
export const readers = [
  ['idp/inbox/unpack.ts', (query: string) => carriesAnswer(query), ['&SAMLResponse', '']],
  ['idp/routes/send.ts', (address: string) => sendTo(answering, address)],
] as const
