import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'rolldown'
import { expect, onTestFinished, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))
const folders = ['core/saml', 'core/server', 'idp', 'sp-emulator']

/** Whose expressions no peer's text reaches, or cannot take longer over. */
const notMeasured: Readonly<Record<string, string>> = {
  'core/saml/bindings/escaped.ts': 'what the IdP itself writes, or a query of 16 KiB at most',
  'core/saml/certificate.ts': 'names of our own',
  'core/saml/metadata/key-descriptor.ts': 'a certificate of our own, in base64',
  'core/saml/rules/hints/cut-message.ts': 'begins where the text does, and matches nothing twice',
  'core/saml/rules/hints/document-readings.ts': 'single characters',
  'core/saml/rules/hints/message-values.ts': 'a query of 16 KiB at most',
  'core/saml/rules/hints/query-spellings.ts': 'a query of 16 KiB at most',
  'core/server/base-path.ts': 'the public address of a role',
  'core/server/store/redis/is-refusal.ts': 'an answer of the engine that was chosen',
  'core/server/store/redis/open-redis.ts': 'a flag',
  'core/server/yaml-file.ts': 'an error of the YAML parser',
  'idp/changes/change-row.ts': 'what a test wants of it',
  'idp/changes/sendings.ts': 'what a test wants of it',
  'idp/changes/addresses.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/changes/encodings.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/changes/moments.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/changes/sign-changed-document.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/changes/signature.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/changes/wrap-signed.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/changes/xml.ts': 'what the IdP itself writes, and what a test wants of it',
  'idp/config-values.ts': 'sloop.yml',
  'idp/routes/refusal-facts.ts': 'names in our own code',
  'sp-emulator/es/version.ts': 'a flag',
  'sp-emulator/realm/settings/elasticsearch-yml.ts': 'elasticsearch.yml',
  'sp-emulator/realm/settings/java-pattern-characters.ts': 'elasticsearch.yml',
  'sp-emulator/realm/settings/keystore.ts': 'an error of the keystore reader',
  'sp-emulator/realm/settings/known-settings.ts': 'elasticsearch.yml',
  'sp-emulator/realm/settings/setting-reader.ts': 'elasticsearch.yml',
  'sp-emulator/webapp/pages/account-page.tsx': 'splits behind single characters; making the page takes far longer',
  'sp-emulator/webapp/providers/resolve-providers.ts': 'options of the application',
}

/** Several times what all of it takes: a reader that never ends has come to it. */
const LONG_CPU_MS = 20_000

/** Measures in a worker, which can be ended when it never ends, and answers what it found and what it was at. */
async function measured() {
  const folder = await mkdtemp(join(repository, 'node_modules', '.linear-time-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const worker = new Worker(await bundleInto(folder))
  onTestFinished(async () => void (await worker.terminate()))
  const seen: string[] = []
  const slow: unknown[] = []
  await new Promise((resolve, reject) => {
    const before = process.cpuUsage()
    const look = setInterval(() => {
      const { user, system } = process.cpuUsage(before)
      if ((user + system) / 1_000 > LONG_CPU_MS) resolve(undefined)
    }, 1_000)
    onTestFinished(() => clearInterval(look))
    worker.on('error', reject)
    worker.on('message', (message) => {
      if (typeof message === 'string') seen.push(message)
      else slow.push(message)
      if (message === 'done') resolve(undefined)
    })
  })
  return { seen, slow }
}

async function bundleInto(folder: string): Promise<string> {
  const file = join(folder, 'worker.mjs')
  const imports = folders.map(
    (from, index) => `import { readers as r${index} } from '${repository}${from}/peer-text.test-support.ts'`,
  )
  const measure = `import { measure } from '${repository}core/linear-time/measure.test-support.ts'`
  const code = [...imports, measure, `measure([${folders.map((_, index) => `...r${index}`)}])`].join('\n')
  await build({
    input: 'worker',
    plugins: [
      {
        name: 'worker',
        resolveId: (id) => (id === 'worker' ? id : null),
        load: (id) => (id === 'worker' ? code : null),
      },
    ],
    cwd: repository,
    platform: 'node',
    resolve: { conditionNames: ['sloop-source', 'import', 'node'] },
    output: { file, format: 'esm', codeSplitting: false },
    logLevel: 'silent',
  })
  return file
}

// The one timed test there is: eight times the text may take twenty times as long, where quadratic is 64.
test('whatever a peer sends is read in linear time', { timeout: 240_000 }, async () => {
  const { seen, slow } = await measured()
  expect({ slow, wasAt: seen.at(-1) }).toEqual({ slow: [], wasAt: 'done' })
})

// A slash behind what a value may begin with, up to the next one; comments are no code.
const expression =
  /(?<=(?:[=(:,!&|?[{;]|=>|return)\s*|^\s*)\/(?![/*\s])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\n\\[])+\/[dgimsuvy]*(?=[\s.,;)\]:}])|new RegExp\(/m
const comment = /\/\*[\s\S]*?\*\/|(?<!:)\/\/ .*/g

async function filesWithExpressions(folder: string): Promise<string[]> {
  const paths = await readdir(join(repository, folder), { recursive: true })
  const sources = paths.filter((path) => /\.tsx?$/.test(path) && !/\.test(-support)?\./.test(path))
  const found = await Promise.all(
    sources.map(async (path) => {
      const text = await readFile(join(repository, folder, path), 'utf8')
      return expression.test(text.replace(comment, '')) ? [`${folder}/${path.split(sep).join('/')}`] : []
    }),
  )
  return found.flat()
}

test('every file with a regular expression is measured, or has a reason not to be', async () => {
  const tables = await Promise.all(
    folders.map((folder) => readFile(join(repository, folder, 'peer-text.test-support.ts'), 'utf8')),
  )
  const found = (await Promise.all(folders.map(filesWithExpressions))).flat()
  const isKnown = (file: string) => file in notMeasured || tables.some((table) => table.includes(`'${file}'`))
  expect(found).toContain('core/saml/xml/markup.ts')
  expect(found.filter((file) => !isKnown(file))).toEqual([])
  expect(Object.keys(notMeasured).filter((file) => !found.includes(file))).toEqual([])
})
