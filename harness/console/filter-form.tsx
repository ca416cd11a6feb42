import { legibleText } from '#server/legible-text'
import type { Look } from './look.ts'

/** What of the journal is drawn: a form that any browser can send. */
export function FilterForm({ look: { chosen, users, parties, logouts }, root }: { look: Look; root: string }) {
  const ofLogouts = logouts.map(({ id, user, state }) => [id, `${user}: ${state} (${id.slice(0, 6)})`] as const)
  return (
    <form method="get" action={root} class="filter" aria-label="What is shown">
      <Choice name="user" all="everybody" chosen={chosen.user} options={users.map((name) => [name, name])} />
      <Choice name="party" all="all" chosen={chosen.party} options={parties.map((name) => [name, name])} />
      <Choice name="logout" all="all" chosen={chosen.logout} options={ofLogouts.reverse()} />
      <label class="check">
        <input type="checkbox" name="calls" value="hidden" checked={!chosen.withCalls} /> hide calls
      </label>
      <button type="submit">Show</button>
    </form>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly all: string
  readonly chosen: string
  readonly options: readonly (readonly [value: string, says: string])[]
}

function Choice({ name, all, chosen, options }: ChoiceProps) {
  return (
    <label>
      {name}{' '}
      <select name={name}>
        <option value="">{all}</option>
        {options.map(([value, says]) => (
          <option value={value} selected={value === chosen}>
            {legibleText(says)}
          </option>
        ))}
      </select>
    </label>
  )
}
