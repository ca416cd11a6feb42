import { sendTo } from './routes/send.ts'

const browser = { header: () => undefined, redirect: () => undefined }

/** What a peer's text reaches in this folder; `core/linear-time.test.ts` measures it. */
export const readers = [
  ['idp/routes/send.ts', (address: string) => sendTo(browser as unknown as Parameters<typeof sendTo>[0], address)],
] as const
