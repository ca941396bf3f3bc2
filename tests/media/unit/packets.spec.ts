import { test } from '@japa/runner'
import { OpusAssembler, Vp8Assembler } from '../../../app/sessions/media/recorder/frame_assembler.ts'
import { ReorderBuffer } from '../../../app/sessions/media/recorder/reorder_buffer.ts'
import { Unwrapper } from '../../../app/sessions/media/recorder/rtp_unwrap.ts'
import { isServerPayload } from '../../../app/sessions/media/recorder/server_blanks.ts'
import { isVp8KeyFrame, parseVp8Payload, vp8Resolution } from '../../../app/sessions/media/recorder/vp8.ts'
import { offeredTracks } from '../../../app/sessions/media/recorder/subscriber_sdp.ts'
import { BLACK_FRAME } from '../../../app/sessions/media/finalise/video_timeline.ts'
import { seededRandom } from '../support/seeded_random.ts'

test.group('RTP counters', () => {
  test('sequence numbers go on over their end, in both directions', ({ assert }) => {
    const unwrapper = new Unwrapper(16)
    const steps = [65_534, 65_535, 0, 65_535, 1, 2].map((value) => unwrapper.unwrap(value))
    assert.deepEqual(
      steps.map((value) => value - steps[0]!),
      [0, 1, 2, 1, 3, 4]
    )
  })

  test('time stamps go on over their end', ({ assert }) => {
    const unwrapper = new Unwrapper(32)
    const before = unwrapper.unwrap(2 ** 32 - 960)
    assert.equal(unwrapper.unwrap(960) - before, 1920)
  })
})

test.group('Reorder buffer', () => {
  /** A lossy, reordering line of 10 ms a packet, that answers requests 30 ms later unless those are lost too. */
  function transmit(options: { lose: number; answers: boolean }) {
    const random = seededRandom(7)
    const delivered: number[] = []
    let lost = 0
    const arrivals: { at: number; sequence: number }[] = []
    let now = 0
    const buffer = new ReorderBuffer<number>({
      deliver: (packet, lostBefore) => {
        delivered.push(packet)
        lost += lostBefore
      },
      request: (sequences) => {
        if (!options.answers) return
        for (const sequence of sequences)
          if (random() > options.lose) arrivals.push({ at: now + 30, sequence })
      },
    })
    for (let sequence = 0; sequence < 2000; sequence += 1) {
      const late = sequence > 0 && random() < 0.05 ? 35 : 0
      if (sequence === 0 || sequence === 1999 || random() > options.lose)
        arrivals.push({ at: sequence * 10 + late, sequence })
    }
    for (now = 0; now < 22_000; now += 10) {
      for (const one of arrivals.filter(({ at }) => at > now - 10 && at <= now))
        buffer.push(one.sequence, one.sequence)
      buffer.tick(now)
    }
    buffer.flush()
    return { delivered, lost }
  }

  test('5 % of loss and 5 % out of order lose nothing', ({ assert }) => {
    const { delivered, lost } = transmit({ lose: 0.05, answers: true })
    assert.equal(lost, 0)
    assert.deepEqual(
      delivered,
      Array.from({ length: 2000 }, (_, index) => index)
    )
  })

  test('what never comes is counted, and the rest stays in order', ({ assert }) => {
    const { delivered, lost } = transmit({ lose: 0.05, answers: false })
    assert.isAbove(lost, 50)
    assert.equal(delivered.length + lost, 2000)
    assert.deepEqual(
      delivered,
      delivered.toSorted((a, b) => a - b)
    )
  })

  test('asks after 10 ms, again every 120 ms, and gives up before a second is over', ({ assert }) => {
    const requests: number[] = []
    const delivered: number[] = []
    let now = 0
    const buffer = new ReorderBuffer<number>({
      deliver: (packet) => delivered.push(packet),
      request: () => requests.push(now),
    })
    buffer.push(1, 1)
    buffer.push(3, 3)
    for (now = 0; now <= 1000; now += 10) buffer.tick(now)
    assert.deepEqual(requests.slice(0, 3), [10, 130, 250])
    assert.deepEqual(delivered, [1, 3])
  })

  test('a stall of the loop does not use up the waiting', ({ assert }) => {
    const delivered: number[] = []
    const buffer = new ReorderBuffer<number>({
      deliver: (packet) => delivered.push(packet),
      request: () => undefined,
    })
    buffer.tick(0)
    buffer.push(1, 1)
    buffer.push(3, 3)
    buffer.tick(10)
    // The answer has long been in the socket when the loop goes on, but timers come first.
    buffer.tick(3000)
    buffer.push(2, 2)
    assert.deepEqual(delivered, [1, 2, 3])
  })

  test('a jump of thousands is a new stream, not a loss', ({ assert }) => {
    let lost = 0
    const buffer = new ReorderBuffer<number>({
      deliver: (_, lostBefore) => (lost += lostBefore),
      request: () => assert.fail('asked for packets that were never sent'),
    })
    buffer.push(1, 1)
    buffer.push(30_000, 30_000)
    buffer.tick(50)
    assert.equal(lost, 0)
  })
})

test.group('Frames', () => {
  const key = Uint8Array.of(0x10, 2, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01, 9, 9)

  test('the VP8 descriptor is read with all its extensions', ({ assert }) => {
    const plain = parseVp8Payload(Uint8Array.of(0x10, ...key))
    const extended = parseVp8Payload(Uint8Array.of(0x90, 0xf0, 0x81, 0x02, 0x03, 0x04, ...key))
    assert.isTrue(plain!.startsFrame)
    assert.deepEqual(extended!.data, key)
    assert.isNull(parseVp8Payload(Uint8Array.of(0x90, 0xf0, 0x81)))
    assert.isTrue(isVp8KeyFrame(key))
    assert.deepEqual(vp8Resolution(key), { width: 640, height: 360 })
  })

  test('packets of one time become one frame; after a loss it waits for a key frame', ({ assert }) => {
    const assembler = new Vp8Assembler()
    const push = (rtpTime: number, marker: boolean, payload: number[], lost = 0) =>
      assembler.push({ rtpTime, marker, payload: Uint8Array.from(payload) }, lost)
    assert.isNull(push(0, false, [0x10, ...key]))
    const frame = push(0, true, [0x00, 7, 7])
    assert.deepEqual(frame!.data, Uint8Array.of(...key, 7, 7))
    assert.exists(push(3000, true, [0x10, 1, 5]))
    assert.isNull(push(9000, true, [0x10, 1, 5], 2))
    assert.isTrue(assembler.needsKeyFrame)
    assert.exists(push(12_000, true, [0x10, ...key]))
  })

  test('what the server makes up itself is no part of the recording', ({ assert }) => {
    const silence = new Uint8Array(80)
    silence.set([0xf8, 0xff, 0xfe])
    assert.isNull(new OpusAssembler().push({ rtpTime: 0, marker: false, payload: silence }))
    assert.isTrue(isServerPayload('audio', silence))
    assert.isTrue(isServerPayload('video', Uint8Array.of(0x10, ...BLACK_FRAME)))
    assert.isFalse(isServerPayload('audio', Uint8Array.of(0xf8, 0xff, 0xfe)))
    assert.isNull(
      new Vp8Assembler().push({ rtpTime: 0, marker: true, payload: Uint8Array.of(0x10, ...BLACK_FRAME) }, 0)
    )
  })
})

test.group('Offer', () => {
  test('tracks are read by m-line, inactive ones are not', ({ assert }) => {
    const sdp = [
      'v=0',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      'a=mid:0',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
      'a=mid:1',
      'a=sendrecv',
      'a=msid:PA_x|camera TR_v',
      'a=ssrc-group:FID 111 222',
      'a=ssrc:111 cname:x',
      'a=ssrc:222 cname:x',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=mid:2',
      'a=inactive',
      'a=msid:PA_y TR_gone',
      'a=ssrc:333 cname:y',
      '',
    ].join('\r\n')
    assert.deepEqual(offeredTracks(sdp), [
      { mid: '1', kind: 'video', participantSid: 'PA_x', trackSid: 'TR_v', ssrc: 111, rtxSsrc: 222 },
    ])
  })
})
