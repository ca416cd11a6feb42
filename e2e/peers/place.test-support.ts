import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder that is removed in the end. Everybody may read it: servers that were started by root change to a user of their own. */
export interface Place {
  readonly folder: string
  path(name: string): string
  /** Answers the whole path of the file. */
  write(name: string, text: string): string
  read(name: string): string
  remove(): void
}

export function makePlace(name: string): Place {
  const folder = mkdtempSync(join(tmpdir(), `sloop-${name}-`))
  chmodSync(folder, 0o755)
  const path = (file: string) => join(folder, file)
  const write = (file: string, text: string) => {
    mkdirSync(dirname(path(file)), { recursive: true })
    writeFileSync(path(file), text)
    return path(file)
  }
  const read = (file: string) => readFileSync(path(file), 'utf8')
  return { folder, path, write, read, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Makes `<name>.key` and `<name>.crt` for hosts; the certificate is its own authority. */
export function makeCertificate(place: Place, name: string, hosts: readonly string[]): void {
  const names = hosts.map((host) => `DNS:${host}`).join()
  const subject = ['-subj', `/CN=${hosts[0]}`, '-addext', `subjectAltName=${names}`, '-days', '2', '-nodes']
  const files = ['-keyout', place.path(`${name}.key`), '-out', place.path(`${name}.crt`)]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files], { stdio: 'ignore' })
  chmodSync(place.path(`${name}.key`), 0o644)
}

/** A port that nobody has at the moment: those who are told of it before it is taken can be configured. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
