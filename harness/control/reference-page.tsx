import { Layout } from '../pages/layout.tsx'
import { errorStatuses } from './control-error.ts'
import { curlLine } from './curl-line.ts'
import { type DescribedOperation, describeOperations } from './describe-operations.ts'
import type { Field } from './fields-of.ts'
import { nameInPath } from './over-http.ts'

interface Place {
  /** The address of the role that is asked. */
  readonly at: string
  readonly needsToken: boolean
}

/** The reference as a page: every operation with what it takes and answers, and a call of it that can be pasted into a shell. */
export async function referencePage(place: Place) {
  const groups = grouped(await describeOperations())
  return (
    <Layout title="Control API" about={`the control API at ${place.at}`}>
      <div class="beside">
        <Contents groups={groups} />
        <main id="main">
          <h1>Control API</h1>
          <Introduction place={place} />
          {groups.map(({ title, id, operations }) => (
            <>
              <h2 id={id}>{title}</h2>
              {operations.map((operation) => (
                <Operation operation={operation} place={place} />
              ))}
            </>
          ))}
          <Refusals />
        </main>
      </div>
    </Layout>
  )
}

interface Group {
  readonly title: string
  readonly id: string
  readonly operations: readonly DescribedOperation[]
}

const titles: Readonly<Record<string, string>> = {
  all: 'Everything that runs here',
  idp: 'Identity provider',
  es: 'Elasticsearch',
  clocks: 'Clocks',
  faults: 'Faults and changes',
  partners: 'Partners',
  labs: 'Labs',
}

/** By the first part of the name in the library, in the order of the table. */
function grouped(operations: readonly DescribedOperation[]): readonly Group[] {
  const groups = new Map<string, DescribedOperation[]>()
  for (const operation of operations) {
    const [first = ''] = operation.library.split('.')
    const group = first === operation.library ? 'all' : first
    groups.set(group, [...(groups.get(group) ?? []), operation])
  }
  return [...groups].map(([id, each]) => ({ title: titles[id] ?? id, id: `of-${id}`, operations: each }))
}

function Contents({ groups }: { groups: readonly Group[] }) {
  return (
    <nav class="contents" aria-label="Contents">
      <h2>Contents</h2>
      {groups.map(({ title, id, operations }) => (
        <div>
          <a href={`#${id}`}>
            <strong>{title}</strong>
          </a>
          <ul>
            {operations.map(({ name }) => (
              <li>
                <a href={`#${name}`}>{name}</a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <a href="#refusals">
        <strong>How a call is refused</strong>
      </a>
    </nav>
  )
}

function Introduction({ place: { at, needsToken } }: { place: Place }) {
  return (
    <>
      <p>
        Every operation on what runs here, in JSON. The same is at{' '}
        <a href={`${at}/_sloop/openapi.json`}>openapi.json</a> for programs. A <code>GET</code> or <code>DELETE</code>{' '}
        says everything in its query, every other call in its body.
      </p>
      <p>
        <code>?</code> behind a name in an answer: it may be absent. A <code>Change</code> is what is wrong about a
        message on purpose: an object with any of the keys that <a href="#listChanges">listChanges</a> answers.
      </p>
      {needsToken && (
        <p>
          Each call needs the control token: <code>Authorization: Bearer …</code>
        </p>
      )}
    </>
  )
}

function Operation({ operation, place }: { operation: DescribedOperation; place: Place }) {
  const { name, method, path, library, says, fields, takes, takenFrom, takesMetadata, answers } = operation
  const key = nameInPath(operation)
  return (
    <section class="card" aria-labelledby={name}>
      <h3 id={name}>
        <a href={`#${name}`}>{name}</a>
      </h3>
      <p class="call">
        <span class={`method ${method}`}>{method}</span> {`/_sloop${path}`}
      </p>
      <p>{says}</p>
      <p class="quiet">
        In the library: <code>{`lab.${library}(${callOf(operation, key)})`}</code>
      </p>
      {fields.length > 0 && <Fields fields={fields} title={takenFrom === 'query' ? 'Query' : 'Body'} />}
      {fields.length === 0 && takes !== undefined && <Taken takes={takes} />}
      {takesMetadata && (
        <p>
          Or SAML metadata in its place, as <code>application/samlmetadata+xml</code> or <code>application/xml</code>.
        </p>
      )}
      <h4>Answer</h4>
      {answers === undefined ? <p>Nothing.</p> : <pre>{answers.inLines}</pre>}
      <h4>Status</h4>
      <p>{statusesOf(operation, key)}</p>
      <h4>From a shell</h4>
      <pre>{curlLine(operation, place)}</pre>
    </section>
  )
}

const callOf = ({ takes }: DescribedOperation, key: string | undefined): string =>
  [...(key === undefined ? [] : [key]), ...(takes === undefined ? [] : ['{ … }'])].join(', ')

function Taken({ takes }: { takes: string }) {
  return (
    <>
      <h4>Body</h4>
      <p>{takes}</p>
    </>
  )
}

function Fields({ fields, title }: { fields: readonly Field[]; title: string }) {
  const areExplained = fields.some(({ means }) => means !== undefined)
  return (
    <>
      <h4>{title}</h4>
      <table class="fields">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Type</th>
            <th scope="col">Default</th>
            {areExplained && <th scope="col">Meaning</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, type, required, byDefault, means }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td data-column="Type">
                <code>{type}</code>
              </td>
              <td data-column={byDefault && 'Default'}>{required ? 'needed' : (byDefault ?? 'optional')}</td>
              {areExplained && <td>{means}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** What can be known without asking. */
function statusesOf({ answers, method, name, takes }: DescribedOperation, key: string | undefined): string {
  const done = method === 'GET' ? '200' : '200, or 201 when something was made'
  const refusals = [
    ...(takes === undefined ? [] : ['400 when what was given cannot be read']),
    ...(key === undefined ? [] : [`404 when there is no such ${key}`]),
    ...(name === 'ready' ? ['503 while something is missing'] : []),
  ]
  return `${[answers === undefined ? '204' : done, ...refusals].join('; ')}.`
}

function Refusals() {
  const statuses = [...new Set(Object.values(errorStatuses))]
  const typesOf = (status: number) =>
    Object.entries(errorStatuses).flatMap(([type, its]) => (its === status ? [type] : []))
  return (
    <section class="card" aria-labelledby="refusals">
      <h3 id="refusals">How a call is refused</h3>
      <p>
        With <code>{'{ "error": { "type", "message", "path", "expected", "actual", "code" } }'}</code>, and nothing has
        changed then. <code>type</code> is for programs, <code>message</code> for people; what does not apply is absent.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Types</th>
          </tr>
        </thead>
        <tbody>
          {statuses.map((status) => (
            <tr>
              <th scope="row">{status}</th>
              <td>
                <code>{typesOf(status).join(', ')}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
