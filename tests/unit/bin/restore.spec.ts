import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { test } from '@japa/runner'
import { putFilesBack } from '#bin/backup/commands'
import { checkedManifest } from '#bin/backup/check'
import { restoreBackup } from '#bin/backup/restore_installation'
import { restorable } from '#bin/backup/refusals'
import { whyNotToGoOn } from '#bin/backup/standing'
import { ROOT } from '#tests/support/cluster'

const migrations = readdirSync(join(ROOT, 'database/migrations')).map(
  (file) => `database/migrations/${parse(file).name}`
)

test.group('A backup put back', (group) => {
  let folder: string
  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'lz-restore-'))
    return () => rmSync(folder, { recursive: true })
  })
  const varDir = () => join(folder, 'var')
  const backupOf = (files: Record<string, string>, more: object = {}) => {
    const backup = join(folder, 'backup')
    const hashes = Object.entries(files).map(([path, text]) => {
      mkdirSync(join(backup, 'files', parse(path).dir), { recursive: true })
      writeFileSync(join(backup, 'files', path), text)
      return [path, createHash('sha256').update(text).digest('hex')]
    })
    const manifest = {
      format: 'lunzheng-backup/1',
      migrations,
      tables: {},
      files: Object.fromEntries(hashes),
    }
    writeFileSync(join(backup, 'backup.json'), JSON.stringify({ ...manifest, ...more }))
    return backup
  }
  const KEYS = { 'keys/app.key': 'a', 'keys/ledger.key': 'l' }
  const why = async (backup: string, appKey?: string) => {
    const found = await restorable(backup, { root: ROOT, varDir: varDir(), ownerUrl: null, appKey })
    return found.ok ? null : found.error.why
  }

  test('refused without keys, it leaves nothing behind', async ({ assert }) => {
    const backup = backupOf({ 'blobs/one': 'x' })
    assert.equal(await restoreBackup({ root: ROOT, varDir: varDir(), environment: {} }, backup), 1)
    assert.isFalse(existsSync(varDir()))
    assert.match((await why(backup)) ?? '', /has no app\.key, ledger\.key/)
    assert.match((await why(backup, 'given')) ?? '', /has no ledger\.key/)
  })

  test('keys may be in the backup or be there already, but not be others', async ({ assert }) => {
    const backup = backupOf(KEYS)
    assert.isNull(await why(backup))
    mkdirSync(join(varDir(), 'keys'), { recursive: true })
    writeFileSync(join(varDir(), 'keys', 'ledger.key'), 'another')
    assert.match((await why(backup)) ?? '', /ledger\.key is another key than the backup's/)
  })

  test('a backup of another version is refused before anything is put back', async ({ assert }) => {
    const backup = backupOf(KEYS, { migrations: [...migrations, 'database/migrations/9999_later'] })
    assert.equal(await restoreBackup({ root: ROOT, varDir: varDir(), environment: {} }, backup), 1)
    assert.isFalse(existsSync(varDir()))
    assert.match((await why(backup)) ?? '', /another version, which ends with .*9999_later/)
  })

  test('PostgreSQL’s user can pass the folder that is made, and not its keys', async ({ assert }) => {
    const backup = backupOf(KEYS)
    const umask = process.umask(0o077)
    putFilesBack(varDir(), backup, await checkedManifest(backup))
    process.umask(umask)
    assert.equal(statSync(varDir()).mode & 0o777, 0o755)
    assert.equal(statSync(join(varDir(), 'keys')).mode & 0o777, 0o700)
  })

  test('it says whether the log was signed further, or that nobody here knows', ({ assert }) => {
    const ledger = { size: 9, root: 'aa' }
    assert.isNull(whyNotToGoOn(ledger, ledger))
    assert.isNull(whyNotToGoOn(null, { size: 0, root: '' }))
    assert.match(whyNotToGoOn(null, ledger) ?? '', /nothing here can say/)
    assert.match(whyNotToGoOn({ size: 12, root: 'bb' }, ledger) ?? '', /the last 3 are not in the backup/)
    assert.match(whyNotToGoOn({ size: 7, root: 'bb' }, ledger) ?? '', /older than the backup/)
    assert.match(whyNotToGoOn({ size: 9, root: 'bb' }, ledger) ?? '', /but others/)
  })
})
