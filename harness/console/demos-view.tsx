import { demos } from './demo.ts'

/** A button for each thing that can be done with one click. */
export function Demos({ user, root }: { user: string; root: string }) {
  return (
    <div class="demos">
      {Object.entries(demos).map(([name, { says, means }]) => (
        <form method="post" action={`${root}console/${name}`}>
          <button type="submit" title={means}>
            {says.replace('{user}', user)}
          </button>
        </form>
      ))}
    </div>
  )
}
