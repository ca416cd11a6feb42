import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { whileOthersWait } from './lock.mjs'
import { prepareWith, repository } from './repository.mjs'

/** Installs the packages of package-lock.json unless exactly these are installed; of several that start at once, one does. */
export function ensureDependencies() {
  if (isInstalled(repository)) return
  whileOthersWait(() => {
    if (!isInstalled(repository)) install()
  })
}

function install() {
  const npm = process.env.npm_execpath
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm]
  prepareWith(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'], 'installing packages')
}

/** Times first, since they cost nothing; contents when a checkout has touched the lock file. */
function isInstalled(folder) {
  const wanted = join(folder, 'package-lock.json')
  const installed = join(folder, 'node_modules', '.package-lock.json')
  const installedAt = statSync(installed, { throwIfNoEntry: false })?.mtimeMs
  if (installedAt === undefined) return false
  return installedAt > statSync(wanted).mtimeMs || isSatisfied(packagesIn(wanted), packagesIn(installed))
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}

/** npm leaves out optional packages that are for other systems. */
function isSatisfied(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true
    const found = installed[path]
    return found === undefined ? optional === true || devOptional === true : found.version === version
  })
}
