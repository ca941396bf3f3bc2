/** What `npm run ace` offers. Commands of AdonisJS that generate code or empty the database are left out of it. */
const OWN: Readonly<Record<string, string>> = {
  backup: 'Save database and files into a folder, beside the running app',
  restore: 'Put a backup in the place of what is there',
  'ledger:verify': 'Recompute the whole log, replay it, and compare the result with every table',
  'ledger:export': 'Write checkpoint, tiles, entries and keys of the log into a folder',
  'ledger:resume': 'Let a restored log go on from what was published, with a public declaration',
  'ledger:erase': 'Erase the content of entries for good, where the law says so',
  'draw:fairness': 'Hold a year of draws against chance',
  'experts:import': 'Take experts from a spreadsheet into the library',
  'plans:assess': 'Say for works in a JSON file whether they need a review, on which grounds',
  'admin:create': 'Make an account for staff, with second factor',
  'demo:seed': 'Fill an empty demo database with people and projects',
  'demo:reset': 'Throw the demonstration away: database, witness, keys and files',
}

export const OWN_COMMANDS = Object.keys(OWN)

export const DEMO_RESET_HELP = `npm run ace -- demo:reset
  Removes database, witness, keys and files of the installation in VAR_DIR; there is no way back. It has to be stopped,
  and on the embedded database. The next npm start makes the demonstration anew.
Exit code 0: done; 1: it is running; 2: misuse.
`

const ASKS_FOR_THE_LIST = ['list', 'help', '--help', '-h']

/** Nothing asked, or help about no command in particular. */
export function asksForTheList([first, ...rest]: readonly string[]): boolean {
  return first === undefined || (ASKS_FOR_THE_LIST.includes(first) && rest.length === 0)
}

export function listOfCommands(): string {
  const width = Math.max(...OWN_COMMANDS.map((name) => name.length))
  const lines = Object.entries(OWN).map(([name, what]) => `  ${name.padEnd(width)}  ${what}`)
  return [
    'npm run ace -- COMMAND [arguments]: administration of the installation in VAR_DIR (var/ unless set).',
    ...lines,
    'npm run ace -- COMMAND --help says more of one. docs/operations.md: backup and restore, step by step.',
    '',
  ].join('\n')
}
