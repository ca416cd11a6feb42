import { Command, CommanderError } from 'commander'
import type { Cli, Configure } from './cli.ts'
import { productVersion } from './product-version.ts'

interface CommandEntry {
  readonly name: string
  readonly description: string
  /** Only the chosen command is loaded, so that a health check does not load a server. */
  load(): Promise<{ configure: Configure }>
}

const commands: readonly CommandEntry[] = [
  { name: 'up', description: 'run everything in one process', load: () => import('./up.ts') },
  { name: 'idp', description: 'run the identity provider alone', load: () => import('./idp.ts') },
  { name: 'es', description: 'run the Elasticsearch emulator alone', load: () => import('./es.ts') },
  { name: 'app', description: 'run the web application alone', load: () => import('./app.ts') },
  { name: 'partner', description: 'run a partner alone', load: () => import('./partner.ts') },
  { name: 'run', description: 'tell scenarios, and say which hold', load: () => import('./run.ts') },
  { name: 'mint', description: 'write a SAML message as the IdP would', load: () => import('./mint.ts') },
  { name: 'explain', description: 'say which rules a message breaks, and why', load: () => import('./explain.ts') },
  { name: 'journal', description: 'read or follow what a running server saw', load: () => import('./journal.ts') },
  { name: 'control', description: 'ask or change a running server', load: () => import('./control.ts') },
  { name: 'mcp', description: 'the same operations as MCP tools', load: () => import('./mcp.ts') },
  { name: 'ready', description: 'wait until roles are ready', load: () => import('./ready.ts') },
]

/** The program with the flags of the command that `argv` names. It never exits the process: what it refuses is thrown. */
export async function createProgram(argv: readonly string[], cli: Cli): Promise<Command> {
  const program = new Command('sloop')
    .description('A mock SAML identity provider and an Elasticsearch-compatible SAML realm, to drive single logout')
    .exitOverride()
    .configureOutput({ writeOut: cli.print, writeErr: () => undefined })
    .option('-V, --version', 'print the version')
    .on('option:version', () => printVersion(cli))
  for (const { name, description, load } of commands) {
    const command = program.command(name).description(description).allowExcessArguments(false)
    if (argv.includes(name)) (await load()).configure(command, cli)
  }
  return program
}

/** Ends the program, as help does. */
function printVersion(cli: Cli): never {
  const version = productVersion()
  cli.print(`${version}\n`)
  throw new CommanderError(0, 'commander.version', version)
}
