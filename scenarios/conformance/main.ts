import { conform } from './runner.ts'

process.exitCode = await conform(process.argv.slice(2), console)
