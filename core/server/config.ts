export { ConfigError } from './config-error.ts'
export { hintFor, nearest, similarOnes } from './suggestions.ts'
export { readYamlFile } from './yaml-file.ts'
