import { test } from '@japa/runner'
import { concat, sha256, toBase64, toHex, u64be, utf8 } from '#lib/bytes'
import { formatCheckpoint, parseCheckpoint } from '#lib/tlog/checkpoint'
import {
  formatSignerKey,
  formatVerifierKey,
  KEY_TYPE,
  parseSignerKey,
  parseVerifierKey,
  signerKey,
} from '#lib/tlog/keys'
import { formatNote, parseNote } from '#lib/tlog/note'
import { openCheckpoint } from '#lib/tlog/open_checkpoint'
import { openNote } from '#lib/tlog/open_note'
import { cosignNote, signNote } from '#lib/tlog/sign_note'

/** The example of C2SP signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
const LOG = signerKey('log.example/a', KEY_TYPE.ed25519, sha256(utf8('log')))
const WITNESS = signerKey('witness.example/w', KEY_TYPE.cosignature, sha256(utf8('witness')))
const STRANGER = signerKey('log.example/a', KEY_TYPE.ed25519, sha256(utf8('stranger')))
const TEXT = formatCheckpoint({ origin: LOG.name, size: 7, root: sha256(utf8('root')) })
const NOW = 1_773_331_200

const noteOf = (...signatures: ReturnType<typeof signNote>[]) => utf8(formatNote({ text: TEXT, signatures }))
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code

test.group('Signed notes', () => {
  test('opens the example of the format with its key, and not a letter of it changed', ({ assert }) => {
    const key = parseVerifierKey(EXAMPLE_KEY)
    if (!key.ok) return assert.fail()
    assert.equal(formatVerifierKey(key.value), EXAMPLE_KEY)
    const opened = openNote(utf8(EXAMPLE_NOTE), [key.value])
    assert.equal(opened.ok && opened.value.text, 'This is an example message.\n')
    const changed = utf8(EXAMPLE_NOTE.replace('example message', 'Example message'))
    assert.equal(codeOf(openNote(changed, [key.value])), 'note_signature_invalid')
  })

  test('keys go through their text forms; altered ids, types and lengths are refused', ({ assert }) => {
    const skey = formatSignerKey(WITNESS)
    const read = parseSignerKey(skey)
    assert.isTrue(read.ok)
    assert.equal(read.ok && formatVerifierKey(read.value), formatVerifierKey(WITNESS))
    const vkey = formatVerifierKey(LOG)
    const [name, id, material] = [LOG.name, LOG.keyId, LOG.publicKey]
    const spelt = (type: number, key: Uint8Array) => toBase64(concat(Uint8Array.of(type), key))
    for (const wrong of [
      vkey.replace(id, id.toUpperCase()),
      vkey.replace(id, '00000000'),
      `${name}+${id}+${spelt(2, material)}`,
      `${name}+${id}+${spelt(4, material)}`,
      `${name}+${id}+${spelt(1, material.slice(1))}`,
      `${name}+${id}+${spelt(1, new Uint8Array(32))}`,
      `log example+${vkey.slice(vkey.indexOf('+') + 1)}`,
      `${vkey}\n`,
      skey,
      '',
    ])
      assert.isFalse(parseVerifierKey(wrong).ok, wrong)
  })

  test('one key has another id for each type', ({ assert }) => {
    const secret = sha256(utf8('one'))
    const plain = signerKey('a', KEY_TYPE.ed25519, secret)
    assert.notEqual(plain.keyId, signerKey('a', KEY_TYPE.cosignature, secret).keyId)
    assert.equal(toHex(plain.publicKey), toHex(signerKey('b', KEY_TYPE.ed25519, secret).publicKey))
  })

  test('lines of unknown keys are ignored, a bad line of a known key spoils the note', ({ assert }) => {
    const note = noteOf(signNote(LOG, TEXT), signNote(STRANGER, TEXT), cosignNote(WITNESS, TEXT, NOW))
    const opened = openNote(note, [LOG, WITNESS])
    assert.deepEqual(opened.ok && opened.value.signedBy.map(({ timestamp }) => timestamp), [null, NOW])
    assert.equal(codeOf(openNote(noteOf(signNote(STRANGER, TEXT)), [LOG])), 'note_not_signed')
    // A stranger's signature under the known name and id.
    const forged = { ...signNote(STRANGER, TEXT), keyId: LOG.keyId }
    assert.equal(
      codeOf(openNote(noteOf(forged, cosignNote(WITNESS, TEXT, NOW)), [LOG, WITNESS])),
      'note_signature_invalid'
    )
    assert.equal(codeOf(openNote(noteOf(forged), [WITNESS])), 'note_not_signed')
  })

  test('a cosignature binds its time, and is no plain signature', ({ assert }) => {
    const line = cosignNote(WITNESS, TEXT, NOW)
    const later = { ...line, signature: concat(u64be(NOW + 1), line.signature.slice(8)) }
    assert.equal(codeOf(openNote(noteOf(later), [WITNESS])), 'note_signature_invalid')
    const plainKey = signerKey(WITNESS.name, KEY_TYPE.ed25519, WITNESS.secretKey)
    const asPlain = { ...line, keyId: plainKey.keyId, signature: line.signature.slice(8) }
    assert.equal(codeOf(openNote(noteOf(asPlain), [plainKey])), 'note_signature_invalid')
    const asCosigned = { ...signNote(plainKey, TEXT), keyId: WITNESS.keyId }
    assert.equal(codeOf(openNote(noteOf(asCosigned), [WITNESS])), 'note_signature_invalid')
    assert.throws(() => cosignNote(LOG, TEXT, NOW), 'key_type')
    assert.throws(() => cosignNote(WITNESS, TEXT, 0), 'key_type')
  })

  test('what is not a note to the letter is refused', ({ assert }) => {
    const good = formatNote({ text: TEXT, signatures: [signNote(LOG, TEXT)] })
    assert.isTrue(parseNote(utf8(good)).ok)
    const line = good.slice(good.indexOf('—'))
    for (const [what, bad] of Object.entries({
      'no last newline': good.slice(0, -1),
      'a carriage return': good.replaceAll('\n', '\r\n'),
      'a tab': good.replace('log', 'l\tog'),
      'no blank line': good.replace('\n\n', '\n'),
      'no signature': `${TEXT}\n`,
      'a hyphen for the dash': good.replace('—', '-'),
      'two spaces': good.replace(' log', '  log'),
      'a space at the end': `${good.slice(0, -1)} \n`,
      'a plus in the name': `${TEXT}\n${line.replace('log.example/a', 'a+b')}`,
      'a wide space in the name': `${TEXT}\n${line.replace('log.example/a', 'a\u3000b')}`,
      'no signature bytes': `${TEXT}\n— a AAAAAA==\n`,
      'base64 without its padding': `${TEXT}\n${line.replace('=\n', '\n')}`,
      'text behind the signatures': `${good}more\n`,
    }))
      assert.equal(codeOf(parseNote(utf8(bad))), 'note_malformed', what)
    assert.equal(codeOf(parseNote(concat(utf8(good), Uint8Array.of(0xff, 10)))), 'note_malformed')
    assert.equal(codeOf(parseNote(concat(Uint8Array.of(0xc0, 0xaf), utf8(good)))), 'note_malformed')
    assert.equal(codeOf(parseNote(utf8(TEXT.repeat(20_000) + good))), 'note_malformed')
    assert.isTrue(parseNote(utf8(`${TEXT}\n${line.repeat(16)}`)).ok)
    assert.throws(() => formatNote({ text: 'no newline', signatures: [signNote(LOG, TEXT)] }), 'not_a_note')
  })
})

test.group('Checkpoints', () => {
  test('are three lines: origin, size without leading zero, root of 32 bytes', ({ assert }) => {
    const root = toBase64(sha256())
    assert.isTrue(parseCheckpoint(`o\n0\n${root}\n`).ok)
    const extended = parseCheckpoint(`o\n5\n${root}\nmore\n`)
    assert.deepEqual(extended.ok && extended.value.extensions, ['more'])
    for (const bad of [
      `o\n05\n${root}\n`,
      `o\n-5\n${root}\n`,
      `o\n5.0\n${root}\n`,
      `o\n 5\n${root}\n`,
      `o\n9007199254740993\n${root}\n`,
      `o\n5\n${root.slice(0, -2)}\n`,
      `o\n5\n${toBase64(new Uint8Array(31))}\n`,
      `\n5\n${root}\n`,
      `o\n5\n${root}\n\n`,
      `o\n5\n${root}`,
      `o\n5\n`,
    ])
      assert.equal(codeOf(parseCheckpoint(bad)), 'checkpoint_malformed', bad)
  })

  test('need the log’s own signature, under the name that is their origin', ({ assert }) => {
    const both = noteOf(signNote(LOG, TEXT), cosignNote(WITNESS, TEXT, NOW))
    const opened = openCheckpoint(both, [LOG, WITNESS])
    assert.equal(opened.ok && opened.value.size, 7)
    assert.deepEqual(opened.ok && opened.value.cosigned.map(({ timestamp }) => timestamp), [NOW])
    assert.equal(
      codeOf(openCheckpoint(noteOf(cosignNote(WITNESS, TEXT, NOW)), [LOG, WITNESS])),
      'note_not_signed'
    )
    const other = signerKey('log.example/b', KEY_TYPE.ed25519, sha256(utf8('b')))
    assert.equal(codeOf(openCheckpoint(noteOf(signNote(other, TEXT)), [other])), 'checkpoint_other_origin')
  })
})
