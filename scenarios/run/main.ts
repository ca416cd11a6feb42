import { availableParallelism } from 'node:os'
import { catalogue } from '../catalogue/index.ts'
import { launchBrowsers } from '../drivers/browsers.ts'
import { choose } from './choose.ts'
import { compareDrivers } from './compare-drivers.ts'
import { openKeysFolder } from './keys-folder.ts'

/** `npm run drivers [pattern]`: whether stories of the catalogue are the same without a browser and in Chromium. */
const [pattern] = process.argv.slice(2)
const chosen = choose(catalogue, { pattern }).values()
const keys = openKeysFolder(undefined)
const browsers = await launchBrowsers({})

let [alike, parted] = [0, 0]
async function compareNext(): Promise<void> {
  for (const { scenario } of chosen) {
    const differences = await compareDrivers(scenario, { openBrowser: browsers.open, keysFolder: keys.path })
    if (differences.length === 0) alike += 1
    else parted += 1
    for (const sentence of differences) process.stdout.write(`${scenario.id}: ${sentence}\n`)
  }
}

try {
  await Promise.all(Array.from({ length: availableParallelism() }, compareNext))
} finally {
  await browsers.close()
  keys.close()
}
process.stdout.write(`${alike} are one story in both drivers, ${parted} are not\n`)
process.exitCode = parted === 0 ? 0 : 1
